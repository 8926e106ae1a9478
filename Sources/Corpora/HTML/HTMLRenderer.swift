/// Writes a page as text: all that a browser shows.
///
/// A blank line separates blocks, "- " starts a list item, and " | " separates the cells of a table row. Struck text stands
/// between "~~". A number in superscript is an exponent after a digit or a short symbol, as in 10⁻⁶ or m²; after a word it is the
/// mark of a note, as in "word[3]".
struct HTMLRenderer {
    private(set) var text: [UInt8] = []
    private(set) var headings: [Heading] = []
    private(set) var pages: [Extracted.Page] = []

    private let tree: HTMLTree
    private let isDropped: [Bool]
    /// The line being written.
    private var line: [UInt8] = []
    /// Whether a space comes before the next word of the line.
    private var spaceDue = false
    /// The number of line ends before the next line: 2 make a blank line.
    private var gap = 0
    /// The bullet of a list item, written before the next line.
    private var prefix: [UInt8] = []
    private var indent = 0
    private var isPreformatted = false
    /// The pages that start in the line, with their offsets in it.
    private var duePages: [Extracted.Page] = []
    /// Whether each text is marked as struck.
    private var strikesTexts = false

    init(_ tree: HTMLTree) {
        self.tree = tree
        isDropped = tree.nodes.indices.map { !tree.isVisible($0) }
        guard !tree.nodes.isEmpty else { return }
        write(tree.first(.body) ?? 0, depth: 0)
        flush()
        if !text.isEmpty { text.append(10) }
    }
}

extension HTMLRenderer {
    private mutating func write(_ index: Int, depth: Int) {
        let node = tree.nodes[index]
        if isDropped[index] { return }
        guard depth < HTMLRenderer.deepest else { return writeFlat(index) }
        switch node.tag {
        case .text where strikesTexts && hasText(index):
            folded(Array("~~".utf8)[...])
            folded(tree.bytes[node.text])
            spaceDue = false
            folded(Array("~~".utf8)[...])
        case .text: isPreformatted ? preformatted(tree.bytes[node.text]) : folded(tree.bytes[node.text])
        case .br:
            if isPreformatted { preformatted([10]) } else { lineBreak() }
        case .wbr: break
        case .page: duePages.append(Extracted.Page(start: line.count, number: node.number ?? 0))
        case .img: picture(node)
        case .sup: superscript(index, depth)
        case .del, .s, .strike: struck(index, depth)
        case .rt: around(index, depth, "(", ")")
        case .math: folded(mathematics(index, 0)[...])
        case .hr: block { _ in }
        case .pre:
            block { this in
                let outer = this.isPreformatted
                this.isPreformatted = true
                this.children(index, depth)
                this.isPreformatted = outer
            }
        case .ul, .ol, .menu: list(index, depth)
        case .li:
            // An item outside a list.
            item(index, depth, bullet: bullet(index) ?? "- ")
        case .table where isData(index): table(index, depth)
        case .tr, .td, .th, .tbody, .thead, .tfoot, .table: block { $0.children(index, depth) }
        case .dt, .dd:
            flush()
            owe(1)
            if node.tag == .dd { indent += 2 }
            children(index, depth)
            flush()
            owe(1)
            if node.tag == .dd { indent -= 2 }
        case _ where node.tag.headingLevel != nil: heading(index, node.tag.headingLevel!, depth)
        default:
            if node.tag.isInline, !node.isBlock { children(index, depth) } else { block { $0.children(index, depth) } }
        }
    }

    /// The deepest nesting that keeps its form, because each level takes room on the stack.
    ///
    /// Deeper elements keep only their text.
    private static let deepest = 600

    /// Writes a subtree without recursion, as paragraphs only.
    private mutating func writeFlat(_ index: Int) {
        var i = index
        var blockEnds: [Int] = []
        while i < tree.nodes[index].end {
            let node = tree.nodes[i]
            while let end = blockEnds.last, end <= i {
                blockEnds.removeLast()
                blockEdge()
            }
            if isDropped[i] {
                i = node.end
                continue
            }
            switch node.tag {
            case .text: folded(tree.bytes[node.text])
            case .br: lineBreak()
            case _ where !node.tag.isInline:
                blockEdge()
                blockEnds.append(node.end)
            default: break
            }
            i += 1
        }
        if !blockEnds.isEmpty { blockEdge() }
    }

