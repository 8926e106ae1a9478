/// The numbers of the paragraphs of a box of a slide (ECMA-376, part 1, 20.1.10.61).
struct SlideNumbers {
    private struct Counter {
        let kind: String
        let start: Int
        var next: Int
    }

    /// The counters of the levels. A paragraph without a number ends those of its level and below.
    private var counters: [Int: Counter] = [:]

    /// The label of the next paragraph: its number, or "-".
    mutating func label(_ numbering: XMLElement?, level: Int) -> String {
        let kind = numbering.map { $0["type"] ?? "arabicPeriod" }
        return label(kind: kind, start: numbering?["startAt"].flatMap { Int($0) } ?? 1, level: level)
    }

    /// The label of the next paragraph: its number of a kind, such as "romanLcParenR", or "-".
    mutating func label(kind: String?, start: Int, level: Int) -> String {
        counters = counters.filter { $0.key <= level }
        guard let kind else {
            counters[level] = nil
            return "-"
        }
        var counter =
            counters[level].flatMap { $0.kind == kind && $0.start == start ? $0 : nil }
            ?? Counter(kind: kind, start: start, next: start)
        defer { counters[level] = counter }
        counter.next &+= 1
        return Self.label(counter.next &- 1, kind)
    }

    private static func label(_ number: Int, _ kind: String) -> String {
        let format =
            [("alphaLc", "lowerLetter"), ("alphaUc", "upperLetter"), ("romanLc", "lowerRoman"), ("romanUc", "upperRoman")]
            .first { kind.hasPrefix($0.0) }?.1 ?? "decimal"
        let text = Numerals.text(number, format)
        if kind.hasSuffix("ParenBoth") { return "(\(text))" }
        if kind.hasSuffix("ParenR") { return text + ")" }
        return kind.hasSuffix("Period") ? text + "." : text
    }
}
