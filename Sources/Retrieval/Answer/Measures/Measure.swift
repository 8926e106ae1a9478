import Bytes
import Memory

/// What can be measured, by the words that ask for it and the units that tell it.
enum Measure: Sendable {
    case length
    case weight
    case warmth
    case area
    case speed
    case sound
    case time

    /// The direction that a length is measured in.
    enum Direction { case length, width, height, depth, thickness, size }

    /// What a word of a question may ask for, as "deep" and "depth" do.
    static func asked(by word: [UInt8]) -> Set<Measure> { askers[word] ?? [] }

    /// The measure of a number, by its sign and the unit after it; nil where they tell none.
    static func of(_ number: Quantity, in row: WordRow) -> Measure? {
        if row.text[number.range].firstRange(of: Array("°".utf8)) != nil { return .warmth }
        guard let unit = number.unit, let measure = units[row.words[unit]] else { return nil }
        // "km/h" and "metres per second" are no lengths, and "euros/m" is neither.
        let end = row.places[unit].upperBound
        let isOfTime = unit + 1 < row.words.count && row.isBesideNext(unit) && row.words[unit + 1].elementsEqual("per".utf8)
        guard end < row.text.count && row.text[end] == UInt8(ascii: "/") || isOfTime else { return measure }
        let time = unit + (isOfTime ? 2 : 1)
        return measure == .length && time < row.words.count && hours.contains(row.words[time]) ? .speed : nil
    }

    /// The direction that an adjective measures in; nil for another word.
    static func direction(of word: [UInt8]) -> Direction? { directions[word] }

    private static let directions: [[UInt8]: Direction] = table([
        ("long lang length länge largo longitud longueur lengte", .length),
        ("wide broad breit width breadth breite anchura largeur breedte", .width),
        ("high tall hoch height höhe altura hauteur hoogte", .height), ("deep tief depth tiefe", .depth),
        ("thick dick thickness dicke", .thickness), ("groß", .size),
    ])
    /// What a length is divided by in a speed.
    private static let hours = Set.words("h s hour second stunde sekunde")

    /// What a unit measures; nil for another word.
    static func unit(_ word: [UInt8]) -> Measure? { units[word] }

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
            """
            deep depth height tall wide width broad breadth thick thickness far distance tief tiefe breit breite weit dick altura hauteur hoogte \
            anchura largeur breedte profundidad profondeur diepte
            """,
            [.length]
        ),
        ("long length lang lange länge largo longitud longueur lengte", [.length, .time]),
        ("heavy weight weigh weighs schwer gewicht wiegt wiegen peso poids", [.weight]),
        ("fast speed schnell geschwindigkeit höchstgeschwindigkeit", [.speed]), ("loud noise laut lautstärke", [.sound]),
        ("warm hot cold cool temperature heiß kalt temperatur temperatura température temperatuur", [.warmth]),
        ("old age alt alter duration dauer", [.time]),
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
        ("kmh kph mph knot knots knoten", .speed), ("db decibel decibels dezibel", .sound),
        ("degree degrees grad grados degrés graden celsius fahrenheit", .warmth),
        ("sqm qm quadratmeter ha hectare hectares hektar acre acres", .area),
        (AnswerWords.durations.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "), .time),
    ])

    private static func table<Value>(_ rows: [(words: String, value: Value)]) -> [[UInt8]: Value] {
        Dictionary(
            rows.flatMap { row in row.words.split(separator: " ").map { (Array($0.utf8), row.value) } },
            uniquingKeysWith: { first, _ in first })
    }
}
