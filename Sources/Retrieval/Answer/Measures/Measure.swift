import Bytes
import Memory

/// What can be measured, by the words that ask for it and the units that tell it.
enum Measure: Sendable {
    case length
    case weight
    case warmth
    case area
    case time

    /// What a word of a question may ask for, as "deep" and "depth" do.
    static func asked(by word: [UInt8]) -> Set<Measure> { askers[word] ?? [] }

    /// The measures that a text tells: a number with the unit after it. The sign ° counts as a unit of warmth.
    static func told(in row: WordRow) -> Set<Measure> {
        Set(row.quantities.compactMap { of($0, in: row) })
    }

    /// The measure of a number, by its sign and the unit after it; nil where they tell none.
    static func of(_ number: Quantity, in row: WordRow) -> Measure? {
        if row.text[number.range].firstRange(of: Array("°".utf8)) != nil { return .warmth }
        guard let unit = number.unit, let measure = units[row.words[unit]] else { return nil }
        // The hour of "km/h" makes a speed of a length.
        let end = row.places[unit].upperBound
        return end < row.text.count && row.text[end] == UInt8(ascii: "/") ? nil : measure
    }

    /// The direction that an adjective measures in; nil for another word.
    static func direction(of word: [UInt8]) -> Int? { directions[word] }

    private static let directions: [[UInt8]: Int] = table([
        ("long lang", 0), ("wide broad breit", 1), ("high tall hoch", 2), ("deep tief", 3), ("thick dick", 4), ("groß", 5),
    ])

    /// Whether a word is a unit of anything measured.
    static func isUnit(_ word: [UInt8]) -> Bool { units[word] != nil }

    /// Whether a word is a unit of some measures; "day" and the like are names of columns that measure nothing.
    static func isUnit(_ word: [UInt8], of measures: Set<Measure>) -> Bool {
        units[word].map(measures.contains) == true && !calendar.contains(word)
    }

    private static let calendar = Set(
        ["day", "week", "month", "year", "tag", "woche", "monat", "jahr"].map { Array($0.utf8) })

    /// "high" and "hoch" are no such words: fees are high, too.
    private static let askers: [[UInt8]: Set<Measure>] = table([
        (
            "deep depth height tall wide width broad breadth thick thickness far distance tief tiefe breit breite weit dick",
            [.length]
        ),
        ("long length lang lange länge", [.length, .time]), ("heavy weight schwer gewicht", [.weight]),
        ("warm hot cold cool temperature heiß kalt temperatur", [.warmth]), ("old age alt alter duration dauer", [.time]),
    ])
    private static let units: [[UInt8]: Measure] = table([
        (
            """
            m metre metres meter meters metern cm mm km kilometre kilometres kilometer kilometers kilometern centimetre centimetres \
            centimeter centimeters zentimeter millimetre millimetres millimeter millimeters feet foot ft inch inches mile miles yard \
            yards meilen
            """, .length
        ),
        (
            "kg g gram grams gramm kilogram kilograms kilogramm kilo kilos tonne tonnes tonnen ton tons lb lbs stone",
            .weight
        ),
        ("degree degrees grad celsius fahrenheit", .warmth),
        ("sqm qm quadratmeter ha hectare hectares hektar acre acres", .area),
        (AnswerWords.durations.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "), .time),
    ])

    private static func table<Value>(_ rows: [(words: String, value: Value)]) -> [[UInt8]: Value] {
        Dictionary(
            rows.flatMap { row in row.words.split(separator: " ").map { (Array($0.utf8), row.value) } },
            uniquingKeysWith: { first, _ in first })
    }
}
