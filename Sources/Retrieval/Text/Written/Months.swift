/// Dates in English and German text.
enum Months {
    private static let names: [[String]] = [
        ["january", "jan", "januar", "jänner"], ["february", "feb", "februar"], ["march", "mar", "märz"], ["april", "apr"],
        ["may", "mai"], ["june", "jun", "juni"], ["july", "jul", "juli"], ["august", "aug"], ["september", "sep", "sept"],
        ["october", "oct", "oktober", "okt"], ["november", "nov"], ["december", "dec", "dezember", "dez"],
    ]
    private static let numbers: [String: Int] = Dictionary(
        names.enumerated().flatMap { month, names in names.map { ($0, month + 1) } }, uniquingKeysWith: { first, _ in first }
    )

    /// The names of a month, 1 to 12, in small letters.
    static func names(of month: Int) -> [String] { names[month - 1] }

    /// 1 to 12.
    static func number(of word: some StringProtocol) -> Int? { numbers[word.lowercased()] }

    /// Whether a folded word names a month.
    static func isMonth(_ word: [UInt8]) -> Bool { number(of: String(decoding: word, as: UTF8.self)) != nil }

    /// The first date of a text in lower case: its year · 10 000 + month · 100 + day, and its letters.
    ///
    /// No pattern takes a run of any length: somebody may paste 100,000 letters.
    static func date(in text: some StringProtocol) -> (order: Double, written: String)? {
        let text = String(text)
        if let match = text.firstMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/) {
            return order(match.1, Int(match.2), match.3).map { ($0, String(match.0)) }
        }
        if let match = text.firstMatch(of: /([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})/) {
            return order(match.3, Int(match.2), match.1).map { ($0, String(match.0)) }
        }
        if let match = text.firstMatch(
            of: /([0-9]{1,2})(?:\.|st|nd|rd|th)? {1,9}(?:of {1,9})?([a-zä]{3,9})\.? {1,9}([0-9]{4})/),
            let month = number(of: match.2)
        {
            return order(match.3, month, match.1).map { ($0, String(match.0)) }
        }
        if let match = text.firstMatch(of: /([a-zä]{3,9})\.? {1,9}([0-9]{1,2})(?:st|nd|rd|th)?,? {1,9}([0-9]{4})/),
            let month = number(of: match.1)
        {
            return order(match.3, month, match.2).map { ($0, String(match.0)) }
        }
        if let match = text.firstMatch(of: /([a-zä]{3,9}) {1,9}([0-9]{4})/), let month = number(of: match.1) {
            return order(match.2, month, "1").map { ($0, String(match.0)) }
        }
        if let match = text.firstMatch(of: /\b(?:19|20)[0-9]{2}\b/) {
            return Double(match.0).map { ($0 * 10_000, String(match.0)) }
        }
        return nil
    }

    private static func order(_ year: some StringProtocol, _ month: Int?, _ day: some StringProtocol) -> Double? {
        guard let year = Int(year), let month, let day = Int(day), (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        return Double(year * 10_000 + month * 100 + day)
    }
}
