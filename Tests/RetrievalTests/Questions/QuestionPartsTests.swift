import Retrieval
import TestSupport
import Testing

struct QuestionPartsTests {
    @Test(arguments: [
        ("Open Mon-Wed and on Saturdays", [0, 1, 2, 5]), ("Fr–Mo: zu", [4, 5, 6, 0]),
        ("from Monday to Friday", [0, 1, 2, 3, 4]),
        ("daily", Array(0..<7)), ("am Wochenende", [5, 6]), ("jeden Tag", Array(0..<7)), ("Do you mind? So it is.", []),
        ("He sat in the sun", []), ("donnerstags", [3]),
    ])
    func daysAreReadFromNamesAndRanges(text: String, days: [Int]) { #expect(Weekdays.days(in: WordRow(text)) == Set(days)) }

    @Test func timesAreReadFromYears() {
        #expect(YearSpans.spans(in: WordRow("mayor from 1911 to 1920, then 1931–1940")) == [1911...1920, 1931...1940])
        #expect(YearSpans.spans(in: WordRow("seit 2004")) == [2004...Int.max])
        #expect(YearSpans.spans(in: WordRow("built in 1911, sold in 1920")).isEmpty)
    }

    @Test(arguments: [
        ("the rapid hull check (RHC) takes long", "RHC", "rapid hull check"),
        ("RHC (rapid hull check)", "RHC", "rapid hull check"),
        ("The rapid hull check, RHC for short, takes long", "RHC", "rapid hull check"),
        ("RHC means rapid hull check", "RHC", "rapid hull check"),
        ("House of the Harbour Pilots (HHP)", "HHP", "House of the Harbour Pilots"),
        ("the new hull check (RHC)", "RHC", nil), ("RHC", "RHC", nil),
    ])
    func lettersStandForWordsBesideThem(text: String, letters: String, meaning: String?) {
        let text = bytes(text)
        #expect(Abbreviations.meaning(of: letters, in: text[...]).map { string(text[$0]) } == meaning)
    }

    @Test(arguments: [
        ("When was Bo Ferre hired?", ["bo", "ferre"], "hired"), ("What does Dr. Ferre teach in May?", ["ferre"], "teach"),
        ("Was studiert Oda?", ["oda"], "studiert"), ("Wann wurde Oda Lund geboren?", ["oda", "lund"], "geboren"),
    ])
    func whatIsAskedOfSomebody(question: String, subject: [String], word: String) throws {
        let predicate = try #require(AskedQuestion(question).predicate)
        #expect(predicate.subject == subject.map(bytes) && predicate.word == bytes(word))
    }

    @Test(arguments: [
        "When was the mill built?", "What is Ada's task?", "What do Elk customers get?", "Is Ada late?",
        "Was kostet das Boot?",
    ])
    func otherQuestionsSayNothingOfSomebody(question: String) { #expect(AskedQuestion(question).predicate == nil) }

    @Test(arguments: [
        ("When does bus 9 leave?", true), ("Who owns boat 12?", true), ("What was built in 9 days?", false),
        ("What happened in March 12?", false),
    ])
    func aNumberBehindANounNumbersIt(question: String, isOfNoun: Bool) {
        #expect(AskedQuestion(question).required.first { $0.kind == .number }.map { $0.numberedNoun != nil } == isOfNoun)
    }

    @Test func questionsAreReadInWordsOfTexts() {
        #expect(string(AskedQuestion("Ist am Dienstagabend offen?").row.text) == "Ist am Dienstag Abend offen?")
        #expect(string(AskedQuestion("What does RHC stand for?").row.text) == "What is RHC?")
        #expect(string(AskedQuestion("What does RHC mean?").row.text) == "What is RHC?")
        #expect(string(AskedQuestion("What does gift mean?").row.text) == "What does gift mean?")
        #expect(AskedQuestion("What does RHC stand for?").text == "What does RHC stand for?")
    }
}
