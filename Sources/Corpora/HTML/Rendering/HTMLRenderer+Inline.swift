import Bytes

/// Marks within a line: pictures, struck text, superscripts and subscripts, formulas.
extension HTMLRenderer {
    /// The alternative text of a picture, as a word of its own.
    mutating func picture(_ node: HTMLTree.Node) {
        guard !node.alternative.isEmpty else { return }
        spaceDue = spaceDue || !line.isEmpty && line.last != 10
        folded(tree.bytes[node.alternative])
        spaceDue = true
    }

    /// Text that no longer holds. Where the element holds blocks, each text inside is marked.
    mutating func struck(_ index: Int, _ depth: Int) {
        guard !isStriking else { return children(index, depth) }
        guard (index + 1..<tree.nodes[index].end).contains(where: { !tree.nodes[$0].tag.isInline || tree.nodes[$0].isBlock })
        else {
            isStriking = true
            around(index, depth, "~~", "~~")
            isStriking = false
            return
        }
        striking { $0.children(index, depth) }
    }

    /// Runs `body`, with each text marked as struck.
    mutating func striking(_ body: (inout HTMLRenderer) -> Void) {
        (isStriking, strikesTexts) = (true, true)
        body(&self)
        (isStriking, strikesTexts) = (false, false)
    }

    /// Writes the children of a node between two marks; nothing where they have no text.
    mutating func around(_ index: Int, _ depth: Int, _ before: String, _ after: String) {
        guard hasText(index) else { return }
        folded(Array(before.utf8)[...])
        children(index, depth)
        let space = spaceDue
        spaceDue = false
        folded(Array(after.utf8)[...])
        spaceDue = space
    }

    /// Whether an element has text of its own, or parts with alternative text.
    func says(_ index: Int) -> Bool {
        hasText(index) || (index + 1..<tree.nodes[index].end).contains { !tree.nodes[$0].alternative.isEmpty }
    }

    func hasText(_ index: Int) -> Bool {
        (index..<tree.nodes[index].end).contains { i in
            tree.nodes[i].tag == .text && tree.bytes[tree.nodes[i].text].contains { !$0.isControlOrSpace }
        }
    }

    func plainText(_ index: Int) -> [UInt8] {
        (index..<tree.nodes[index].end).flatMap { tree.nodes[$0].tag == .text ? Array(tree.bytes[tree.nodes[$0].text]) : [] }
    }

    /// Parts the number of a line of code from the code, where the style of the page alone does.
    mutating func partLineNumber(_ index: Int) {
        let tail = line.suffix(9)
        let own = tail[(tail.lastIndex(of: 10).map { $0 + 1 } ?? tail.startIndex)...]
        guard own.count <= 8, own.contains(where: \.isDigit), own.allSatisfy({ $0.isDigit || $0 == 32 }),
            own.last?.isDigit == true, tree.nodes[index].tag != .text, !plainText(index).isEmpty,
            let next = (tree.nodes[index].end..<tree.nodes.count).first(where: { tree.nodes[$0].tag == .text }),
            let first = tree.bytes[tree.nodes[next].text].first,
            first.isLetter || first == UInt8(ascii: "_") || first >= 0x80
        else { return }
        line.append(32)
    }
}
