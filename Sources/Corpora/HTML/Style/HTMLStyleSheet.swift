import Bytes
import CLibXML2

/// What style sheets say about elements, as far as the text needs it.
///
/// That is tables, blocks, boxes, raised, lowered and struck words, numbers of lists, and what stands before or after
/// elements.
/// Nothing is hidden by a style sheet: what a page shows at another time is text, too. Selectors with states, attributes or
/// neighbours are left out, but for what stands before or after elements.
struct HTMLStyleSheet {
    /// How an element is shown. What a style does not say is nil.
    struct Style {
        /// How an element is laid out.
        enum Display {
            /// As a part of a table.
            case part(HTMLTag)
            case block
            /// As boxes, one for each child. They are a block, or stand in a line.
            case items, itemsInLine
        }

        enum Float { case left, right, neither }

        var display: Display?
        /// Whether the words of the element are raised or lowered.
        var position: HTMLTag?
        var numbering: HTMLNumbering?
        var isStruck: Bool?
        /// The side to which the element floats.
        var float: Float?
        /// Whether the element is a box with room around it, or stands at a place of its own.
        var isBoxed: Bool?
        /// What is written before and after the content of the element.
        var before: HTMLGeneratedContent?
        var after: HTMLGeneratedContent?
        /// Whether the element is hidden. Only the own style of an element decides so.
        var isHidden: Bool { isNotDisplayed || isInvisible }
        private var isNotDisplayed = false
        private var isInvisible = false

        init() {}

        /// The style of some declarations.
        init(_ declarations: some Sequence<UInt8>) {
            let bytes = declarations.lazy.filter { !$0.isControlOrSpace }.map(\.lowercasedASCII)
            var shift = HTMLShift()
            var room = HTMLRoom()
            for declaration in String(decoding: Array(bytes), as: UTF8.self).split(separator: ";") {
                let pair = declaration.split(separator: ":", maxSplits: 1)
                guard pair.count == 2 else { continue }
                let value = String(pair[1].prefix { $0 != "!" })
                switch pair[0] {
                case "display":
                    isNotDisplayed = value == "none"
                    display = Self.parts[value].map(Display.part) ?? Self.boxes[value] ?? display
                case "visibility": isInvisible = value == "hidden"
                case "text-decoration", "text-decoration-line": isStruck = value.contains("line-through")
                case "float":
                    float =
                        ["right", "inline-end"].contains(value)
                        ? .right : ["left", "inline-start"].contains(value) ? .left : .neither
                case "list-style", "list-style-type":
                    numbering = HTMLNumbering(style: value, isShort: pair[0] == "list-style") ?? numbering
                default: break
                }
                shift.add(pair[0], value)
                room.add(pair[0], value)
            }
            position = shift.tag
            isBoxed = room.isBoxed ? true : nil
            if case .marker = numbering { numbering = HTMLNumbering(marker: Array(declarations)) ?? numbering }
        }

        private static let parts: [String: HTMLTag] = [
            "table": .table, "inline-table": .table, "table-row-group": .tbody, "table-header-group": .thead,
            "table-footer-group": .tfoot, "table-row": .tr, "table-cell": .td, "table-caption": .caption,
        ]

        private static let boxes: [String: Display] = [
            "block": .block, "list-item": .block, "flow-root": .block, "flex": .items, "grid": .items,
            "inline-flex": .itemsInLine, "inline-grid": .itemsInLine,
        ]

        fileprivate var saysSomething: Bool {
            display != nil || position != nil || numbering != nil || isStruck != nil || float != nil || isBoxed != nil
        }
    }

    /// The style of an element while rules are added to it. Of each property, the rule with the highest rank wins.
    private struct Cascade {
        var style = Style()
        private var ranks = (display: -1, position: -1, numbering: -1, isStruck: -1, float: -1, isBoxed: -1)

        mutating func add(_ rule: Rule) {
            if let content = rule.content {
                var all = (content.isBefore ? style.before : style.after) ?? HTMLGeneratedContent()
                all.add(content.text, rank: rule.rank)
                if content.isBefore { style.before = all } else { style.after = all }
                return
            }
            if let display = rule.style.display, rule.rank > ranks.display {
                (style.display, ranks.display) = (display, rule.rank)
            }
            if let position = rule.style.position, rule.rank > ranks.position {
                (style.position, ranks.position) = (position, rule.rank)
            }
            if let numbering = rule.style.numbering, rule.rank > ranks.numbering {
                (style.numbering, ranks.numbering) = (numbering, rule.rank)
            }
            if let isStruck = rule.style.isStruck, rule.rank > ranks.isStruck {
                (style.isStruck, ranks.isStruck) = (isStruck, rule.rank)
            }
            if let float = rule.style.float, rule.rank > ranks.float {
                (style.float, ranks.float) = (float, rule.rank)
            }
            if let isBoxed = rule.style.isBoxed, rule.rank > ranks.isBoxed {
                (style.isBoxed, ranks.isBoxed) = (isBoxed, rule.rank)
            }
        }
    }

