import Bytes
import Memory

/// What a question compares the rows of a table by: the lowest price in "Which pump is the cheapest?".
struct Superlative: Equatable {
    /// The end of the scale that is asked for.
    enum End { case least, greatest }

    /// What is compared.
    enum Quality: Equatable {
        case money
        case measure(Measure, Measure.Direction?)
        case size
        /// The greatest age is the earliest year.
        case age
        /// Whatever a column with this stem in its head tells: "the most rooms", "the lowest flow".
        case named([UInt8])
    }

    let end: End
    let quality: Quality
    /// The words of the question that say it, of these the adjective or "most".
    let words: Set<[UInt8]>
    let word: [UInt8]
    /// Whether it compares two things that the question names: "Which is cheaper, A or B?".
    let isOfTwo: Bool

    /// nil for a question that compares nothing, or in more than one way.
    init?(_ row: WordRow, isGerman: Bool) {
        let words = row.words
        let isChoice = words.contains { Superlative.choices.contains($0) }
        var found: [Superlative] = []
        var i = 0
        while i < words.count {
            let next = i + 1 < words.count ? words[i + 1] : nil
            if let (end, isOfTwo) = Superlative.degrees[words[i]], !isOfTwo || isChoice, let next,
                let quality = Superlative.quality(of: next)
            {
                found.append(
                    Superlative(end: end, quality: quality, words: [words[i], next], word: words[i], isOfTwo: isOfTwo))
                i += 2
                continue
            }
            // "Who earns the most?"
            if next == nil, let (end, isOfTwo) = Superlative.degrees[words[i]], !isOfTwo,
                words.contains(where: { AnswerWords.cost.contains($0) || Superlative.pays.contains($0) })
            {
                found.append(Superlative(end: end, quality: .money, words: [words[i]], word: words[i], isOfTwo: false))
            }
            if let (end, quality) = Superlative.forms[words[i]] ?? Superlative.german(words[i], isGerman: isGerman) {
                // "The highest flow" compares flows, "the highest tower" towers by their height.
                let noun = Superlative.ends.contains(words[i]) ? next.flatMap(Superlative.content) : nil
                found.append(
                    Superlative(
                        end: end, quality: noun.map { .named(Stem.of($0)) } ?? quality,
                        words: Set([words[i]] + (noun.map { [$0] } ?? [])), word: words[i], isOfTwo: false))
            } else if isChoice, let (end, quality) = Superlative.comparatives[words[i]] {
                found.append(Superlative(end: end, quality: quality, words: [words[i]], word: words[i], isOfTwo: true))
            }
            i += 1
        }
        guard found.count == 1 else { return nil }
        self = found[0]
    }

    private init(end: End, quality: Quality, words: Set<[UInt8]>, word: [UInt8], isOfTwo: Bool) {
        self.end = end
        self.quality = quality
        self.words = words
        self.word = word
        self.isOfTwo = isOfTwo
    }

    /// The other reading of "the highest tower": by what the adjective measures, where no column has the noun.
    var byMeasure: Superlative? {
        guard case .named = quality, let word = words.first(where: Superlative.ends.contains),
            let (end, quality) = Superlative.forms[word] ?? Superlative.german(word, isGerman: true)
        else { return nil }
        return Superlative(end: end, quality: quality, words: [word], word: word, isOfTwo: isOfTwo)
    }

    private static func quality(of word: [UInt8]) -> Quality? {
        if word.elementsEqual("expensive".utf8) { return .money }
        return noun(word).map { .named(Stem.of($0)) }
    }

    /// The word itself where it holds content: "salary" has the form of an adjective.
    private static func content(_ word: [UInt8]) -> [UInt8]? {
        let isPlain =
            AnswerWords.isCommon(word) || AnswerWords.closed.contains(word) || AnswerWords.auxiliaries.contains(word)
        return isPlain ? nil : word
    }

    private static func noun(_ word: [UInt8]) -> [UInt8]? {
        AskedQuestion.isNoun(word) && !AnswerWords.closed.contains(word) && !AnswerWords.auxiliaries.contains(word)
            ? word : nil
    }

