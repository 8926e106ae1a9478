import Retrieval
import Testing

struct QuotationCheckTests {
    /// A source with this text, at byte 100 of its document.
    private static func source(_ text: String, rank: Int) -> SearchResult {
        SearchResult(
            rank: rank, score: 1, citation: Citation(path: "\(rank).txt", start: 100, end: 100 + text.utf8.count),
            passage: 0, text: text,
            matched: [], explanation: ScoreExplanation())
    }

    private func sentences(_ answer: String, _ texts: String...) -> [GeneratedAnswer.Sentence] {
        QuotationCheck(sources: texts.enumerated().map { QuotationCheckTests.source($1, rank: $0 + 1) }).sentences(
            of: answer)
    }

    @Test(arguments: [
        "\"thirty days\"", "“thirty days”", "„thirty days“", "„thirty days”", "«thirty days»", "“thirty\ndays,”",
        "\"within … thirty days.\"",
        "“batteries' warranty”",
    ])
    func quotationsAreFound(quotation: String) throws {
        let found = sentences(
            "It says \(quotation) [1].", "Send it back within the next thirty\n  days. The batteries’ warranty is separate.")
        #expect(found.map(\.isSupported) == [true])
        #expect(found[0].quotations.count == 1 && found[0].sources == [1])
    }

    @Test(arguments: ["\"thirty day\"", "“forty days”", "„days thirty“", "«Thirty Days»", "\"thirty days … within\""])
    func whatIsNotWordForWordIsNotFound(quotation: String) throws {
        let found = sentences("It says \(quotation) [1].", "Send it back within the next thirty days.")
        #expect(found.map(\.isSupported) == [false] && found[0].quotations.map(\.citation) == [nil])
    }

    @Test func aQuotationIsLocatedByByte() throws {
        let found = sentences("So: „größer  als zwölf“ [2].", "nothing here", "Ein Rahmen, größer\tals zwölf Zoll.")
        let citation = try #require(found.first?.quotations.first?.citation)
        #expect(citation.path == "2.txt" && citation.start == 112 && citation.end == 112 + "größer als zwölf".utf8.count)
    }

    @Test func marksAfterAStopBelongToTheSentenceBefore() throws {
        let found = sentences(
            "Bikes come back in May. [1] Trikes in June.[2] [1][2] says more. Also [1, 3-4].", "a", "b", "c", "d")
        #expect(found.map(\.sources) == [[1], [2], [1, 2], [1, 3, 4]], "\(found.map(\.text))")
    }

    @Test func aQuotationIsNotCutAtAStopInIt() throws {
        let found = sentences(
            "It reads “Lock the door. Take the key.” [1] Then leave.",
            "Lock the door. Take the key. Then leave the building.")
        #expect(
            found.count == 2 && found[0].quotations.map(\.text) == ["Lock the door. Take the key."]
                && found.allSatisfy(\.isSupported),
            "\(found.map(\.text))")
    }

    @Test func sentencesWithoutCitationNeedTheWordsOfOneSource() throws {
        let text = "Every mechanic calibrates torque wrenches twice a year."
        #expect(sentences("Mechanics calibrate their wrenches.", text, "Unrelated.").map(\.isSupported) == [true])
        #expect(
            sentences("Penguins calibrate antarctic submarines quietly.", text, "Unrelated.").map(\.isSupported) == [false])
        #expect(sentences("Nothing at all", "").count == 1 && sentences("", "a").isEmpty)
    }
}