    private mutating func children(_ index: Int, _ depth: Int) {
        var child = index + 1
        while child < tree.nodes[index].end {
            write(child, depth: depth + 1)
            child = tree.nodes[child].end
        }
    }

    /// Runs `body` with a blank line before and after its text.
    private mutating func block(_ body: (inout HTMLRenderer) -> Void) {
        blockEdge()
        body(&self)
        blockEdge()
    }

    private mutating func blockEdge() {
        flush()
        owe(2)
    }

    /// Asks for at least so many line ends before the next line.
    private mutating func owe(_ lines: Int) { gap = max(gap, lines) }
}

extension HTMLRenderer {
    /// Appends text, with each run of white space as one space.
    private mutating func folded(_ bytes: ArraySlice<UInt8>) {
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let byte = bytes[i]
            let isNoBreak = byte == 0xC2 && i + 1 < bytes.endIndex && bytes[i + 1] == 0xA0
            if byte.isControlOrSpace || byte == 0x7F || isNoBreak {
                spaceDue = !line.isEmpty && line.last != 10
                i += isNoBreak ? 2 : 1
                continue
            }
            // Soft hyphens, zero-width spaces and byte order marks are not text.
            if byte == 0xC2, i + 1 < bytes.endIndex, bytes[i + 1] == 0xAD {
                i += 2
                continue
            }
            if i + 2 < bytes.endIndex,
                (byte, bytes[i + 1], bytes[i + 2]) == (0xE2, 0x80, 0x8B)
                    || (byte, bytes[i + 1], bytes[i + 2]) == (0xEF, 0xBB, 0xBF)
            {
                i += 3
                continue
            }
            if spaceDue { line.append(32) }
            spaceDue = false
            line.append(byte)
            i += 1
        }
    }

    /// Appends text with its white space.
    private mutating func preformatted(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes where byte != 13 && (byte >= 32 || byte == 9 || byte == 10) {
            line.append(byte)
        }
    }

    /// Ends a line within a block. Two line ends in a row end the paragraph.
    private mutating func lineBreak() {
        spaceDue = false
        if line.isEmpty { return owe(2) }
        if line.last == 10 {
            flush()
            owe(2)
        } else {
            line.append(10)
        }
    }

    /// Writes the line to `text`, after the line ends of `gap`.
    private mutating func flush() {
        spaceDue = false
        while let last = line.last, last == 10 || last == 32 { line.removeLast() }
        line.removeFirst(line.prefix { $0 == 10 }.count)
        guard !line.isEmpty else { return }
        if !text.isEmpty { for _ in 0..<max(1, gap) { text.append(10) } }
        gap = 0
        let lead = [UInt8](repeating: 32, count: max(0, indent - prefix.count)) + prefix
        text += lead
        prefix = []
        pages += duePages.map { Extracted.Page(start: text.count + min($0.start, line.count), number: $0.number) }
        duePages = []
        for byte in line {
            text.append(byte)
            if byte == 10, indent > 0 { text += [UInt8](repeating: 32, count: indent) }
        }
        line.removeAll(keepingCapacity: true)
    }

    private mutating func heading(_ index: Int, _ level: Int, _ depth: Int) {
        blockEdge()
        let before = text.count
        let known = headings.count
        children(index, depth)
        blockEdge()
        // In broken markup a heading may hold the rest of the page. The headings inside are then the real ones.
        guard text.count > before, headings.count == known else { return }
        let start = text[before...].firstIndex { !$0.isControlOrSpace } ?? before
        if let title = DocumentTitle.clean(text[start...]) {
            headings.append(Heading(start: start, level: level, text: title))
        }
    }
}

