/// The number of a cell in an OpenDocument spreadsheet, beside the text that shows it.
struct ShownNumber {
    private let value: Double
    private let isPercent: Bool

    /// Nil for a cell that holds no number.
    init?(_ cell: XMLElement) {
        guard ["float", "currency", "percentage"].contains(cell["value-type"] ?? ""),
            let value = cell["value"].flatMap({ Double($0) }), value.isFinite
        else { return nil }
        self.value = value
        isPercent = cell["value-type"] == "percentage"
    }

    /// The number in full, without what stands around it.
    private var full: String { NumberFormat.shortest(value, nil) }

    /// The text as it is shown, but with the number in full where the text rounds, scales or hides it.
    func text(_ shown: String) -> String {
        let digits = shown.filter { $0.isNumber }
        if digits.isEmpty {
            let isWord = shown.contains { $0.isLetter }
            // 0 and 1 are shown as truth values.
            return isWord ? (value == 0 || value == 1 ? shown : "\(shown) (\(full))") : full
        }
        // Digits of other scripts are not read.
        guard digits.allSatisfy(\.isASCII) else { return shown }
        let isSigned = value >= 0 || shown.contains { $0 == "-" || $0 == "\u{2212}" }
        let scaled = abs(isPercent && shown.contains("%") ? value * 100 : value)
        let run = run(in: shown)
        let readings = readings(shown[run])
        if isSigned, Double(digits) == scaled || readings.contains(where: { isEqual($0.number, scaled) }) { return shown }
        // A number that is only rounded keeps its currency and its words.
        let isRounded = readings.contains { abs($0.number - scaled) <= 0.5001 * $0.unit }
        let around = shown[..<run.lowerBound] + shown[run.upperBound...]
        guard isSigned, isRounded, !around.contains(where: { $0.isNumber || $0 == "/" || $0 == "(" }) else { return full }
        return shown[..<run.lowerBound] + NumberFormat.shortest(scaled, nil) + shown[run.upperBound...]
    }

    /// The first digits of a text, with the separators between them.
    private func run(in text: String) -> Range<String.Index> {
        let isSeparator = { (character: Character) in ".,'\u{2019} \u{A0}\u{202F}".contains(character) }
        let start = text.firstIndex { $0.isNumber } ?? text.startIndex
        let rest = text[start...].prefix { $0.isNumber || isSeparator($0) }
        let end = rest.lastIndex { $0.isNumber }.map { text.index(after: $0) } ?? start
        return start..<end
    }

    /// What digits may mean: a whole number, or one whose last separator is the decimal point. `unit` is that of the last digit.
    private func readings(_ run: Substring) -> [(number: Double, unit: Double)] {
        let whole = Double(run.filter(\.isNumber)).map { (number: $0, unit: 1.0) }
        guard let point = run.lastIndex(where: { $0 == "." || $0 == "," }) else { return [whole].compactMap { $0 } }
        let decimals = run[run.index(after: point)...].filter(\.isNumber)
        let unit = (0..<decimals.count).reduce(1.0) { unit, _ in unit / 10 }
        let number = Double(run[..<point].filter(\.isNumber) + "." + decimals)
        return [whole, number.map { (number: $0, unit: unit) }].compactMap { $0 }
    }

    /// Whether two numbers have the same 15 digits.
    private func isEqual(_ a: Double, _ b: Double) -> Bool {
        NumberFormat.shortest(a, nil) == NumberFormat.shortest(b, nil)
    }
}
