import Memory

/// Tells German questions from others by their function words, and where they have few by their form.
enum QuestionLanguage {
    static func isGerman(_ row: WordRow) -> Bool {
        guard let first = row.words.first, !isDutch(row) else { return false }
        if AnswerWords.germanStarts.contains(first) { return true }
        let german = row.words.count(where: AnswerWords.german.contains)
        let english = row.words.count(where: AnswerWords.english.contains)
        if german >= 2, german > english { return true }
        guard english == 0, isQuestion(row) else { return false }
        return standsBeforeNoun(row) || asksByWas(row) || hasEnding(first, ["iert"])
    }

    /// Whether a question has more words that only Dutch has than words that only German has. "Van" is a part of names and a car, too.
    static func isDutch(_ row: WordRow) -> Bool {
        let words = row.words.dropFirst()
        return words.count(where: ForeignWords.dutch.contains) > words.count(where: ForeignWords.german.contains)
    }

    /// Whether a question is French, Spanish or Dutch: by its first words ("Wat", "A quelle"), or by two function words and none of English.
    static func isForeign(_ row: WordRow) -> Bool {
        guard !isGerman(row) else { return false }
        if row.words.prefix(2).contains(where: ForeignWords.starts.contains) { return true }
        return row.words.count(where: ForeignWords.all.contains) > 1
            && !row.words.contains(where: AnswerWords.english.contains)
    }

    /// Whether a German question begins with its verb, as "Zahlt die Kasse …?" does, and so asks for yes or no.
    static func beginsWithVerb(_ row: WordRow) -> Bool {
        guard row.words.count > 2, isQuestion(row), let first = row.words.first, !AnswerWords.noGermanVerbs.contains(first),
            !row.words.contains(where: AnswerWords.germanStarts.contains),
            !AnswerWords.germanNounEndings.contains(where: { first.suffix($0.count).elementsEqual($0) })
        else { return false }
        // "Kosten der Ausleihe?" is no verb with its subject, and "Anschrift der Kasse?" neither.
        let isGenitive = row.words[1].elementsEqual("der".utf8)
        let isFollowed = AnswerWords.afterGermanVerbs.contains(row.words[1])
        if hasEnding(first, ["en"]) { return isFollowed && !isGenitive }
        return hasEnding(first, ["t"]) && (row.isCapitalised(1) || isFollowed && (!isGenitive || row.words.count > 3))
    }

    private static func isQuestion(_ row: WordRow) -> Bool { row.text.contains(UInt8(ascii: "?")) }

    /// "Zahlt die Kasse …?": a word of German before a capital letter.
    private static func standsBeforeNoun(_ row: WordRow) -> Bool {
        row.words.indices.dropLast().contains { AnswerWords.german.contains(row.words[$0]) && row.isCapitalised($0 + 1) }
    }

    /// "Was kostet …": after "was" a verb in small letters, and then a noun, a name or nothing.
    private static func asksByWas(_ row: WordRow) -> Bool {
        guard row.words.count > 1, row.words[0].elementsEqual("was".utf8), !row.isCapitalised(1) else { return false }
        if AnswerWords.afterWas.contains(row.words[1]) { return true }
        return hasEnding(row.words[1], ["t", "te", "en"])
            && (row.words.count == 2 || row.isCapitalised(2) || AnswerWords.afterGermanVerbs.contains(row.words[2]))
    }

    private static func hasEnding(_ word: [UInt8], _ endings: [String]) -> Bool {
        word.count > 3 && endings.contains { word.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}
