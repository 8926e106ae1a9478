/// Formulas in MathML.
extension HTMLRenderer {
    /// A formula on one line: a fraction as a/b, a power as a^b, an index as a_b, a root as √(a), a table as [a, b; c, d].
    ///
    /// What stands beside a fraction, a power or a name does not run into it: (1/2)x, 2 1/2, x^2 y, sin t.
    func mathematics(_ index: Int, _ depth: Int) -> [UInt8] {
        let node = tree.nodes[index]
        if isDropped[index] { return [] }
        if node.tag == .text { return Self.token(tree.bytes[node.text]) }
        guard depth < 60 else { return plainText(index) }
        if node.tag == .mmultiscripts { return scripted(index, depth) }
        if [.mfrac, .msup, .mover, .msub, .munder, .msubsup, .munderover, .mroot, .mfenced, .mtable, .mtr].contains(node.tag)
        {
            return construct(index, depth)
        }
        let parts = tree.children(of: index).map { (index: $0, text: mathematics($0, depth + 1)) }
        let line = row(parts.filter { !$0.text.isEmpty }, products(index))
        switch node.tag {
        case .msqrt: return Array("√(".utf8) + line + Array(")".utf8)
        case .mtext: return [32] + line + [32]
        default: return line
        }
    }

    /// A formula for the line in which it stands.
    func formula(_ index: Int) -> [UInt8] {
        let text = mathematics(index, 0)
        return text.contains(0xA0)
            ? Array(String(decoding: text, as: UTF8.self).replacing(MarkupBuilder.formulaSpace, with: " ").utf8) : text
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        var text = text[...]
        while text.first == 32 { text.removeFirst() }
        while text.last == 32 { text.removeLast() }
        let space = Array(MarkupBuilder.formulaSpace.utf8)
        while text.starts(with: space) { text.removeFirst(space.count) }
        while text.suffix(space.count).elementsEqual(space) { text.removeLast(space.count) }
        return Array(text)
    }

    /// The characters of a text without white space around them, and without those that show nothing.
    private static func token(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let words = Array(bytes.split { $0.isControlOrSpace }.joined(separator: [32]))
        guard words.contains(0x81) else { return words }
        return Array(
            String(decoding: words, as: UTF8.self).unicodeScalars.filter { !(0x2061...0x2064).contains($0.value) }
                .map(String.init).joined().utf8)
    }

    /// An element whose children are arguments.
    private func construct(_ index: Int, _ depth: Int) -> [UInt8] {
        let written = tree.children(of: index).map { (index: $0, text: mathematics($0, depth + 1)) }
            .filter { !$0.text.isEmpty }
        let children = written.map { (index: $0.index, text: Self.trimmed($0.text)) }.filter { !$0.text.isEmpty }
        let parts = children.map(\.text)
        func grouped(_ place: Int) -> [UInt8] {
            let isToken = isToken(children[place].index)
            let needsGroup = Self.isCompound(parts[place], isToken: isToken)
            return needsGroup ? Array("(".utf8) + parts[place] + Array(")".utf8) : parts[place]
        }
        func joined(_ marks: [String]) -> [UInt8] {
            zip(parts.indices, [""] + marks).reduce(into: []) { $0 += Array($1.1.utf8) + grouped($1.0) }
        }
        let isOverWords = parts.count == 2 && parts[1].contains(where: \.isAlphanumeric)
        switch tree.nodes[index].tag {
        case .mfrac where parts.count == 2 && tree.nodes[index].isStacked:
            return Array("[".utf8) + parts[0] + Array("; ".utf8) + parts[1] + Array("]".utf8)
        case .mfrac where parts.count == 2: return joined(["/"])
        case .msup where parts.count == 2, .mover where isOverWords: return joined(["^"])
        case .msub where parts.count == 2, .munder where isOverWords: return joined(["_"])
        case .msubsup where parts.count == 3, .munderover where parts.count == 3: return joined(["_", "^"])
        case .mroot where parts.count == 2:
            return Array("√[".utf8) + parts[1] + Array("](".utf8) + parts[0] + Array(")".utf8)
        case .mfenced where children.count == 1 && isStacked(children[0].index):
            return Array("(".utf8) + (Self.choice(parts[0]) ?? parts[0]) + Array(")".utf8)
        case .mfenced: return Array("(".utf8) + Array(parts.joined(separator: Array(", ".utf8))) + Array(")".utf8)
        case .mtable: return Array("[".utf8) + Array(parts.joined(separator: Array("; ".utf8))) + Array("]".utf8)
        case .mtr: return Array(parts.joined(separator: Array(", ".utf8)))
        default: return row(written, products(index))
        }
    }

