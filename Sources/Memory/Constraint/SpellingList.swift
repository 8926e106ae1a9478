/// Terms and the token sequences that they may appear as, in flat arrays.
struct SpellingList {
    /// A spelling: the range of its tokens in `tokens`, and the number of its word.
    struct Item {
        /// The first four tokens, each plus one, the first one highest. Keys that differ order the spellings.
        var key: UInt64
        var start: Int32
        var end: Int32
        var word: Int32
    }

    private(set) var tokens: [UInt16] = []
    private(set) var items: [Item] = []
    /// Whether each word ends in a letter.
    private(set) var endsInLetter: [Bool] = []
    private var merger = PairMerger()

    /// Forgets all words.
    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        endsInLetter.removeAll(keepingCapacity: true)
    }

    /// Adds the spellings of a term: each of its forms, without and with a space before it.
    ///
    /// - Parameter number: the number of the term, which must be how many terms the list has.
    /// - Returns: the range in `tokens` of the second spelling (a space and the term), which stands for the term in the
    ///   prefix of a passage.
    @discardableResult
    mutating func append(_ term: [UInt8], number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        endsInLetter.append(Self.endsInLetter(term))
        let forms = Words.forms(of: term)
        let second = spell(forms[0], number, tokenizer)
        for form in forms.dropFirst() { spell(form, number, tokenizer) }
        return second
    }

    /// Sorts the spellings by their tokens; equal spellings by their words.
    mutating func sort() {
        items.sort { [tokens] a, b in
            if a.key != b.key { return a.key < b.key }
            var i = Int(a.start) + 4
            var j = Int(b.start) + 4
            while i < a.end, j < b.end {
                if tokens[i] != tokens[j] { return tokens[i] < tokens[j] }
                i += 1
                j += 1
            }
            let (restOfA, restOfB) = (max(Int(a.end) - i, 0), max(Int(b.end) - j, 0))
            return restOfA != restOfB ? restOfA < restOfB : a.word < b.word
        }
    }

    /// Adds a form without and with a space before it. Returns where the tokens of the second one are.
    @discardableResult
    private mutating func spell(_ form: [UInt8], _ number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        let spaced = [0x20] + form
        if !form.isEmpty { add(form.span, number, tokenizer) }
        return add(spaced.span, number, tokenizer)
    }

    @discardableResult
    private mutating func add(_ text: Span<UInt8>, _ number: Int32, _ tokenizer: borrowing Tokenizer) -> Range<Int> {
        let start = tokens.count
        tokenizer.encode(text, into: &tokens, &merger)
        var key: UInt64 = 0
        for i in start..<start + 4 { key = key << 16 | (i < tokens.count ? UInt64(tokens[i]) + 1 : 0) }
        items.append(Item(key: key, start: Int32(start), end: Int32(tokens.count), word: number))
        return start..<tokens.count
    }

    private static func endsInLetter(_ word: [UInt8]) -> Bool {
        var last = word.count - 1
        while last > 0, word[last] & 0xC0 == 0x80, word.count - last < 4 { last -= 1 }
        guard last >= 0 else { return false }
        let (wordClass, length) = Words.character(in: word.span, at: last)
        return wordClass == .letter && last + length == word.count
    }
}

/// A list of spellings that one worker uses again for each passage.
package final class SpellingScratch {
    var list = SpellingList()

    /// An empty list.
    package init() {}
}