extension HTMLRenderer {
    private mutating func list(_ index: Int, _ depth: Int) {
        flush()
        owe(indent > 0 ? 1 : 2)
        var number = tree.nodes[index].number ?? 1
        var child = index + 1
        while child < tree.nodes[index].end {
            let node = tree.nodes[child]
            if node.tag == .li, !isDropped[child] {
                if let own = node.number { number = own }
                item(child, depth + 1, bullet: bullet(child) ?? (tree.nodes[index].tag == .ol ? "\(number). " : "- "))
                number &+= 1
            } else {
                write(child, depth: depth + 1)
            }
            child = node.end
        }
        flush()
        owe(indent > 0 ? 1 : 2)
    }

    /// The bullet that an item brings with it.
    private func bullet(_ index: Int) -> String? {
        let range = tree.nodes[index].alternative
        return range.isEmpty ? nil : String(decoding: tree.bytes[range], as: UTF8.self) + " "
    }

    private mutating func item(_ index: Int, _ depth: Int, bullet: String) {
        flush()
        gap = text.isEmpty ? 0 : gap == 2 ? 2 : 1
        let outer = prefix
        let width = bullet.utf8.count
        prefix = outer + Array(bullet.utf8)
        indent += width
        let before = text.count
        children(index, depth)
        flush()
        if text.count == before { prefix = outer }
        indent -= width
        gap = 1
    }

    /// Whether a table holds data.
    ///
    /// The rows of a data table have several cells. A table that holds a table, a section or a main heading is a layout, unless it
    /// has a caption or header cells of its own.
    private func isData(_ index: Int) -> Bool {
        var cells = 0
        var rows = 0
        var hasHeader = false
        var hasLayout = false
        var i = index + 1
        var inner = 0
        while i < tree.nodes[index].end {
            let node = tree.nodes[i]
            if isDropped[i] {
                i = node.end
                continue
            }
            switch node.tag {
            case .table:
                hasLayout = true
                inner = max(inner, node.end)
            case .h1, .h2, .article, .section: hasLayout = true
            case .caption where i >= inner: hasHeader = true
            case .th where i >= inner:
                hasHeader = true
                cells += 1
            case .td where i >= inner: cells += 1
            case .tr where i >= inner: rows += 1
            default: break
            }
            i += 1
        }
        return cells > rows && (hasHeader || !hasLayout)
    }

    private mutating func table(_ index: Int, _ depth: Int) {
        block { this in
            var i = index + 1
            while i < this.tree.nodes[index].end {
                let node = this.tree.nodes[i]
                if this.isDropped[i] {
                    i = node.end
                } else if node.tag == .tr {
                    this.row(i, depth)
                    i = node.end
                } else if node.tag == .caption {
                    this.children(i, depth)
                    this.flush()
                    this.owe(1)
                    i = node.end
                } else {
                    i += 1
                }
            }
        }
    }

    /// Writes a table row on one line.
    private mutating func row(_ index: Int, _ depth: Int) {
        var cells: [[UInt8]] = []
        for child in tree.children(of: index) where !isDropped[child] && tree.nodes[child].tag != .text {
            cells.append(cell(child, depth))
        }
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        flush()
        owe(1)
        line = Array(cells.joined(separator: Array(" | ".utf8)))
        flush()
        owe(1)
    }

    /// The text of a cell on one line.
    private mutating func cell(_ index: Int, _ depth: Int) -> [UInt8] {
        var inner = self
        inner.text = []
        inner.line = []
        inner.prefix = []
        inner.indent = 0
        inner.gap = 0
        inner.spaceDue = false
        inner.pages = []
        inner.duePages = []
        inner.children(index, depth)
        inner.flush()
        duePages += (inner.pages + inner.duePages).map { Extracted.Page(start: 0, number: $0.number) }
        return Array(inner.text.split { $0 == 10 }.joined(separator: [32]))
    }
}

extension HTMLRenderer {
    /// The alternative text of a picture, as a word of its own.
    private mutating func picture(_ node: HTMLTree.Node) {
        guard !node.alternative.isEmpty else { return }
        spaceDue = spaceDue || !line.isEmpty && line.last != 10
        folded(tree.bytes[node.alternative])
        spaceDue = true
    }

    /// Text that no longer holds. Where the element holds blocks, each text inside is marked.
    private mutating func struck(_ index: Int, _ depth: Int) {
        guard (index + 1..<tree.nodes[index].end).contains(where: { !tree.nodes[$0].tag.isInline }) else {
            return around(index, depth, "~~", "~~")
        }
        strikesTexts = true
        children(index, depth)
        strikesTexts = false
    }