    /// A German superlative with its ending: "billigste", "teuersten".
    private static func german(_ word: [UInt8], isGerman: Bool) -> (End, Quality)? {
        guard isGerman else { return nil }
        for ending in ["e", "en", "er", "es", "em"]
        where word.count > ending.utf8.count + 4 && word.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
            if let found = germanForms[Array(word.dropLast(ending.utf8.count))] { return found }
        }
        return nil
    }

    // MARK: Words

    private static let pays = set("pay pays paid earn earned zahlt bezahlt verdient")
    private static let choices = set("or oder than als")

    /// Words before a noun or "expensive", and whether they compare two.
    private static let degrees: [[UInt8]: (End, Bool)] = Dictionary(
        uniqueKeysWithValues: [
            ("most", End.greatest, false), ("fewest", .least, false), ("least", .least, false), ("more", .greatest, true),
            ("fewer", .least, true), ("less", .least, true), ("meisten", .greatest, false), ("wenigsten", .least, false),
            ("mehr", .greatest, true), ("weniger", .least, true),
        ].map { (Array($0.0.utf8), ($0.1, $0.2)) })

    /// Adjectives that name one end of whatever scale the noun behind them names.
    private static let ends: Set<[UInt8]> = set(
        """
        highest lowest largest greatest smallest biggest longest shortest höchste höchsten niedrigste niedrigsten größte größten kleinste \
        kleinsten geringste geringsten längste längsten kürzeste kürzesten
        """)

    private static let forms = table([
        ("cheapest", .least, .money), ("dearest priciest costliest", .greatest, .money),
        ("heaviest", .greatest, .measure(.weight, nil)), ("lightest", .least, .measure(.weight, nil)),
        ("longest", .greatest, .measure(.length, .length)), ("shortest", .least, .measure(.length, .length)),
        ("tallest highest", .greatest, .measure(.length, .height)), ("lowest", .least, .measure(.length, .height)),
        ("deepest", .greatest, .measure(.length, .depth)), ("shallowest", .least, .measure(.length, .depth)),
        ("widest broadest", .greatest, .measure(.length, .width)), ("narrowest", .least, .measure(.length, .width)),
        ("thickest", .greatest, .measure(.length, .thickness)), ("thinnest", .least, .measure(.length, .thickness)),
        ("fastest quickest", .greatest, .measure(.speed, nil)), ("slowest", .least, .measure(.speed, nil)),
        ("warmest hottest", .greatest, .measure(.warmth, nil)), ("coldest coolest", .least, .measure(.warmth, nil)),
        ("loudest", .greatest, .measure(.sound, nil)), ("quietest", .least, .measure(.sound, nil)),
        ("oldest", .greatest, .age), ("youngest newest", .least, .age),
        ("largest biggest greatest", .greatest, .size), ("smallest", .least, .size),
    ])
    private static let comparatives = table([
        ("cheaper billiger günstiger preiswerter", .least, .money), ("dearer pricier costlier teurer", .greatest, .money),
        ("heavier schwerer", .greatest, .measure(.weight, nil)), ("lighter leichter", .least, .measure(.weight, nil)),
        ("longer länger", .greatest, .measure(.length, .length)), ("shorter kürzer", .least, .measure(.length, .length)),
        ("taller higher höher", .greatest, .measure(.length, .height)),
        ("lower niedriger", .least, .measure(.length, .height)),
        ("deeper tiefer", .greatest, .measure(.length, .depth)),
        ("wider broader breiter", .greatest, .measure(.length, .width)),
        ("narrower schmaler", .least, .measure(.length, .width)),
        ("thicker dicker", .greatest, .measure(.length, .thickness)),
        ("thinner dünner", .least, .measure(.length, .thickness)),
        ("faster quicker schneller", .greatest, .measure(.speed, nil)), ("slower langsamer", .least, .measure(.speed, nil)),
        ("warmer hotter wärmer heißer", .greatest, .measure(.warmth, nil)),
        ("colder cooler kälter", .least, .measure(.warmth, nil)),
        ("louder lauter", .greatest, .measure(.sound, nil)), ("quieter leiser", .least, .measure(.sound, nil)),
        ("older älter", .greatest, .age), ("younger newer jünger neuer", .least, .age),
        ("larger bigger greater größer", .greatest, .size), ("smaller kleiner", .least, .size),
    ])
    /// German superlatives without their endings.
    private static let germanForms = table([
        ("billigst günstigst preiswertest preisgünstigst", .least, .money), ("teuerst", .greatest, .money),
        ("schwerst", .greatest, .measure(.weight, nil)), ("leichtest", .least, .measure(.weight, nil)),
        ("längst", .greatest, .measure(.length, .length)), ("kürzest", .least, .measure(.length, .length)),
        ("höchst", .greatest, .measure(.length, .height)), ("niedrigst geringst", .least, .measure(.length, .height)),
        ("tiefst", .greatest, .measure(.length, .depth)), ("breitest", .greatest, .measure(.length, .width)),
        ("schmalst", .least, .measure(.length, .width)), ("dickst", .greatest, .measure(.length, .thickness)),
        ("dünnst", .least, .measure(.length, .thickness)),
        ("schnellst", .greatest, .measure(.speed, nil)), ("langsamst", .least, .measure(.speed, nil)),
        ("wärmst heißest", .greatest, .measure(.warmth, nil)), ("kältest kühlst", .least, .measure(.warmth, nil)),
        ("lautest", .greatest, .measure(.sound, nil)), ("leisest", .least, .measure(.sound, nil)),
        ("ältest", .greatest, .age), ("jüngst neuest neust", .least, .age),
        ("größt", .greatest, .size), ("kleinst", .least, .size),
    ])

    private static func table(_ rows: [(words: String, end: End, quality: Quality)]) -> [[UInt8]: (End, Quality)] {
        Dictionary(
            uniqueKeysWithValues: rows.flatMap { row in
                row.words.split(separator: " ").map { (Array($0.utf8), (row.end, row.quality)) }
            })
    }

    private static func set(_ words: String) -> Set<[UInt8]> { Set(words.split(separator: " ").map { Array($0.utf8) }) }
}
