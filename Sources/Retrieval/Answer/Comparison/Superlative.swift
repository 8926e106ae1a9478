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
        /// When something was: "Who was hired last?"
        case date
        /// Since when something is: "Who has been a member the longest?"
        case since
        /// Whatever a column with this stem in its head tells: "the most rooms", "the lowest flow".
        case named([UInt8])

        /// Whether an adjective for this quality also names the end of any other scale: "the highest price", "the longest warranty".
        fileprivate var endsAnyScale: Bool {
            switch self {
            case .size, .measure(.length, .length), .measure(.length, .height): true
            case .money, .measure, .age, .date, .since, .named: false
            }
        }
    }

    let end: End
    /// What may be compared, the likeliest first.
    let qualities: [Quality]
    /// The adjective, or "most" and the like.
    let word: [UInt8]
    /// What is compared with one another: "crane" of "the cheapest crane"; nil where the adjective does not stand before it.
    var noun: [UInt8]?
    /// Whether two things that the question names are compared: "Which is cheaper, A or B?".
    var isOfTwo = false
    /// 2 for "the second cheapest"; 0 for "the two cheapest", which is no single row.
    var rank = 1
    /// "second" of "the second cheapest".
    private var ordinal: [UInt8]?

    /// nil for a question that compares nothing, or in more than one way.
    init?(_ row: WordRow, isGerman: Bool) {
        let words = row.words
        let isChoice = words.contains(where: Superlative.choices.contains) || words.starts(with: Superlative.whichOf)
        let found = words.indices.compactMap { i in
            Superlative.read(words, at: i, isChoice: isChoice, isGerman: isGerman)
        }
        guard found.count == 1 else { return nil }
        self = found[0]
    }

    init(_ end: End, _ qualities: [Quality], word: [UInt8]) {
        self.end = end
        self.qualities = qualities
        self.word = word
    }

    /// Whether a word of the question says what is compared, and nothing of the rows.
    func says(_ word: [UInt8]) -> Bool {
        word == self.word || word == ordinal || qualities.contains(.named(Stem.of(word)))
            || qualities.contains(.since) && Superlative.lasting.contains(word)
            || qualities.contains(.money) && word.elementsEqual("expensive".utf8)
    }

    /// What a comparative compares, and the end of the scale that it points to: "longer", "billiger".
    static func comparative(_ word: [UInt8]) -> (end: End, quality: Quality)? { comparatives[word] }

    // MARK: Reading

    /// What the word at a place of a question compares.
    private static func read(_ words: [[UInt8]], at i: Int, isChoice: Bool, isGerman: Bool) -> Superlative? {
        if let end = inTime(words, at: i) { return Superlative(end, [.date], word: words[i]) }
        if let romance = romance(words, at: i) { return romance }
        let (word, rank) = isGerman ? ranked(words[i]) : (words[i], 1)
        let next = i + 1 < words.count ? words[i + 1] : nil
        if let (end, isOfTwo) = degrees[word], !isOfTwo || isChoice {
            guard let quality = quality(behind: next, of: words) else { return nil }
            var found = Superlative(end, [quality], word: word)
            found.isOfTwo = isOfTwo
            return found
        }
        if let (end, quality) = forms[word] ?? german(word, isGerman: isGerman) {
            // "The highest flow" compares flows, "the highest tower" towers by their height.
            let named = quality.endsAnyScale ? next.flatMap(content).map { [Quality.named(Stem.of($0))] } ?? [] : []
            var found = Superlative(end, named + [quality], word: words[i])
            found.rank = rank > 1 || i == 0 ? rank : self.rank(words[i - 1])
            if rank == 1, found.rank > 1 { found.ordinal = words[i - 1] }
            if named.isEmpty { found.noun = next.flatMap(content) }
            if quality == .measure(.length, .length), lasts(next.flatMap(content), words) {
                return Superlative(end, [.since, quality], word: words[i])
            }
            return found
        }
        guard isChoice, let (end, quality) = comparatives[word] else { return nil }
        var found = Superlative(end, [quality], word: word)
        found.isOfTwo = true
        return found
    }

    /// "Last" at the end of a question for a person or a thing, and "zuletzt" anywhere in one.
    private static func inTime(_ words: [[UInt8]], at i: Int) -> End? {
        guard let first = words.first, askers.contains(first) else { return nil }
        if let end = germanOrders[words[i]] { return end }
        return i + 1 == words.count ? orders[words[i]] : nil
    }

    /// "Longest" with "has", "been" and the like, and no noun behind it, asks for the earliest beginning.
    private static func lasts(_ next: [UInt8]?, _ words: [[UInt8]]) -> Bool {
        (next.map(lasting.contains) ?? true) && words.contains(where: lasting.contains)
    }

    private static func rank(_ before: [UInt8]) -> Int { Numerals.isNumber(before) ? 0 : Numerals.value(of: before) ?? 1 }

    /// What "most" compares: by the noun behind it, by "expensive", or at the end by what is paid ("Who earns the most?").
    private static func quality(behind next: [UInt8]?, of words: [[UInt8]]) -> Quality? {
        guard let next else {
            let pays = words.contains { AnswerWords.isCost($0) || self.pays.contains($0) }
            return pays ? .money : nil
        }
        if next.elementsEqual("expensive".utf8) { return .money }
        return AskedQuestion.isNoun(next) ? content(next).map { .named(Stem.of($0)) } : nil
    }

    /// The word itself where it holds content.
    static func content(_ word: [UInt8]) -> [UInt8]? {
        let isPlain =
            AnswerWords.isCommon(word) || AnswerWords.closed.contains(word) || AnswerWords.auxiliaries.contains(word)
        return isPlain ? nil : word
    }

    /// "größte" and 2 of "zweitgrößte".
    private static func ranked(_ word: [UInt8]) -> (word: [UInt8], rank: Int) {
        for (i, start) in ["zweit", "dritt", "viert"].enumerated()
        where word.starts(with: start.utf8) && word.count > start.utf8.count + 4 {
            return (Array(word.dropFirst(start.utf8.count)), i + 2)
        }
        return (word, 1)
    }

    /// A German superlative with its ending: "billigste", "teuersten".
    private static func german(_ word: [UInt8], isGerman: Bool) -> (end: End, quality: Quality)? {
        guard isGerman else { return nil }
        return ["en", "er", "es", "em", "e"].lazy.compactMap { ending in
            word.suffix(ending.utf8.count).elementsEqual(ending.utf8)
                ? germanForms[Array(word.dropLast(ending.utf8.count))] : nil
        }.first
    }

    // MARK: Words

    static let pays = Set.words("pay pays paid earn earned zahlt bezahlt verdient verdienen")
    private static let askers = Set.words("who which what wer welche welcher welches")
    private static let orders = ends("last latest recently", "first earliest")
    private static let germanOrders = ends("zuletzt", "zuerst")
    private static let lasting = Set.words(
        "has have been member members working works dabei seit mitglied gehört arbeitet lleva tiempo más longtemps plus")
    private static let choices = Set.words("or oder than als")
    private static let whichOf = ["which", "of"].map { Array($0.utf8) }

    /// Words before a noun or "expensive", and whether they compare two.
    private static let degrees: [[UInt8]: (End, Bool)] = Dictionary(
        uniqueKeysWithValues: [
            ("most", End.greatest, false), ("fewest", .least, false), ("least", .least, false), ("more", .greatest, true),
            ("fewer", .least, true), ("less", .least, true), ("meisten", .greatest, false), ("wenigsten", .least, false),
            ("mehr", .greatest, true), ("weniger", .least, true),
        ].map { (Array($0.0.utf8), ($0.1, $0.2)) })

    /// English superlatives, comparatives of both languages, and German superlatives without their endings.
    private typealias Adjective = (end: End, quality: Quality, superlatives: String, comparatives: String, german: String)

    private static let adjectives: [Adjective] = [
        (
            .least, .money, "cheapest goedkoopste", "cheaper goedkoper billiger günstiger preiswerter",
            "billigst günstigst preiswertest preisgünstigst"
        ),
        (.greatest, .money, "dearest priciest costliest duurste", "duurder dearer pricier costlier teurer", "teuerst"),
        (.greatest, .measure(.weight, nil), "heaviest zwaarste", "zwaarder heavier schwerer", "schwerst"),
        (.least, .measure(.weight, nil), "lightest lichtste", "lichter lighter leichter", "leichtest"),
        (.greatest, .measure(.length, .length), "longest langste", "langer longer länger", "längst"),
        (.least, .measure(.length, .length), "shortest kortste", "korter shorter kürzer", "kürzest"),
        (.greatest, .measure(.length, .height), "tallest highest hoogste", "hoger taller higher höher", "höchst"),
        (.least, .measure(.length, .height), "lowest laagste", "lager lower niedriger", "niedrigst geringst"),
        (.greatest, .measure(.length, .depth), "deepest diepste", "dieper deeper tiefer", "tiefst"),
        (.least, .measure(.length, .depth), "shallowest", "shallower", ""),
        (.greatest, .measure(.length, .width), "widest broadest breedste", "breder wider broader breiter", "breitest"),
        (.least, .measure(.length, .width), "narrowest", "narrower schmaler", "schmalst"),
        (.greatest, .measure(.length, .thickness), "thickest", "thicker dicker", "dickst"),
        (.least, .measure(.length, .thickness), "thinnest", "thinner dünner", "dünnst"),
        (.greatest, .measure(.speed, nil), "fastest quickest snelste", "sneller faster quicker schneller", "schnellst"),
        (.least, .measure(.speed, nil), "slowest langzaamste", "langzamer slower langsamer", "langsamst"),
        (.greatest, .measure(.warmth, nil), "warmest hottest", "warmer hotter wärmer heißer", "wärmst heißest"),
        (.least, .measure(.warmth, nil), "coldest coolest", "colder cooler kälter", "kältest kühlst"),
        (.greatest, .measure(.sound, nil), "loudest", "louder lauter", "lautest"),
        (.least, .measure(.sound, nil), "quietest", "quieter leiser", "leisest"),
        (.greatest, .age, "oldest oudste", "ouder older älter", "ältest"),
        (
            .least, .age, "youngest newest jongste nieuwste", "jonger nieuwer younger newer jünger neuer",
            "jüngst neuest neust"
        ),
        (.greatest, .size, "largest biggest greatest grootste", "groter larger bigger greater größer", "größt"),
        (.least, .size, "smallest kleinste", "smaller kleiner", "kleinst"),
    ]
    private static let forms = table { $0.superlatives }
    private static let comparatives = table { $0.comparatives }
    private static let germanForms = table { $0.german }

    private static func table(_ words: (Adjective) -> String) -> [[UInt8]: (end: End, quality: Quality)] {
        Dictionary(
            uniqueKeysWithValues: adjectives.flatMap { row in
                words(row).split(separator: " ").map { (Array($0.utf8), (row.end, row.quality)) }
            })
    }

    private static func ends(_ greatest: String, _ least: String) -> [[UInt8]: End] {
        Dictionary(
            uniqueKeysWithValues: Set.words(greatest).map { ($0, End.greatest) } + Set.words(least).map { ($0, End.least) })
    }
}