    /// Writes the children of a node between two marks; nothing where they have no text.
    private mutating func around(_ index: Int, _ depth: Int, _ before: String, _ after: String) {
        guard hasText(index) else { return }
        folded(Array(before.utf8)[...])
        children(index, depth)
        let space = spaceDue
        spaceDue = false
        folded(Array(after.utf8)[...])
        spaceDue = space
    }

    private func hasText(_ index: Int) -> Bool {
        (index..<tree.nodes[index].end).contains { i in
            tree.nodes[i].tag == .text && tree.bytes[tree.nodes[i].text].contains { !$0.isControlOrSpace }
        }
    }

    /// A superscript as exponent, as mark of a note after a word, or as it stands.
    private mutating func superscript(_ index: Int, _ depth: Int) {
        let mark = plainText(index).filter { !$0.isControlOrSpace }
        let word = line.reversed().prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x80 }.count
        if word > 2, !spaceDue, Self.isNoteMark(mark) {
            folded(Array("[".utf8 + mark + "]".utf8)[...])
        } else if let exponent = Self.exponent(mark) {
            folded(exponent[...])
        } else {
            // Digits must not run on into a longer number.
            if !spaceDue, line.last.map(Self.isDigit) == true, mark.first.map(Self.isDigit) == true { line.append(0x5E) }
            children(index, depth)
        }
    }

    /// Whether a superscript after a word is the mark of a note: numbers, or one letter.
    private static func isNoteMark(_ text: [UInt8]) -> Bool {
        if text.count == 1, text[0] | 0x20 >= 0x61, text[0] | 0x20 <= 0x7A { return true }
        return text.contains(where: isDigit) && text.allSatisfy { isDigit($0) || $0 == 0x2C || $0 == 0x2D }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// A number in the superscripts of Unicode; nil for other text.
    private static func exponent(_ text: [UInt8]) -> [UInt8]? {
        let minus = "\u{2212}"
        guard !text.isEmpty, text.count <= 8 else { return nil }
        var out = ""
        for character in String(decoding: text, as: UTF8.self) {
            if let digit = character.wholeNumberValue, character.isASCII {
                out.append(["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][digit])
            } else if out.isEmpty, character == "-" || String(character) == minus || character == "+" {
                out.append(character == "+" ? "⁺" : "⁻")
            } else {
                return nil
            }
        }
        return out.last.map { $0 == "⁻" || $0 == "⁺" } == true ? nil : Array(out.utf8)
    }

    private func plainText(_ index: Int) -> [UInt8] {
        (index..<tree.nodes[index].end).flatMap { tree.nodes[$0].tag == .text ? Array(tree.bytes[tree.nodes[$0].text]) : [] }
    }

    /// A formula on one line: a fraction as a/b, a power as a^b, an index as a_b, a root as √(a).
    private func mathematics(_ index: Int, _ depth: Int) -> [UInt8] {
        let node = tree.nodes[index]
        if isDropped[index] { return [] }
        if node.tag == .text {
            return Array(tree.bytes[node.text].split { $0.isControlOrSpace }.joined(separator: [32]))
        }
        guard depth < 60 else { return plainText(index) }
        let parts = tree.children(of: index).map { mathematics($0, depth + 1) }.filter { !$0.isEmpty }
        func grouped(_ part: [UInt8]) -> [UInt8] {
            part.count > 1 && part.contains { "+-*/=^_ ".utf8.contains($0) } ? Array("(".utf8) + part + Array(")".utf8) : part
        }
        switch node.tag {
        case .mfrac where parts.count == 2: return grouped(parts[0]) + Array("/".utf8) + grouped(parts[1])
        case .msup where parts.count == 2: return grouped(parts[0]) + Array("^".utf8) + grouped(parts[1])
        case .msub where parts.count == 2: return grouped(parts[0]) + Array("_".utf8) + grouped(parts[1])
        case .msqrt: return Array("√(".utf8) + parts.flatMap { $0 } + Array(")".utf8)
        default: return parts.flatMap { $0 }
        }
    }
}
