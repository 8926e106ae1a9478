/// Fonts whose codes show other characters than Unicode has there. In Unicode their codes are private: U+F061 is α of Symbol.
enum SymbolFont {
    /// The text of a code of a font, from 0x20 to 0xFF. Nil where the font is unknown.
    private static func text(_ code: UInt32, _ font: String) -> String? {
        guard (0x20...0xFF).contains(code), let table = tables[font.lowercased().trimmed] else { return nil }
        return table[UInt8(code)].map(String.init) ?? (code == 0x20 || code == 0xA0 ? " " : "•")
    }

    /// Whether every code of a font is one of these symbols.
    static func isKnown(_ font: String) -> Bool { tables[font.lowercased().trimmed] != nil }

    /// The text of a code that a document names, plain or private.
    ///
    /// - Parameter font: the font, as "Wingdings". A code of another font is an arrow, a bullet or a letter that most have.
    static func symbol(_ code: UInt32, font: String?) -> String {
        if let font, let text = text(code & 0xFF, font), code < 0x100 || isPrivate(code) { return text }
        guard let scalar = Unicode.Scalar(code) else { return "" }
        if scalar.properties.generalCategory != .privateUse { return String(scalar) }
        return common[code] ?? "•"
    }

    /// A text in a font, with characters in place of private codes. A text in an unknown font stays, and where no font is named,
    /// the codes that most fonts of symbols share are read.
    static func readable(_ text: String, font: String?) -> String {
        guard text.unicodeScalars.contains(where: { isPrivate($0.value) }) else { return text }
        guard let font else {
            return String(scalars: text.unicodeScalars.map { common(of: $0.value) ?? $0.value })
        }
        guard isKnown(font) else { return text }
        return text.unicodeScalars.map { isPrivate($0.value) ? symbol($0.value, font: font) : String($0) }.joined()
    }

    /// Whether a code is one of the private ones that fonts of symbols use.
    static func isPrivate(_ code: UInt32) -> Bool { (0xF020...0xF0FF).contains(code) }

    /// The symbol that a private code stands for where no font is known. Nil for other codes.
    ///
    /// A letter is Greek in one font and a bullet in others: only those that are mostly bullets have a symbol.
    static func common(of code: UInt32) -> UInt32? {
        if bullets.contains(code) { return 0x2022 }
        return (0xF061...0xF07A).contains(code) ? nil : common[code]?.unicodeScalars.first?.value
    }

    /// l, n, q, u and v, which are circles, squares and diamonds of Wingdings.
    private static let bullets: Set<UInt32> = [0xF06C, 0xF06E, 0xF071, 0xF075, 0xF076]

    private static let common: [UInt32: String] = [
        0xF0E0: "→", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06C: "λ", 0xF06D: "μ",
        0xF061: "α", 0xF062: "β", 0xF067: "γ", 0xF064: "δ", 0xF070: "π", 0xF0B0: "°", 0xF0B1: "±", 0xF0A3: "≤", 0xF0B3: "≥",
    ]

    private static let tables: [String: [UInt8: Character]] = [
        "symbol": symbols, "standard symbols l": symbols, "standard symbols ps": symbols, "wingdings": wingdings,
        "wingdings 2": wingdings2, "wingdings 3": wingdings3, "webdings": webdings,
    ]

    private static func row(_ start: UInt8, _ characters: String) -> [(UInt8, Character)] {
        characters.enumerated().map { (start + UInt8($0.offset), $0.element) }
    }

    private static func table(_ rows: [(UInt8, Character)]...) -> [UInt8: Character] {
        Dictionary(rows.joined()) { $1 }
    }

    private static let symbols = table(
        row(0x20, " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
        row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
        row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
        row(0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
        row(0xE6, "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"), row(0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"))

    private static let wingdings = table(
        row(0x21, "✏✂✁"), row(0x28, "☎✆✉"), row(0x36, "⌛⌨"), row(0x3F, "✍"), row(0x41, "✌"),
        [(0x43, "👍"), (0x44, "👎")], row(0x45, "☜☞☝☟✋☺"), [(0x4B, "😐")], row(0x4C, "☹"), row(0x4E, "☠⚐"),
        row(0x51, "✈☼"), row(0x54, "❄"), row(0x58, "✠✡☪☯"), row(0x6A, "&&●❍■□□❑❒"), row(0x75, "◆❖"),
        [(0x78, "☒")], row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), row(0x9E, "·•▪○○○◉◎"),
        row(0xA7, "▪☐"), row(0xAA, "✦★✶✴✹✵"), row(0xD8, "➢"), row(0xDC, "➲"), row(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩"),
        row(0xFB, "✗✓☒☑"))

    private static let wingdings2 = table(row(0x4F, "✗✓☒☑☒☒"), row(0xA3, "☐"))

    private static let wingdings3 = table(row(0x66, "←→↑↓"), row(0x70, "▲▼"), row(0x74, "◀▶"), row(0x7D, "▶"))

    private static let webdings = table(
        row(0x33, "◀▶▲▼"), row(0x61, "✓"), row(0x63, "☐"), row(0x67, "■"), row(0x6E, "●"), row(0x72, "✗"))
}
