import Bytes

/// Small numbers in words of English and German, counting and in order.
enum Numerals {
    private static let names: [[String]] = [
        ["one", "first", "eins", "erste", "ersten", "erster", "erstes"], ["two", "second", "zwei", "zweite", "zweiten"],
        ["three", "third", "drei", "dritte", "dritten"], ["four", "fourth", "vier", "vierte", "vierten"],
        ["five", "fifth", "fünf", "fünfte", "fünften"], ["six", "sixth", "sechs", "sechste", "sechsten"],
        ["seven", "seventh", "sieben", "siebte", "siebten"], ["eight", "eighth", "acht", "achte", "achten"],
        ["nine", "ninth", "neun", "neunte", "neunten"], ["ten", "tenth", "zehn", "zehnte", "zehnten"],
        ["eleven", "eleventh", "elf", "elfte", "elften"], ["twelve", "twelfth", "zwölf", "zwölfte", "zwölften"],
    ]
    private static let values: [[UInt8]: Int] = Dictionary(
        uniqueKeysWithValues: names.enumerated().flatMap { i, names in names.map { (Array($0.utf8), i + 1) } })

    /// The number that a folded word stands for, in digits or in letters; nil for another word.
    static func value(of word: [UInt8]) -> Int? {
        values[word] ?? (word.allSatisfy(\.isDigit) ? Int(String(decoding: word, as: UTF8.self)) : nil)
    }
}
