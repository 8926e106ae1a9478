import Memory

/// Words that must follow one another, whatever their accents are.
struct Phrase {
    /// Plain forms.
    fileprivate let words: [[UInt8]]
    /// The plain text where a script without spaces is in it: there the phrase can begin and end inside a run of letters.
    fileprivate let stretch: [UInt8]?

    init(_ words: [[UInt8]]) {
        var forms = PlainForms()
        self.words = words.map { forms.plain($0) }
        stretch = words.contains { Script(of: $0) == .unspaced } ? Array(self.words.joined()) : nil
    }
}

/// The words of a text in order, in plain forms.
struct PhraseText {
    private let words: [[UInt8]]

    init(_ text: [UInt8]) {
        let usual = UsualForms.of(text) ?? text
        var forms = PlainForms()
        words = Words.forms(in: usual.span).map { forms.plain(Words.fold(Array(usual[$0]))) }
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
        if let stretch = phrase.stretch {
            let end = Array(words.suffix(stretch.count).joined()).suffix(stretch.count - 1)
            let start = Array(next.words.prefix(stretch.count).joined()).prefix(stretch.count - 1)
            return Array(end + start).contains(stretch)
        }
        let row = phrase.words
        guard row.count > 1 else { return false }
        return (1..<row.count).contains { words.suffix($0).elementsEqual(row[..<$0]) && next.words.starts(with: row[$0...]) }
    }
}
