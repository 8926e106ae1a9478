/// Finds the main content of a page.
///
/// Prose is text in blocks with few links. Furniture is everything around the content: menus, adverts, comments. The content
/// is the innermost element that holds nearly all prose of the page. Blocks of links within the content are left out. Blocks
/// whose names are typical of furniture are left out too, unless much of the prose is in them.
struct HTMLContent {
    /// The share of the page's prose that the content must hold.
    private static let share = 0.9

    private let tree: HTMLTree
    /// Whether the subtree of a node is left out, by node.
    private(set) var isDropped: [Bool]
    /// The length of the visible text below each node. A run of white space counts as one character.
    private var textLength: [Int]
    /// The length of the text in links below each node.
    private var linkLength: [Int]
    /// The length of the prose below each node.
    private var prose: [Int]
    /// The element that holds the content.
    private(set) var root = 0

    init(_ tree: HTMLTree) {
        self.tree = tree
        isDropped = [Bool](repeating: false, count: tree.nodes.count)
        textLength = [Int](repeating: 0, count: tree.nodes.count)
        linkLength = textLength
        prose = textLength
        guard !tree.nodes.isEmpty else { return }
        dropInvisible()
        measure()
        dropForms()
        measure()
        let body = tree.first(.body) ?? 0
        root = body
        guard prose[body] >= 250 else { return }
        dropFurniture(below: body)
        measure()
        root = narrowed(from: body)
        dropLinkBlocks(below: root)
    }

    /// All visible text of a page, with its furniture.
    static func everything(in tree: HTMLTree) -> HTMLContent {
        var content = HTMLContent(empty: tree)
        content.dropInvisible()
        content.root = tree.first(.body) ?? 0
        return content
    }

    private init(empty tree: HTMLTree) {
        self.tree = tree
        isDropped = [Bool](repeating: false, count: tree.nodes.count)
        textLength = []
        linkLength = []
        prose = []
    }
}

extension HTMLContent {
    /// Leaves out scripts, navigation, hidden elements and footers, and headers outside the article.
    private mutating func dropInvisible() {
        for (i, node) in tree.nodes.enumerated() {
            switch node.tag {
            case .footer: isDropped[i] = true
            case .header: isDropped[i] = !isInside(i, [.article, .main])
            default: isDropped[i] = node.tag.isRemoved || node.isHidden && node.tag != .body && node.tag != .html
            }
        }
    }

    /// Whether a node is below an element with one of these tags.
    private func isInside(_ index: Int, _ tags: Set<HTMLTag>) -> Bool {
        var i = tree.nodes[index].parent
        while i >= 0 {
            if tags.contains(tree.nodes[i].tag) { return true }
            i = tree.nodes[i].parent
        }
        return false
    }

    /// Sums up text, link text and prose from the leaves to the root.
    private mutating func measure() {
        for i in tree.nodes.indices {
            textLength[i] = 0
            linkLength[i] = 0
            prose[i] = 0
        }
        var hidden = 0
        var link = 0
        for (i, node) in tree.nodes.enumerated() {
            if i < hidden { continue }
            if isDropped[i] {
                hidden = node.end
                continue
            }
            if node.tag == .a { link = max(link, node.end) }
            guard node.tag == .text else { continue }
            textLength[i] = Self.visibleLength(tree.bytes[node.text])
            if i < link { linkLength[i] = textLength[i] }
        }
        // Children come after their parents, so from the back each sum is complete before it is added to that of the parent.
        for i in tree.nodes.indices.reversed() {
            let node = tree.nodes[i]
            if isProse(i) { prose[i] = max(prose[i], textLength[i] - linkLength[i]) }
            guard node.parent >= 0, !isDropped[i] else { continue }
            textLength[node.parent] += textLength[i]
            linkLength[node.parent] += linkLength[i]
            prose[node.parent] += prose[i]
        }
    }

    /// Whether a block is a paragraph that has more text than links.
    private func isProse(_ i: Int) -> Bool {
        let node = tree.nodes[i]
        guard textLength[i] >= 60, linkLength[i] * 3 < textLength[i], !node.tag.isInline else { return false }
        switch node.tag {
        case .p, .pre, .blockquote, .li, .dd, .td, .figcaption: return true
        default:
            // The block counts by its own text, without the blocks inside.
            return prose[i] * 2 < textLength[i]
                && tree.children(of: i).contains { child in
                    tree.nodes[child].tag.isInline && !isDropped[child] && textLength[child] >= 40
                }
        }
    }

    /// The number of characters, with a run of white space as one and a character of three bytes as three.
    private static func visibleLength(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var space = true
        for byte in bytes {
            if byte.isControlOrSpace {
                if !space { count += 1 }
                space = true
            } else {
                // A character of three bytes is usually an ideograph, which says as much as several letters.
                count += byte & 0xC0 == 0x80 ? 0 : byte >= 0xE3 ? 3 : 1
                space = false
            }
        }
        return count
    }

    /// Leaves out each form that holds less than a third of the visible text.
    private mutating func dropForms() {
        let all = max(1, textLength[0])
        for (i, node) in tree.nodes.enumerated() where node.tag == .form && textLength[i] * 3 < all {
            isDropped[i] = true
        }
    }

    /// Leaves out elements whose names are typical of furniture and that hold little of the prose.
    private mutating func dropFurniture(below body: Int) {
        var i = body + 1
        while i < tree.nodes[body].end {
            let node = tree.nodes[i]
            let isContainer = node.tag != .article && node.tag != .main && !node.tag.isInline || node.tag == .span
            if node.isUnlikely, isContainer, prose[i] * 3 < prose[body] {
                isDropped[i] = true
                i = node.end
            } else {
                i += 1
            }
        }
    }

    /// The innermost container that holds nearly all prose.
    private func narrowed(from body: Int) -> Int {
        let needed = Int(Double(prose[body]) * Self.share)
        var current = body
        while true {
            let next = tree.children(of: current).first { child in
                guard !isDropped[child], prose[child] >= needed else { return false }
                switch tree.nodes[child].tag {
                case .div, .section, .article, .main, .center, .table, .tbody, .tr, .td, .form, .other, .span, .font,
                    .blockquote, .details:
                    return true
                default: return false
                }
            }
            guard let next else { return current }
            current = next
        }
    }

    /// Leaves out lists, sections and tables inside the content that consist of links.
    private mutating func dropLinkBlocks(below root: Int) {
        var i = root + 1
        while i < tree.nodes[root].end {
            let node = tree.nodes[i]
            var drop = false
            switch node.tag {
            case .ul, .ol, .div, .section, .table, .menu, .dl:
                let text = textLength[i]
                drop = text > 0 && prose[i] * 10 < text && linkLength[i] * 10 > text * 7 && linkCount(i) > 2
            default: break
            }
            if drop {
                isDropped[i] = true
                i = node.end
            } else {
                i += 1
            }
        }
    }

    /// The number of links below a node.
    private func linkCount(_ index: Int) -> Int {
        (index..<tree.nodes[index].end).reduce(0) { $0 + (tree.nodes[$1].tag == .a ? 1 : 0) }
    }
}
