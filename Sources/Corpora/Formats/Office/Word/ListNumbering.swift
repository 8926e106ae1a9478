/// The numberings of the lists of a Word document, and how far each one has counted.
struct ListNumbering {
    /// A level of a numbering.
    struct Level {
        /// The name of the format, as DOCX has it.
        var format = "decimal"
        /// What stands in a label.
        var parts: [Part] = []
        var start = 1
        /// The number starts again after a level above this one. Nil stands for the level itself.
        var restart: Int?
        /// Whether the numbers of all levels are decimal in the label.
        var isLegal = false
    }

    /// A part of a label: words, or the number of a level, counted from 0.
    enum Part {
        case words(String)
        case number(Int)
    }

    /// The levels of each numbering.
    var levels: [String: [Int: Level]] = [:]
    /// The numbering of each list.
    var numberings: [String: String] = [:]
    /// The numbers with which a list starts again although it shares its numbering with an earlier list.
    var starts: [String: [Int: Int]] = [:]
    /// The levels that a list has in place of those of its numbering.
    var ownLevels: [String: [Int: Level]] = [:]
    /// Whether numbers in words are written in English.
    var isEnglish = true

    /// The counters of each numbering. Nil for a level that has not counted, or that starts again.
    private var counters: [String: [Int?]] = [:]
    /// The lists that have counted already.
    private var begun: Set<String> = []

    static let deepest = 9

    /// The label of the next paragraph of a list: "-" for a bullet, and a number otherwise. Nil without a numbering.
    mutating func label(_ list: String, level: Int) -> String? {
        guard let id = numberings[list], let common = levels[id], (0..<Self.deepest).contains(level) else { return nil }
        let levels = common.merging(ownLevels[list] ?? [:]) { $1 }
        let own = levels[level] ?? Level()
        var counter = counters[id] ?? Array(repeating: nil, count: Self.deepest)
        func start(_ level: Int) -> Int { starts[list]?[level] ?? levels[level]?.start ?? 1 }
        // A list may start again although it shares its numbering with an earlier list. Levels above its first paragraph go on.
        if begun.insert(list).inserted {
            for index in (starts[list] ?? [:]).keys where (level..<Self.deepest).contains(index) { counter[index] = nil }
        }
        for above in 0..<level where counter[above] == nil { counter[above] = start(above) }
        counter[level] = counter[level].map { $0 &+ 1 } ?? start(level)
        for below in level + 1..<Self.deepest where level < levels[below]?.restart ?? below { counter[below] = nil }
        counters[id] = counter
        if own.format == "bullet" { return "-" }
        if own.format == "none" { return "" }
        return own.parts.map { part in
            switch part {
            case .words(let words): return words
            case .number(let place):
                guard counter.indices.contains(place) else { return "" }
                let format = levels[place]?.format ?? "decimal"
                return Numerals.text(
                    counter[place] ?? start(place), own.isLegal && format != "decimalZero" ? "decimal" : format,
                    isEnglish: isEnglish)
            }
        }
        .joined()
    }
}

extension ListNumbering.Part {
    /// The parts of a text in which "%2" stands for the number of the second level.
    static func parts(_ text: String) -> [Self] {
        var parts: [Self] = []
        var words = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "%", let index = rest.first?.wholeNumberValue, (1...ListNumbering.deepest).contains(index)
            else {
                words.append(character)
                continue
            }
            rest.removeFirst()
            parts += [.words(words), .number(index - 1)]
            words = ""
        }
        return parts + [.words(words)]
    }
}

/// Numbers as lists write them.
enum Numerals {
    /// A number in one of the formats of Word. Words are English.
    static func text(_ number: Int, _ format: String, isEnglish: Bool = true) -> String {
        switch format {
        case "lowerLetter": letters(number).lowercased()
        case "upperLetter": letters(number)
        case "lowerRoman": roman(number).lowercased()
        case "upperRoman": roman(number)
        case "decimalZero": number < 10 ? "0\(number)" : "\(number)"
        case "ordinal" where isEnglish: "\(number)" + suffix(number)
        case "cardinalText" where isEnglish: capital(cardinal(number))
        case "ordinalText" where isEnglish: capital(ordinal(number))
        default: "\(number)"
        }
    }

    private static func letters(_ number: Int) -> String {
        guard number > 0, number <= 26 * 30 else { return "\(number)" }
        let letter = Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26)))
        return String(repeating: letter, count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4000 else { return "\(number)" }
        var rest = number
        var text = ""
        for (value, digits) in [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
            (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ] {
            while rest >= value {
                text += digits
                rest -= value
            }
        }
        return text
    }

    private static func suffix(_ number: Int) -> String {
        let isTeen = (11...13).contains(number % 100)
        return isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
    }

    private static func capital(_ words: String) -> String { words.prefix(1).uppercased() + words.dropFirst() }

    private static let ones = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

    /// A number below a thousand in words.
    private static func cardinal(_ number: Int) -> String {
        switch number {
        case 0..<20: ones[number]
        case 20..<100: tens[number / 10] + (number % 10 == 0 ? "" : "-" + ones[number % 10])
        case 100..<1000:
            ones[number / 100] + " hundred" + (number % 100 == 0 ? "" : " " + cardinal(number % 100))
        default: "\(number)"
        }
    }

    private static let irregular = [
        "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
        "twelve": "twelfth",
    ]

    private static func ordinal(_ number: Int) -> String {
        guard (0..<1000).contains(number) else { return "\(number)" + suffix(number) }
        let words = cardinal(number)
        let start = words.lastIndex { $0 == "-" || $0 == " " }.map { words.index(after: $0) } ?? words.startIndex
        let last = String(words[start...])
        let ending = irregular[last] ?? (last.hasSuffix("y") ? last.dropLast() + "ieth" : last + "th")
        return words[..<start] + ending
    }
}
