import Bytes
import CLibXML2

/// Which elements stand in a line, and which are the copy of another one.
extension HTMLTree {
    /// Whether an element that no standard knows stands in a line: in a paragraph, or beside words.
    ///
    /// A browser shows all of them so. But pages have elements of their own that their scripts make blocks.
    func isInLine(_ element: UnsafeMutablePointer<xmlNode>, parent: Int) -> Bool {
        if Self.isText(element.pointee.prev) || Self.isText(element.pointee.next) { return true }
        guard parent >= 0 else { return false }
        let above = nodes[parent]
        if above.tag == .other { return !above.isBlock }
        guard above.tag == .p || above.tag.headingLevel != nil || above.tag.isInline && !above.isBlock else { return false }
        return !Self.isUnknown(element.pointee.prev) && !Self.isUnknown(element.pointee.next)
    }

    private static func isText(_ node: UnsafeMutablePointer<xmlNode>?) -> Bool {
        guard let node, node.pointee.type == XML_TEXT_NODE, var byte = node.pointee.content else { return false }
        while byte.pointee.isControlOrSpace {
            if byte.pointee == 0 { return false }
            byte += 1
        }
        return true
    }

    private static func isUnknown(_ node: UnsafeMutablePointer<xmlNode>?) -> Bool {
        guard let node, node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name else { return false }
        return HTMLTag(name: String(cString: name)) == .other
    }

    /// Whether a cell with these classes holds the numbers of lines of code.
    static func isLineNumber(_ classes: String) -> Bool {
        classes.split(separator: " ").contains { name in
            [
                "blob-num", "lineno", "linenos", "line-number", "line-numbers", "linenumber", "linenumbers", "gutter",
                "rouge-gutter", "hljs-ln-numbers", "line-num",
            ].contains(name)
        }
    }

    /// The elements of `silent` that show the formula beside them once more.
    ///
    /// Pages draw a formula with letters in places, and give its words in MathML for who does not see it.
    func copies(of silent: [Int]) -> [Int] {
        var formulas: [Int: ClosedRange<Int>?] = [:]
        return silent.filter { index in
            let parent = nodes[index].parent
            guard parent >= 0, nodes[parent].tag.isInline else { return false }
            if formulas[parent] == nil { formulas[parent] = .some(formulaRange(in: parent)) }
            guard let range = formulas[parent] ?? nil else { return false }
            return range.lowerBound < index || range.upperBound >= nodes[index].end
        }
    }

    /// The first and the last formula that an element shows.
    private func formulaRange(in element: Int) -> ClosedRange<Int>? {
        var range: ClosedRange<Int>?
        var i = element + 1
        while i < nodes[element].end {
            if !isVisible(i) {
                i = nodes[i].end
                continue
            }
            if nodes[i].tag == .math { range = (range?.lowerBound ?? i)...i }
            i += 1
        }
        return range
    }
}