    /// What a selector names of an element, or what an element is.
    private struct Name {
        var tag: Substring = ""
        var identifier: Substring = ""
        var classes: Set<Substring> = []

        /// Whether a selector names an element.
        func matches(_ element: Name) -> Bool {
            (tag.isEmpty || tag == "*" || tag == element.tag) && (identifier.isEmpty || identifier == element.identifier)
                && classes.isSubset(of: element.classes)
        }
    }

    private struct Rule {
        /// The elements that the selector names, each inside of the one before.
        let names: [Name]
        /// Which of two rules wins: the one with more identifiers, then with more classes, tags, and at last the later one.
        let rank: Int
        let style: Style
        /// What the rule writes before or after the element, in place of giving it a style.
        var content: Content?
    }

    /// What a rule writes beside an element.
    private struct Content {
        let text: HTMLGeneratedContent
        let isBefore: Bool
        let conditions: HTMLConditions
    }

    /// The rules by a class, the identifier or the tag of the last element of their selector.
    private var rules: [Substring: [Rule]] = [:]
    private var count = 0
    /// What the elements of the page are, as far as it was asked.
    private var names: [UnsafeMutablePointer<xmlNode>: Name] = [:]
    /// Whether the page counts with counters of its own, which are not read. Its lists then keep their numbers.
    private(set) var hasCounters = false
    /// The most rules that are kept.
    private static let most = 2000
    /// How often a rule may still be compared with an element. After that, elements have no style, and keep their text.
    private var comparisons = 5_000_000

    /// Adds the rules of a style sheet.
    mutating func add(_ sheet: some Sequence<UInt8>) {
        var rest = Self.withoutComments(Array(sheet))[...]
        while count < Self.most, let open = rest.firstIndex(of: UInt8(ascii: "{")) {
            let start =
                rest[..<open].lastIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: ";") }.map { $0 + 1 }
                ?? rest.startIndex
            let head = rest[start..<open].drop(while: \.isControlOrSpace)
            rest = rest[(open + 1)...]
            let isGroup = head.first == UInt8(ascii: "@")
            let selectors = isGroup ? String(decoding: head, as: UTF8.self).lowercased() : ""
            // The rules for screens are rules like others, but not those for paper and for small screens.
            if selectors.hasPrefix("@media"), !selectors.contains("print"), !selectors.contains("max-") { continue }
            let isContent = !isGroup && Self.namesContent(head)
            let end =
                isGroup
                ? Self.end(of: rest)
                : isContent ? HTMLGeneratedContent.end(of: rest) : rest.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
            if !isGroup, Self.mayMatter(rest[..<end]) {
                let style = Style(rest[..<end])
                if style.saysSomething { add(head, style) }
            }
            if isContent {
                hasCounters = hasCounters || Self.holds(rest[..<end], "counter(") || Self.holds(rest[..<end], "counters(")
                addContent(head, rest[..<end])
            }
            rest = rest[end...].dropFirst()
        }
    }

    /// Whether a declaration has the name of one that says something of the text.
    private static func mayMatter(_ declarations: ArraySlice<UInt8>) -> Bool {
        var rest = declarations
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let name = rest[..<colon]
            let end = name.lastIndex { !$0.isControlOrSpace }.map { $0 + 1 } ?? colon
            let isNamed = telling.contains { tail in
                name[..<end].suffix(tail.count).elementsEqual(tail) { $0.lowercasedASCII == $1 }
            }
            if isNamed { return true }
            rest = rest[(colon + 1)...]
        }
        return false
    }

    /// The ends of the names of these declarations.
    private static let telling = [
        "display", "vertical-align", "list-style", "list-style-type", "decoration", "decoration-line", "float", "position",
        "baseline-shift",
    ]
    .map { Array($0.utf8) }

    private mutating func add(_ selectors: ArraySlice<UInt8>, _ style: Style) {
        for selector in String(decoding: selectors, as: UTF8.self).split(separator: ",") where count < Self.most {
            guard !selector.contains(where: { ":[(+~".contains($0) }) else { continue }
            add(selector, style, nil)
        }
    }

    private mutating func add(_ selector: Substring, _ style: Style, _ content: Content?) {
        let names = selector.split { $0.isWhitespace || $0 == ">" }.map(Self.name)
        guard let last = names.last else { return }
        let rank =
            [
                names.count { !$0.identifier.isEmpty },
                names.reduce(content?.conditions.count ?? 0) { $0 + $1.classes.count }, names.count { !$0.tag.isEmpty },
            ]
            .reduce(0) { $0 << 8 + min($1, 255) } << 16 + count
        let key = last.classes.min() ?? (last.identifier.isEmpty ? last.tag : last.identifier)
        rules[key, default: []].append(Rule(names: names, rank: rank, style: style, content: content))
        count += 1
    }

    /// Whether selectors name what stands before or after elements.
    private static func namesContent(_ selectors: ArraySlice<UInt8>) -> Bool {
        var rest = selectors
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = rest[(colon + 1)...]
            if "ba".utf8.contains(rest.first?.lowercasedASCII ?? 0) {
                let word = rest.prefix(6).map(\.lowercasedASCII)
                if word.elementsEqual("before".utf8) || word.starts(with: "after".utf8) { return true }
            }
        }
        return false
    }

    /// Adds a rule for what stands before or after elements.
    private mutating func addContent(_ selectors: ArraySlice<UInt8>, _ declarations: ArraySlice<UInt8>) {
        for selector in String(decoding: selectors, as: UTF8.self).split(separator: ",") where count < Self.most {
            let words = String(selector).trimmed
            let lower = words.lowercased()
            guard lower.utf8.count == words.utf8.count,
                let end = ["before", "after"].first(where: { lower.hasSuffix(":" + $0) })
            else { continue }
            var element = words.dropLast(end.count + 1)
            if element.last == ":" { element = element.dropLast() }
            guard let (element, conditions) = HTMLConditions.parted(element),
                !element.contains(where: { ":[(+~".contains($0) })
            else { continue }
            let isSymbol = lower.contains("icon") || lower.contains("glyph")
            let text = HTMLGeneratedContent(declarations, isSymbol: isSymbol)
            guard text.saysSomething else { continue }
            add(element, Style(), Content(text: text, isBefore: end == "before", conditions: conditions))
        }
    }

    private static func holds(_ declarations: ArraySlice<UInt8>, _ word: String) -> Bool {
        declarations.indices.contains { declarations[$0...].starts(with: word.utf8) }
    }

    /// What a part of a selector such as "td.total" names.
    private static func name(_ part: Substring) -> Name {
        var name = Name()
        name.tag = part.prefix { $0 != "." && $0 != "#" }
        var rest = part.dropFirst(name.tag.count)
        name.tag = name.tag.lowercased()[...]
        while let kind = rest.popFirst() {
            let word = rest.prefix { $0 != "." && $0 != "#" }
            rest = rest.dropFirst(word.count)
            if kind == "." { name.classes.insert(word) } else { name.identifier = word }
        }
        return name
    }

    private static func withoutComments(_ sheet: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(sheet.count)
        var i = 0
        while i < sheet.count {
            guard sheet[i] == UInt8(ascii: "/"), i + 1 < sheet.count, sheet[i + 1] == UInt8(ascii: "*") else {
                kept.append(sheet[i])
                i += 1
                continue
            }
            i += 3
            while i < sheet.count, sheet[i] != UInt8(ascii: "/") || sheet[i - 1] != UInt8(ascii: "*") { i += 1 }
            i += 1
        }
        return kept
    }

    /// The index of the bracket that closes the open block.
    private static func end(of block: ArraySlice<UInt8>) -> Int {
        var depth = 0
        for i in block.indices {
            if block[i] == UInt8(ascii: "{") { depth += 1 }
            if block[i] == UInt8(ascii: "}") {
                if depth == 0 { return i }
                depth -= 1
            }
        }
        return block.endIndex
    }
}

