import Bytes

/// Small numbers in words of English and German, counting and in order.
enum Numerals {
    /// Counting and in order, in English and German. The German ordinals are without their endings.
    private static let names: [[String]] = [
        ["one", "first", "eins", "erst"], ["two", "second", "zwei", "zweit"], ["three", "third", "drei", "dritt"],
        ["four", "fourth", "vier", "viert"], ["five", "fifth", "fünf", "fünft"], ["six", "sixth", "sechs", "sechst"],
        ["seven", "seventh", "sieben", "siebt"], ["eight", "eighth", "acht", "acht"], ["nine", "ninth", "neun", "neunt"],
        ["ten", "tenth", "zehn", "zehnt"], ["eleven", "eleventh", "elf", "elft"], ["twelve", "twelfth", "zwölf", "zwölft"],
    ]
    private static let values: [[UInt8]: Int] = Dictionary(
        uniqueKeysWithValues: names.enumerated().flatMap { i, names in
            (names.dropLast() + ["e", "en", "er", "es", "em"].map { names[3] + $0 }).map { (Array($0.utf8), i + 1) }
        })

    /// Numbers in words that count.
    private static let cardinals: Set<[UInt8]> = Set.words(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty \
        thirty forty fifty sixty seventy eighty ninety hundred thousand \
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig \
        vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend
        """)

    /// Whether a folded word counts, in digits or in letters.
    static func isNumber(_ word: [UInt8]) -> Bool { word[0].isDigit || cardinals.contains(word) }

    /// The number that a folded word stands for, in digits or in letters; nil for another word.
    static func value(of word: [UInt8]) -> Int? {
        values[word] ?? (word.allSatisfy(\.isDigit) ? Int(String(decoding: word, as: UTF8.self)) : nil)
    }
}
