import Foundation
import Retrieval
import Testing

struct QuerySyntaxTests {
    private func words(_ phrases: [QuotedWords]) -> [String] {
        phrases.map { $0.words.map { string($0) }.joined(separator: " ") }
    }

    @Test func wordsStayAsTheyAre() throws {
        for query in [
            "north gate", "C++ and F#", "-5 °C", "a - b", "what is --json", "12\" pipe", "O'Neil", "http://x.org/a:b",
            "ratio 3:2",
            "title: of the book", "path:", "\"never closed",
        ] {
            let syntax = try QuerySyntax(query)
            #expect(syntax.text == query && syntax.filter.isEmpty, "\(query): \(syntax)")
        }
    }

    @Test(arguments: [
        ("\"gate in the North\"", "gate in the north", "gate in the North"),
        ("the “old mill” now", "old mill", "the old mill now"), ("„alte Mühle“", "alte mühle", "alte Mühle"),
        ("« vieux moulin »", "vieux moulin", " vieux moulin "), ("「北門」", "北 門", "北門"),
        ("\"invoice 12345678\"", "invoice 12345678", "invoice 12345678"),
    ])
    func wordsInQuotationMarksArePhrases(query: String, phrase: String, text: String) throws {
        let syntax = try QuerySyntax(query)
        #expect(words(syntax.filter.phrases) == [phrase] && syntax.text == text)
    }

    @Test func signsLeaveWordsOut() throws {
        let syntax = try QuerySyntax("gate -Market -\"north field\" -3 -x")
        #expect(words(syntax.filter.excluded) == ["market", "north field", "x"] && syntax.text == "gate -3")
    }

    @Test func signsOfTelephonesAndListsOfTypesAreUnderstood() throws {
        let syntax = try QuerySyntax("gate –market −path:old type:csv,md – mill –5")
        #expect(words(syntax.filter.excluded) == ["market"] && syntax.text == "gate – mill –5")
        #expect(syntax.filter.path.unwanted == ["old"] && syntax.filter.type.wanted == ["csv", "md"])
    }

    @Test func fieldsAreConditions() throws {
        let syntax = try QuerySyntax(
            "gate PATH:rules/*.md -type:pdf title:\"Gate times\" after:2024-05 before:2025 since:2024-06-01")
        #expect(syntax.text == "gate")
        #expect(syntax.filter.path.wanted == ["rules/*.md"] && syntax.filter.type.unwanted == ["pdf"])
        #expect(syntax.filter.title.wanted == ["Gate times"])
        #expect(
            syntax.filter.since == FileDate.start(of: "2024-06-01") && syntax.filter.before == FileDate.start(of: "2025"))
    }

    @Test func aQuestionHasFieldsOnly() throws {
        let syntax = try QuerySyntax("Who wrote \"The  Gate\" -not me? type:md", .fields)
        #expect(syntax.text == "Who wrote \"The Gate\" -not me?" && syntax.filter.type.wanted == ["md"])
        #expect(syntax.filter.phrases.isEmpty && syntax.filter.excluded.isEmpty)
        #expect(try QuerySyntax("Two  spaces?", .fields).text == "Two  spaces?")
    }

    @Test(arguments: ["x after:tomorrow-ish", "x before:2024-13", "x since:31.12.2024", "x path:[a"])
    func conditionsWithoutSenseAreTold(query: String) {
        let error = #expect(throws: RetrievalError.self) { try QuerySyntax(query) }
        #expect(error?.code == (query.contains("path") ? .badPattern : .badDate))
    }

    @Test func marksBehindAConditionEndTheSentence() throws {
        let dated = try QuerySyntax("What happened before:1999?", .fields)
        #expect(dated.text == "What happened" && dated.filter.before == FileDate.start(of: "1999"))
        #expect(try QuerySyntax("fees type:pdf, since:2024-05.").filter.type.wanted == ["pdf"])
        // In a path the mark stands for a character.
        #expect(try QuerySyntax("fees path:a?").filter.path.wanted == ["a?"])
    }

    @Test func bothFiltersHold() throws {
        let both = try QuerySyntax("x after:2023 before:2026").filter.and(
            QuerySyntax("x after:2024 before:2025 path:a").filter)
        #expect(
            both.since == FileDate.start(of: "2024") && both.before == FileDate.start(of: "2025")
                && both.path.wanted == ["a"])
    }
}

struct FileDateTests {
    private let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        return calendar
    }()
    /// 2024-03-05T12:00:00Z.
    private let now = Date(timeIntervalSince1970: 1_709_640_000)

    @Test(arguments: [
        ("2024", 1_704_067_200), ("2024-02", 1_706_745_600), ("2024-2-3", 1_706_918_400),
        ("2024-02-03T10:30", 1_706_956_200),
        ("today", 1_709_596_800), ("yesterday", 1_709_510_400), ("7d", 1_708_992_000), ("1w", 1_708_992_000),
        ("1M", 1_707_091_200),
        ("1y", 1_678_060_800 - 86_400 + 0),
    ])
    func datesStartWhereTheySay(text: String, seconds: Int) {
        #expect(
            FileDate.start(of: text, now: now, calendar: calendar) == Date(timeIntervalSince1970: Double(seconds)), "\(text)"
        )
    }

    @Test(arguments: [
        "", "d", "24", "2024-00", "2024-02-30", "2024-1-1-1", "-5d", "2024-02T10:00", "2024-02-03T25:00", "5.6.2024",
        "99999d",
    ])
    func otherTextsAreNoDates(text: String) { #expect(FileDate.start(of: text, now: now, calendar: calendar) == nil) }
}