extension HTMLStyleSheet {
    /// The style of an element of a page that is in memory. Nil where no rule names it.
    mutating func style(of element: UnsafeMutablePointer<xmlNode>) -> Style? {
        guard count > 0 else { return nil }
        let own = name(of: element)
        var cascade = Cascade()
        var isNamed = false
        // In order, so that the last comparisons of a hostile page are the same in each run.
        for key in own.classes.union([own.identifier, own.tag]).sorted() where !key.isEmpty {
            for rule in rules[key] ?? [] where isFor(rule, own, element) {
                cascade.add(rule)
                isNamed = true
            }
        }
        return isNamed ? cascade.style : nil
    }

    /// Whether a rule names an element, which stands inside of those that the selector names before it.
    private mutating func isFor(_ rule: Rule, _ own: Name, _ element: UnsafeMutablePointer<xmlNode>) -> Bool {
        guard comparisons > 0 else { return false }
        comparisons -= 1
        guard rule.names[rule.names.count - 1].matches(own), rule.content?.conditions.hold(of: element) ?? true else {
            return false
        }
        var rest = rule.names.dropLast()
        var next = element.pointee.parent
        // Hostile pages nest deeply.
        for _ in 0..<64 {
            guard let outer = rest.last, let above = next, above.pointee.type == XML_ELEMENT_NODE else { break }
            comparisons -= 1
            if outer.matches(name(of: above)) { rest.removeLast() }
            next = above.pointee.parent
        }
        return rest.isEmpty
    }

    private mutating func name(of element: UnsafeMutablePointer<xmlNode>) -> Name {
        if let known = names[element] { return known }
        var name = Name()
        name.tag = element.pointee.name.map { String(cString: $0)[...] } ?? ""
        var next = element.pointee.properties
        while let attribute = next {
            next = attribute.pointee.next
            guard let value = attribute.pointee.children?.pointee.content else { continue }
            if xmlStrEqual(attribute.pointee.name, "class") != 0 {
                let words = String(cString: value).utf8.split(whereSeparator: \.isControlOrSpace)
                name.classes = Set(words.map { Substring($0) })
            } else if xmlStrEqual(attribute.pointee.name, "id") != 0 {
                name.identifier = String(cString: value)[...]
            }
        }
        names[element] = name
        return name
    }
}