    /// The signs between the parts of a sum or a product.
    private static let signs: Set<Character> = [
        "+", "-", "*", "/", "=", "^", "_", " ", "−", "±", "⋅", "·", "×", "÷", "∗", "<", ">", "≤", "≥", "≠",
    ]

    /// Whether an argument stands in parentheses: a sum, or a product of several factors.
    private static func isCompound(_ text: [UInt8], isToken: Bool) -> Bool {
        guard text.count > 1 else { return false }
        var depth = 0
        var last: Character = " "
        for character in String(decoding: text, as: UTF8.self) {
            switch character {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case _ where depth > 0: break
            case _ where signs.contains(character): return true
            default:
                let isLetter = character.isLetter || character == "√"
                if last == ")" || last.isNumber && isLetter { return true }
                if !isToken, last.isLetter, isLetter || character.isNumber { return true }
            }
            last = character
        }
        return false
    }

    /// What a part of a row is, as far as its neighbours are concerned.
    private enum Part {
        case fraction, script, name, other
    }

    /// Whether an element is one token, such as a number or a name.
    private func isToken(_ index: Int, depth: Int = 0) -> Bool {
        if tree.nodes[index].tag == .text { return true }
        let parts = tree.children(of: index)
        return parts.count == 1 && depth < 20 && isToken(parts[0], depth: depth + 1)
    }

    private func part(_ index: Int, _ text: [UInt8], depth: Int = 0) -> Part {
        let node = tree.nodes[index]
        switch node.tag {
        case .mfrac: return .fraction
        case .msup, .msub, .msubsup, .mover, .munder, .munderover, .mmultiscripts: return .script
        case .text: return Self.functions.contains(String(decoding: text, as: UTF8.self)) ? .name : .other
        case .mtext, .msqrt, .mroot, .mfenced, .mtable, .mtr: return .other
        default:
            if text.count > 1, text.allSatisfy(\.isLetter), isToken(index) { return .name }
            let shown = tree.children(of: index).filter { !isDropped[$0] && (tree.nodes[$0].tag != .text || hasText($0)) }
            return shown.count == 1 && depth < 20 ? part(shown[0], text, depth: depth + 1) : .other
        }
    }

