import Memory

/// A question as the index is asked it.
package struct Query: Sendable {
    /// Distinct folded words in order of appearance, function words left out.
    package let words: [[UInt8]]
    /// Their stems, and neighbours among all words of the question (stems), for proximity.
    let stems: [[UInt8]], pairs: [([UInt8], [UInt8])]
    let tokens: [UInt16]
    /// All distinct terms, function words too.
    let terms: [[UInt8]]
    /// The stem of the word after "how many" and its like.
    let counted: [UInt8]?

    package init(_ text: String, model: LoadedModel) {
        let bytes = Array(text.utf8)
        var words: [[UInt8]] = [], seen: Set<[UInt8]> = [], previous: [UInt8]?
        var pairs: [([UInt8], [UInt8])] = []
        for range in Words.forms(in: bytes.span) {
            let word = Words.fold(Array(bytes[range]))
            if model.vocabulary.isFunctionWord(word) || QuestionWords.all.contains(word) {
                previous = nil
                continue
            }
            let stem = Stem.of(word)
            if let previous { pairs.append((previous, stem)) }
            previous = stem
            if seen.insert(word).inserted { words.append(word) }
        }
        self.words = words
        stems = words.map(Stem.of)
        self.pairs = pairs
        tokens = model.vocabulary.tokenizer.encode(bytes)
        terms = Words.terms(in: bytes.span)
        let all = Words.forms(in: bytes.span).map { Words.fold(Array(bytes[$0])) }
        counted = all.indices.dropFirst().first { ["many", "viele", "percentage"].contains(String(decoding: all[$0 - 1], as: UTF8.self)) }.map {
            Stem.of(all[$0])
        }
    }
}

/// Words that make a sentence a question and are evidence of nothing, English and German, beyond the model's function words.
enum QuestionWords {
    /// Numbers in words, English and German.
    static let numbers = Set(
        """
        one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand zwei drei vier fünf sechs sieben \
        acht neun zehn elf zwölf fünfzehn zwanzig dreißig fünfzig hundert tausend
        """.split(separator: " ").map { Array($0.utf8) })
    static let all = Set(
        """
        how what when where which who whom whose why does did doing done is are was were am many much long often far old can could shall should will would \
        must may might have has had i we you our your my me us do if there their they it its in on at of to for from with by about into and or not \
        wie was wann wo welche welcher welches welchen wer wem wen wessen warum wieso wohin woher viele viel lange oft weit alt kann können darf dürfen \
        muss müssen soll sollen wird werden wurde wurden ist sind war waren hat haben hatte man ich wir sie er es mein unser der die das den dem des ein eine \
        einen einem einer eines und oder nicht im in am an auf aus bei mit nach von vom zu zum zur für über unter bis gilt gibt
        """.split(separator: " ").map { Array($0.utf8) })
}

/// A light suffix stripper for English and German, for comparing words of reconstructed text; the index itself holds whole words.
enum Stem {
    private static let suffixes: [[UInt8]] = [
        "ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "es", "ed", "ly", "en", "er", "s", "e", "y",
    ].map { Array($0.utf8) }

    static func of(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 4 else { return word.count > 3 && word.last == UInt8(ascii: "s") ? Array(word.dropLast()) : word }
        for suffix in suffixes where word.count - suffix.count >= 4 && word.suffix(suffix.count).elementsEqual(suffix) {
            return Array(word.dropLast(suffix.count))
        }
        return word
    }
}
