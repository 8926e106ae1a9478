/// Fields that have no result in the file, because Word works them out when it shows them (ECMA-376, part 1, 17.16.5).
extension WordText {
    /// What a field shows. Nil for a field of another kind.
    mutating func automaticField(_ instruction: String) -> String? {
        let words = instruction.split(whereSeparator: \.isWhitespace)
        guard let kind = words.first?.uppercased() else { return nil }
        switch kind {
        case "MACROBUTTON", "GOTOBUTTON":
            let shown = words.dropFirst(2).joined(separator: " ")
            return shown.isEmpty ? nil : shown
        case "AUTONUM", "AUTONUMLGL": return "\(next(kind, level: 0))."
        case "AUTONUMOUT": return Numerals.text(next(kind, level: 0), "upperRoman") + "."
        case "LISTNUM": return listNumber(words)
        case "SYMBOL": return symbol(words, instruction)
        default: return nil
        }
    }

    /// Counts a field on. The levels inside its level start anew.
    private mutating func next(_ kind: String, level: Int, start: Int? = nil) -> Int {
        var numbers = automaticNumbers[kind] ?? []
        while numbers.count <= level { numbers.append(0) }
        numbers[level] = start ?? numbers[level] &+ 1
        numbers.removeLast(numbers.count - level - 1)
        automaticNumbers[kind] = numbers
        return numbers[level]
    }

    private mutating func listNumber(_ words: [Substring]) -> String {
        func option(_ name: String) -> Int? {
            words.firstIndex { $0.lowercased() == name }.flatMap { $0 + 1 < words.count ? Int(words[$0 + 1]) : nil }
        }
        let level = max(1, min(9, option("\\l") ?? 1))
        let number = next("LISTNUM", level: level - 1, start: option("\\s"))
        let form = ["decimal", "lowerLetter", "lowerRoman"][(level - 1) % 3]
        let end = level < 7 ? ")" : "."
        return (level > 3 && level < 7 ? "(" : "") + Numerals.text(number, form) + end
    }

    /// The character of `SYMBOL 183 \f "Symbol"`.
    private func symbol(_ words: [Substring], _ instruction: String) -> String? {
        guard words.count > 1 else { return nil }
        let name = words[1].lowercased()
        let code = name.hasPrefix("0x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name)
        let font = instruction.firstMatch(of: #/\\f\s*"?([^"\\]+)/#).map { String($0.1).trimmed }
        return code.map { SymbolFont.symbol($0, font: font) }
    }
}