    /// Functions whose names stand in upright letters.
    private static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin", "arccos", "arctan", "log",
        "ln", "lg", "exp", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "arg", "mod",
    ]

    /// Parts one after the other. A factor does not run into the one before it.
    ///
    /// - Parameter products: the parts before which a sign of multiplication stands that shows nothing.
    private func row(_ children: [(index: Int, text: [UInt8])], _ products: Set<Int>) -> [UInt8] {
        var out: [UInt8] = []
        var last = Part.other
        for (place, child) in children.enumerated() {
            if out.last?.isDigit == true, child.text.first?.isDigit == true, products.contains(child.index) {
                out += Array("·".utf8)
            }
            let next = place + 1 < children.count ? children[place + 1].text : []
            if out.last == UInt8(ascii: "("), next.first == UInt8(ascii: ")"), isStacked(child.index),
                let choice = Self.choice(child.text)
            {
                out += choice
                last = .other
                continue
            }
            let kind = part(child.index, child.text)
            let before = out.isEmpty ? nil : String(decoding: out.suffix(4), as: UTF8.self).last
            let first = String(decoding: child.text.prefix(4), as: UTF8.self).first
            let startsFactor = first.map { $0.isLetter || $0.isNumber } ?? false
            if kind == .fraction, !tree.nodes[child.index].isStacked {
                let after = String(decoding: next.prefix(4), as: UTF8.self).first
                let isNumber = child.text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "/") }
                if before?.isNumber == true, isNumber {
                    out += [32] + child.text
                } else if before.map(Self.endsFactor) ?? false || after.map(Self.startsFactor) ?? false {
                    out += Array("(".utf8) + child.text + Array(")".utf8)
                } else {
                    out += child.text
                }
            } else {
                let isAfterWord = before.map { $0.isLetter || $0.isNumber } ?? false
                let isApart = last == .name || last == .script || kind == .name
                if startsFactor, isAfterWord, isApart { out.append(32) }
                out += child.text
            }
            last = kind
        }
        return out
    }

    /// The parts of a row before which a sign of multiplication stands that shows nothing.
    private func products(_ index: Int) -> Set<Int> {
        var found: Set<Int> = []
        var isProduct = false
        for child in tree.children(of: index) {
            let text = plainText(child)
            if text.count < 12, String(decoding: text, as: UTF8.self).unicodeScalars.contains("\u{2062}") {
                isProduct = true
            } else if text.contains(where: { !$0.isControlOrSpace }) {
                if isProduct { found.insert(child) }
                isProduct = false
            }
        }
        return found
    }

    /// Whether an element is a fraction without a line, or holds nothing else.
    private func isStacked(_ index: Int, depth: Int = 0) -> Bool {
        if tree.nodes[index].tag == .mfrac, tree.nodes[index].isStacked { return true }
        let parts = tree.children(of: index).filter { tree.nodes[$0].tag != .text || hasText($0) }
        return parts.count == 1 && depth < 60 && isStacked(parts[0], depth: depth + 1)
    }

    /// "52 choose 5" of a written fraction without a line, "[52; 5]". Nil for another text.
    private static func choice(_ text: [UInt8]) -> [UInt8]? {
        let text = trimmed(text)
        guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
        var depth = 0
        for i in text.indices.dropLast() {
            if "([".utf8.contains(text[i]) { depth += 1 }
            if ")]".utf8.contains(text[i]) { depth -= 1 }
            if depth == 1, text[i...].starts(with: "; ".utf8) {
                return text[1..<i] + Array(" choose ".utf8) + text[(i + 2)...].dropLast()
            }
        }
        return nil
    }

    /// A base with raised and lowered marks on both sides, as ¹⁴C.
    private func scripted(_ index: Int, _ depth: Int) -> [UInt8] {
        let children = tree.children(of: index).filter { tree.nodes[$0].tag != .text || hasText($0) }
        guard let base = children.first else { return [] }
        let start = children.firstIndex { tree.nodes[$0].tag == .mprescripts } ?? children.count
        func marks(_ places: ArraySlice<Int>, isBefore: Bool) -> [UInt8] {
            var marks: [UInt8] = []
            var i = places.startIndex
            while i < places.endIndex {
                let low = Self.trimmed(mathematics(places[i], depth + 1))
                let high = i + 1 < places.endIndex ? Self.trimmed(mathematics(places[i + 1], depth + 1)) : []
                marks +=
                    isBefore
                    ? Self.mark(high, "^", Self.raisedNumber) + Self.mark(low, "_", Self.loweredNumber)
                    : Self.mark(low, "_") + Self.mark(high, "^")
                i += 2
            }
            return marks
        }
        let before = marks(children[min(children.count, start + 1)...], isBefore: true)
        let space: [UInt8] = before.last.map { $0 < 0x80 } == true ? [32] : []
        return before + space + Self.trimmed(mathematics(base, depth + 1))
            + marks(children[1..<max(1, start)], isBefore: false)
    }

    /// A mark beside a base: a number in digits of its own where there are such, else a text after a sign.
    private static func mark(_ text: [UInt8], _ sign: String, _ number: (String) -> [UInt8]? = { _ in nil }) -> [UInt8] {
        guard !text.isEmpty else { return [] }
        if let digits = number(String(decoding: text, as: UTF8.self)) { return digits }
        let isCompound = isCompound(text, isToken: false)
        return Array(sign.utf8) + (isCompound ? Array("(".utf8) + text + Array(")".utf8) : text)
    }

    private static func endsFactor(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == ")"
    }

    private static func startsFactor(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "(" || character == "√"
    }
}
