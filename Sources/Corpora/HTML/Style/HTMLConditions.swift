import CLibXML2

/// What a selector asks of the last element that it names, besides tag, classes and identifier.
struct HTMLConditions {
    private enum Condition {
        /// An attribute is there, with this value where one is given.
        case attribute(String, String?)
        /// Another element stands before it, or none.
        case hasPrevious(Bool)
        /// Another element stands after it, or none.
        case hasNext(Bool)
    }

    private var conditions: [Condition] = []

    /// The number of conditions.
    var count: Int { conditions.count }

    /// A selector without its conditions, and the conditions. Nil where one is not understood.
    ///
    /// "li + li" asks for an element before, whichever it is.
    static func parted(_ selector: Substring) -> (selector: Substring, conditions: HTMLConditions)? {
        var rest = selector
        var found = HTMLConditions()
        while let last = rest.last, last == "]" || last == ")" || rest.contains(":") {
            guard let start = rest.lastIndex(where: { last == "]" ? $0 == "[" : $0 == ":" }) else { return nil }
            let word = rest[rest.index(after: start)...]
            // The inner state of "li:not(:last-child)" starts with a colon, too.
            let isNegated = word.last == ")" && rest[..<start].hasSuffix(":not(")
            guard let condition = last == "]" ? attribute(word.dropLast()) : place(word, isNegated) else { return nil }
            found.conditions.append(condition)
            rest = isNegated ? rest[..<start].dropLast(5) : rest[..<start]
        }
        let parts = rest.split(separator: "+", omittingEmptySubsequences: false)
        if parts.count == 2 {
            found.conditions.append(.hasPrevious(true))
            guard let last = parts[0].lastIndex(where: { !$0.isWhitespace }),
                parts[1].split(whereSeparator: { $0.isWhitespace || $0 == ">" }).count == 1
            else { return nil }
            // What stands around the first of the two stands around the second.
            let outer = parts[0][...last].lastIndex { $0.isWhitespace || $0 == ">" }
            rest = (outer.map { parts[0][...$0] } ?? "") + " " + parts[1]
        }
        return (rest, found)
    }

    private static func attribute(_ text: Substring) -> Condition? {
        guard let sign = text.firstIndex(of: "=") else { return .attribute(text.lowercased(), nil) }
        let name = text[..<sign]
        guard let last = name.last, last.isLetter || last.isNumber else { return nil }
        let value = text[text.index(after: sign)...].filter { $0 != "\"" && $0 != "'" }
        return .attribute(name.lowercased(), value)
    }

    private static func place(_ word: Substring, _ isNegated: Bool) -> Condition? {
        switch isNegated ? word.dropLast() : word {
        case "first-child", "first-of-type": .hasPrevious(isNegated)
        case "last-child", "last-of-type": .hasNext(isNegated)
        default: nil
        }
    }

    /// Whether an element is what the conditions ask for.
    func hold(of element: UnsafeMutablePointer<xmlNode>) -> Bool {
        conditions.allSatisfy { condition in
            switch condition {
            case .hasPrevious(let isThere): Self.isElement(from: element.pointee.prev, \.prev) == isThere
            case .hasNext(let isThere): Self.isElement(from: element.pointee.next, \.next) == isThere
            case .attribute(let name, let value):
                Self.attribute(name, of: element).map { value == nil || value == $0 } ?? false
            }
        }
    }

    /// Whether an element stands on one side. What stands between is text, and seldom more than one.
    private static func isElement(
        from node: UnsafeMutablePointer<xmlNode>?, _ step: KeyPath<xmlNode, UnsafeMutablePointer<xmlNode>?>
    ) -> Bool {
        var next = node
        for _ in 0..<8 {
            guard let node = next else { return false }
            if node.pointee.type == XML_ELEMENT_NODE { return true }
            next = node.pointee[keyPath: step]
        }
        return false
    }

    /// The value of an attribute. Nil where a node is no element, or has none of this name.
    static func attribute(_ name: String, of element: UnsafeMutablePointer<xmlNode>) -> String? {
        // A short text stands where an element has its attributes.
        guard element.pointee.type == XML_ELEMENT_NODE else { return nil }
        var next = element.pointee.properties
        while let attribute = next {
            if xmlStrEqual(attribute.pointee.name, name) != 0 {
                return attribute.pointee.children?.pointee.content.map { String(cString: $0) } ?? ""
            }
            next = attribute.pointee.next
        }
        return nil
    }
}
