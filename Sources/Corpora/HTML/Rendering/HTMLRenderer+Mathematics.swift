/// Formulas in MathML.
extension HTMLRenderer {
    /// A formula on one line: a fraction as a/b, a power as a^b, an index as a_b, a root as √(a), a table as [a, b; c, d].
    func mathematics(_ index: Int, _ depth: Int) -> [UInt8] {
        let node = tree.nodes[index]
        if isDropped[index] { return [] }
        if node.tag == .text {
            return Array(tree.bytes[node.text].split { $0.isControlOrSpace }.joined(separator: [32]))
        }
        guard depth < 60 else { return plainText(index) }
        let parts = tree.children(of: index).map { mathematics($0, depth + 1) }.filter { !$0.isEmpty }
        func grouped(_ part: [UInt8]) -> [UInt8] {
            part.count > 1 && part.contains { "+-*/=^_ ".utf8.contains($0) }
                ? Array("(".utf8) + part + Array(")".utf8) : part
        }
        func joined(_ marks: [String]) -> [UInt8] {
            zip(parts, [""] + marks).reduce(into: []) { $0 += Array($1.1.utf8) + grouped($1.0) }
        }
        switch node.tag {
        case .mfrac where parts.count == 2: return joined(["/"])
        case .msup where parts.count == 2, .mover where parts.count == 2 && parts[1].contains(where: \.isAlphanumeric):
            return joined(["^"])
        case .msub where parts.count == 2, .munder where parts.count == 2 && parts[1].contains(where: \.isAlphanumeric):
            return joined(["_"])
        case .msubsup where parts.count == 3, .munderover where parts.count == 3: return joined(["_", "^"])
        case .msqrt: return Array("√(".utf8) + parts.flatMap { $0 } + Array(")".utf8)
        case .mroot where parts.count == 2:
            return Array("√[".utf8) + parts[1] + Array("](".utf8) + parts[0] + Array(")".utf8)
        case .mfenced: return Array("(".utf8) + Array(parts.joined(separator: Array(", ".utf8))) + Array(")".utf8)
        case .mtable: return Array("[".utf8) + Array(parts.joined(separator: Array("; ".utf8))) + Array("]".utf8)
        case .mtr: return Array(parts.joined(separator: Array(", ".utf8)))
        case .mtext: return [32] + parts.flatMap { $0 } + [32]
        default: return parts.flatMap { $0 }
        }
    }
}
