import Glibc

/// How a cell of a spreadsheet shows a number.
///
/// A number that its format would round, scale or hide is written in full, and without separators of thousands.
struct NumberFormat {
    private let sections: [NumberSection]

    /// A format of the program itself, by its number (ECMA-376, part 1, 18.8.30).
    init(builtIn number: Int) {
        let code =
            switch number {
            case 1, 3, 37, 38: "0"
            case 2, 4, 39, 40: "0.00"
            case 9: "0%"
            case 10: "0.00%"
            case 14...17, 27...31, 34...36, 50...58: "yyyy-mm-dd"
            case 18...21, 32, 33, 45: "hh:mm"
            case 47: "mm:ss.0"
            case 22: "yyyy-mm-dd hh:mm"
            case 46: "[h]:mm:ss"
            default: "general"
            }
        self.init(code: code)
    }

    /// A format by its code, such as `0.00%` or `yyyy-mm-dd`.
    init(code: String) {
        var sections = NumberSection.parts(of: code).map { NumberSection($0) }
        // The section for texts is the last one.
        if sections.count > 1, sections.count > 3 || sections[sections.count - 1].isForText { sections.removeLast() }
        self.sections = sections
    }

    /// The number as text.
    func text(_ raw: String, epoch1904: Bool) -> String {
        guard let value = Double(raw) else { return raw }
        return section(for: value).text(value, raw, epoch1904: epoch1904)
    }

    /// The section for a number: the first whose condition holds, or that for its sign.
    private func section(for value: Double) -> NumberSection {
        if sections.contains(where: { $0.condition != nil }) {
            return sections.first { $0.condition?.holds(value) ?? true } ?? NumberSection("general")
        }
        if sections.count > 2, value == 0 { return sections[2].forZero }
        return sections[sections.count > 1 && value < 0 ? 1 : 0]
    }

    /// The format of cells without a style.
    static let general = NumberFormat(builtIn: 0)

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The 15 digits that spreadsheets show, without trailing zeros, and all digits of a whole number, which may be a key.
    static func shortest(_ value: Double, _ raw: String?) -> String {
        if let raw, raw.utf8.count <= 15, !raw.lowercased().contains("e") { return raw }
        guard value.isFinite else { return raw ?? "" }
        if let raw, raw.utf8.count <= 40, raw.utf8.drop(while: { $0 == 0x2D }).allSatisfy({ 0x30...0x39 ~= $0 }) {
            return raw
        }
        if value == value.rounded(), abs(value) < 0x1p53 { return String(Int(value)) }
        return formatted("%.15g", value)
    }

    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return shortest(value, nil) }
        return formatted("%.\(min(decimals, 15))f", value)
    }

    private static func formatted(_ format: String, _ value: Double) -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
