import TestSupport

extension SeededGenerator {
    /// A text of words of many kinds, punctuation, white space, other scripts, pictures and broken UTF-8.
    mutating func text() -> [UInt8] {
        let scraps = [
            " ", " ", " ", " ", "\n", "\r\n", "\t", "  ", "\u{A0}", "\u{3000}", ".", ", ", "-", "'", "…", "—", "«", "the",
            "of",
            "The", "THE", "s", "I", "it", "It", "1", "12", "2024", "007", "é", "É", "e\u{301}", "ß", "ÿ", "Ÿ", "naïve",
            "NAÏVE", "Kötze", "ĥŷ", "harbour", "Harbour", "HARBOUR", "hArbour", "lamp", "lampLight", "поезд", "Поезд",
            "ΣΟΦΟΣ", "ς", "日", "本", "列車", "カ", "ひ", "기차", "قطار", "रेल", "𠀀", "🙂", "€", "→", "12€", "👩‍🚀", "🇩🇪", "ﬁ", "zq", "x",
            "Q",
        ]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...60, using: &self) {
            switch Int.random(in: 0..<12, using: &self) {
            case 0: text.append(UInt8.random(in: 0...255, using: &self))
            case 1: for _ in 0..<Int.random(in: 1...9, using: &self) { text.append(.random(in: 97...122, using: &self)) }
            case 2: text.append(contentsOf: scraps.randomElement(using: &self)!.utf8.dropLast())
            case 3:
                let scalar = UInt32.random(in: 0...(Bool.random(using: &self) ? 0x7FF : 0x3FFFF), using: &self)
                if let scalar = Unicode.Scalar(scalar) { text.append(contentsOf: String(scalar).utf8) }
            default: text.append(contentsOf: scraps.randomElement(using: &self)!.utf8)
            }
        }
        return text
    }
}
