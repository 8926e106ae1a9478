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

    /// Whether a node is an element that no standard knows.
    static func isUnknown(_ node: UnsafeMutablePointer<xmlNode>?) -> Bool {
        guard let node, node.pointee.type == XML_ELEMENT_NODE, let name = node.pointee.name else { return false }
        return HTMLTag(name: String(cString: name)) == .other
    }

    /// Makes an element what its own style or that of a style sheet says. A part of a table is one only inside of a table.
    ///
    /// A style sheet may mean other screens: its blocks stand apart from the words beside them, but in their line.
    func show(
        _ new: inout Node, _ element: UnsafeMutablePointer<xmlNode>, as style: HTMLStyleSheet.Style, isOwn: Bool = false
    ) {
        switch style.display {
        case .block where isOwn, .items where isOwn: new.isBlock = true
        case .block, .items: (new.isApart, new.endsApart) = (true, true)
        case .itemsInLine: break
        case .part(let part):
            if isStyled(new.tag, as: part), isInTable(part, parent: new.parent) {
                new.tag = part
                new.isPartByStyle = true
            } else {
                (new.isApart, new.endsApart) = (true, true)
            }
        case nil: break
        }
        switch style.display {
        case .items, .itemsInLine: new.partsItems = true
        case .block, .part: new.partsItems = false
        case nil: break
        }
        // At the left edge stands the first letter of a word, too.
        let isFloating = style.float == .right || style.float == .left && !Self.isInitial(element)
        if isFloating || style.isBoxed == true { (new.isApart, new.endsApart) = (true, true) }
        if let position = style.position, [.span, .a, .b, .i, .em, .strong, .small, .font, .tspan].contains(new.tag) {
            new.tag = position
        }
        if let isStruck = style.isStruck { new.isStruck = isStruck }
        if [.ol, .ul, .menu, .li].contains(new.tag), let numbering = style.numbering {
            if case .bullet = numbering, sheet.hasCounters { return }
            new.numbering = numbering
        }
    }

    /// Puts the label of a choice in place of its text, as browsers show it.
    static func show(labelOf option: UnsafeMutablePointer<xmlNode>) {
        guard let label = HTMLConditions.attribute("label", of: option), !label.isEmpty else { return }
        while let child = option.pointee.children {
            xmlUnlinkNode(child)
            xmlFreeNode(child)
        }
        xmlAddChild(option, xmlNewDocText(option.pointee.doc, label))
    }

    /// Whether an element holds the first letter of the word that goes on behind it.
    private static func isInitial(_ element: UnsafeMutablePointer<xmlNode>) -> Bool {
        guard let next = element.pointee.next, next.pointee.type == XML_TEXT_NODE, let rest = next.pointee.content,
            rest.pointee.isLetter || rest.pointee >= 0x80
        else { return false }
        var inner = element.pointee.children
        while let node = inner, node.pointee.type == XML_ELEMENT_NODE, node.pointee.next == nil {
            inner = node.pointee.children
        }
        guard let content = inner?.pointee.content, xmlStrlen(content) < 9 else { return false }
        return String(cString: content).trimmed.last?.isLetter == true && String(cString: content).trimmed.count < 3
    }

    /// Whether pages make an element of this kind a part of a table by its style.
    private func isStyled(_ tag: HTMLTag, as part: HTMLTag) -> Bool {
        switch tag {
        case .div, .span, .section, .article, .header, .footer, .aside, .main, .nav, .figure, .form, .fieldset, .p, .a, .b,
            .i, .em, .strong, .label, .ul, .li, .dl, .other:
            true
        case .dt, .dd: part == .td
        default: false
        }
    }

    /// Whether an element of a table stands inside of the part where it belongs.
    private func isInTable(_ part: HTMLTag, parent: Int) -> Bool {
        if part == .table { return true }
        if part == .td { return parent >= 0 && nodes[parent].tag == .tr }
        var above = parent
        for _ in 0..<4 where above >= 0 {
            if nodes[above].tag == .table || nodes[above].tag.isRowGroup { return true }
            if nodes[above].tag == .td || nodes[above].tag == .tr { return false }
            above = nodes[above].parent
        }
        return false
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

    /// Whether a class such as "blob-code" says that a cell holds code. A "country-code" is none.
    static func isCode(_ classes: String) -> Bool {
        classes.lowercased().split(separator: " ").contains { name in
            let words = name.split { $0 == "-" || $0 == "_" }
            return words.contains("code") && words.allSatisfy(codeWords.contains)
        }
    }

    /// The words in the names of classes for code.
    private static let codeWords: Set<Substring> = [
        "addition", "blob", "block", "body", "cell", "code", "container", "content", "context", "deletion", "diff", "file",
        "highlight", "hljs", "inner", "js", "line", "lines", "ln", "marker", "rouge", "source", "src", "td", "text",
        "wrapper",
    ]

    /// The elements of `silent` that show the formula beside them once more.
    ///
    /// Pages draw a formula with letters in places, and give its words in MathML for who does not see it. The element around
    /// both stands in a line, and shows nothing else.
    func copies(of silent: [Int]) -> [Int] {
        guard !silent.isEmpty else { return [] }
        let (texts, formulas) = shownBefore()
        func count(_ counts: [Int], _ index: Int) -> Int { counts[nodes[index].end] - counts[index] }
        return Dictionary(grouping: silent) { nodes[$0].parent }.flatMap { parent, twins -> [Int] in
            guard parent >= 0, showsFormulas(parent), count(texts, parent) == twins.reduce(0, { $0 + count(texts, $1) })
            else { return [] }
            return twins.filter { nodes[$0].tag.isInline && count(formulas, $0) < count(formulas, parent) }
        }
    }

    /// Whether an element stands in a line. Of an unknown one, as MathJax has it, no markup says that.
    private func showsFormulas(_ index: Int) -> Bool {
        nodes[index].tag == .other || nodes[index].tag.isInline && !nodes[index].isBlock
    }

    /// How many texts outside formulas, and how many formulas the page shows before each node, and in all.
    private func shownBefore() -> (texts: [Int], formulas: [Int]) {
        var texts = [0]
        var formulas = [0]
        var hiddenEnd = 0
        var formulaEnd = 0
        for (i, node) in nodes.enumerated() {
            if i >= hiddenEnd, !isVisible(i) { hiddenEnd = node.end }
            let isShown = i >= hiddenEnd
            let isText = isShown && i >= formulaEnd && bytes[node.text].contains { !$0.isControlOrSpace }
            let isFormula = isShown && node.tag == .math
            if isFormula { formulaEnd = max(formulaEnd, node.end) }
            texts.append(texts[i] + (isText ? 1 : 0))
            formulas.append(formulas[i] + (isFormula ? 1 : 0))
        }
        return (texts, formulas)
    }
}
