import Memory

/// Tells German questions from English ones by their function words, and where they have none by their form.
enum QuestionLanguage {
    static func isGerman(_ row: WordRow) -> Bool {
        guard let first = row.words.first else { return false }
        if AnswerWords.germanStarts.contains(first) { return true }
        let german = row.words.count(where: AnswerWords.german.contains)
        let english = row.words.count(where: AnswerWords.english.contains)
        if german >= 2, german > english { return true }
        guard english == 0 else { return false }
        return row.words.contains { isClear($0) } || asksByWas(row) || hasEnding(first, ["iert"])
    }

    /// Whether a German question begins with its verb, as "Zahlt die Kasse …?" does, and so asks for yes or no.
    static func beginsWithVerb(_ row: WordRow) -> Bool {
        guard row.words.count > 2, let first = row.words.first, !AnswerWords.germanStarts.contains(first),
            row.text.contains(UInt8(ascii: "?"))
        else { return false }
        let isPlural = hasEnding(first, ["en"]) && AnswerWords.afterGermanVerbs.contains(row.words[1])
        return isPlural
            || hasEnding(first, ["t"])
                && (startsWithCapital(row, 1) || AnswerWords.afterGermanVerbs.contains(row.words[1]))
    }

    /// Whether a word belongs to German alone, where no word of English stands beside it.
    private static func isClear(_ word: [UInt8]) -> Bool {
        AnswerWords.german.contains(word) || AnswerWords.clearlyGerman.contains(word)
            || String(decoding: word, as: UTF8.self).contains { "äöüß".contains($0) }
    }

    /// "Was kostet …": after "was" a verb in small letters, and then a noun, a name or nothing.
    private static func asksByWas(_ row: WordRow) -> Bool {
        guard row.words.count > 1, row.words[0].elementsEqual("was".utf8), !startsWithCapital(row, 1) else { return false }
        return hasEnding(row.words[1], ["t", "te", "en"]) && (row.words.count == 2 || startsWithCapital(row, 2))
    }

    private static func hasEnding(_ word: [UInt8], _ endings: [String]) -> Bool {
        word.count > 3 && endings.contains { word.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    private static func startsWithCapital(_ row: WordRow, _ i: Int) -> Bool {
        String(decoding: row.text[row.places[i]], as: UTF8.self).first?.isUppercase == true
    }
}
