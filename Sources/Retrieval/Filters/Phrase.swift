import Memory

/// Words that must follow one another, whatever their accents are.
struct Phrase {
    /// Plain forms.
    fileprivate let words: [[UInt8]]
    /// The plain text where a script without spaces is in it: there the phrase can begin and end inside a run of letters.
    fileprivate let stretch: [UInt8]?

    init(_ quoted: QuotedWords) {
        var plain = PlainForms()
        words = quoted.words.map { plain.plain($0) }
        stretch = quoted.words.contains { Script(of: $0) == .unspaced } ? Array(words.joined()) : nil
    }
}

/// The words of a text in order, in plain forms.
struct PhraseText {
    private let words: [[UInt8]]

    init(_ text: [UInt8]) {
        var forms = PlainForms()
        words = QuotedWords.words(of: UsualForms.of(text) ?? text).map { forms.plain(Words.fold($0)) }
    }

    /// Whether a phrase stands in the text.
    func holds(_ phrase: Phrase) -> Bool {
        if let stretch = phrase.stretch { return Array(words.joined()).contains(stretch) }
        let row = phrase.words
        guard !row.isEmpty, row.count <= words.count else { return false }
        return (0...words.count - row.count).contains { words[$0..<$0 + row.count].elementsEqual(row) }
    }

    /// Whether a phrase begins at the end of the text and ends at the start of the next one.
    func begins(_ phrase: Phrase, thatEndsIn next: PhraseText) -> Bool {
        phrase.cuts.contains { endsWith(phrase, upTo: $0) && next.startsWith(phrase, from: $0) }
    }

    /// Whether the text ends with the start of a phrase, or starts with the end of one.
    func mayShare(_ phrase: Phrase) -> (withNext: Bool, withPrevious: Bool) {
        (phrase.cuts.contains { endsWith(phrase, upTo: $0) }, phrase.cuts.contains { startsWith(phrase, from: $0) })
    }

    private func endsWith(_ phrase: Phrase, upTo cut: Int) -> Bool {
        guard let stretch = phrase.stretch else { return words.suffix(cut).elementsEqual(phrase.words[..<cut]) }
        return Array(words.suffix(cut).joined()).suffix(cut).elementsEqual(stretch[..<cut])
    }

    private func startsWith(_ phrase: Phrase, from cut: Int) -> Bool {
        guard let stretch = phrase.stretch else { return words.starts(with: phrase.words[cut...]) }
        let rest = stretch[cut...]
        return Array(words.prefix(rest.count).joined()).starts(with: rest)
    }
}

extension Phrase {
    /// The places at which two passages can cut the phrase: before a word, or before a byte of a stretch.
    fileprivate var cuts: Range<Int> { 1..<max(1, stretch?.count ?? words.count) }
}
