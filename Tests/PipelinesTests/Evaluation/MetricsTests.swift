import Foundation
import Pipelines
import Retrieval
import TestSupport
import Testing

/// The arithmetic of `evaluate` on known answers.
struct MetricsTests {
    @Test func hitsOfKnownRanks() {
        var ranks = RankMetrics()
        for rank in [1, 2, nil, 5, 6, 20, 21, 1] as [Int?] { ranks.add(rank: rank) }
        #expect(ranks.questions == 8 && ranks.hits(within: 1) == 2 && ranks.hits(within: 5) == 4)
        #expect(ranks.hits(within: 20) == 6 && ranks.hits(within: 21) == 7)
    }

    @Test func withoutQuestionsEverythingIsZero() {
        #expect(RankMetrics().hits(within: 5) == 0 && Share().share == 0)
        #expect(Latencies().percentile(50) == 0)
    }

    @Test func answersAndRefusalsAreCountedApart() {
        var metrics = AnswerMetrics()
        #expect(metrics.add(Question("How long?", answer: "Five  months"), said: "It takes five months.") == true)
        #expect(metrics.add(Question("How long?", answer: "five months"), said: "It takes six months.") == false)
        #expect(metrics.add(Question("How long?", answer: "five months"), said: nil) == false)
        #expect(metrics.add(Question("Which zebra?", answerable: false), said: nil) == true)
        #expect(metrics.add(Question("Which zebra?", answerable: false), said: "This one.") == false)
        #expect(metrics.add(Question("Why?"), said: "Because.") == nil)
        #expect(metrics.answered.right == 1 && metrics.answered.total == 3)
        #expect(metrics.refused.right == 1 && metrics.refused.total == 2 && metrics.refused.share == 0.5)
    }

    @Test func percentilesAreThoseOfTheSortedTimes() {
        let times = Latencies([40, 10, 30, 20])
        #expect(times.percentile(50) == 30 && times.percentile(95) == 40 && times.percentile(0) == 10)
        #expect(Latencies((1...100).map(Double.init)).percentile(95) == 96)
    }

    @Test func spreadElementsAreEven() {
        #expect(Array(0..<10).spread(4) == [0, 2, 5, 7] && Array(0..<3).spread(4) == [0, 1, 2])
    }

    @Test func questionsAreReadFromJSON() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "good.json",
            #"[{"question": "Who?", "answer": "Marta", "document": "a.txt"}, {"question": "Why?", "answerable": false}]"#)
        #expect(
            try Question.read(folder.path("good.json")) == [
                Question("Who?", answer: "Marta", document: "a.txt"), Question("Why?", answerable: false),
            ])
        // Texts are questions, and what expects nothing is as if it were not there.
        try folder.write("texts.json", #"["Who?", {"question": "Why?", "answer": "", "documents": [], "grades": {"a": 0}}]"#)
        #expect(try Question.read(folder.path("texts.json")) == [Question("Who?"), Question("Why?")])
        try folder.write("slip.json", #"["Who?", {"question": "Why?", "anwser": "wind"}]"#)
        try folder.write("both.json", #"[{"question": "Why?", "answer": "wind", "answerable": false}]"#)
        try folder.write("empty.json", "[]")
        try folder.write("bad.json", #"{"question": "Who?"}"#)
        let cases: [(String, String, PipelineError.Code)] = [
            ("empty.json", "holds no question", .badQuestions(.empty)),
            ("bad.json", "is no JSON array", .badQuestions(.notQuestions)),
            ("slip.json", "question 2 has the unknown key \"anwser\"", .badQuestions(.notQuestions)),
            ("both.json", "question 1 has an answer, and is said to be unanswerable", .badQuestions(.notQuestions)),
            ("absent.json", "cannot be read", .unreadable),
        ]
        for (name, words, code) in cases {
            let error = #expect(throws: PipelineError.self) { try Question.read(folder.path(name)) }
            #expect(error?.description.contains(words) == true && error?.code == code)
        }
    }

    /// An index of three documents and questions whose ranks are plain to see.
    @Test func anEvaluationCountsWhatTheIndexFinds() throws {
        let corpus = try TestCorpus()
        let folder = try TemporaryFolder()
        try corpus.write("lamp.txt", "The lamp in the cellar is blue.")
        try corpus.write("key.txt", "The key hangs behind the door of the workshop.")
        try corpus.write("fee.txt", "The yearly fee for a stand is forty euros.")
        try corpus.makeIndex()
        let questions = [
            Question("Which colour has the lamp in the cellar?", answer: "blue", document: "lamp.txt"),
            Question("How much is the yearly fee for a stand?", answer: "forty euros", document: "fee.txt"),
            // The answer lies in another document than the one that is asked about.
            Question("How much is the yearly fee for a stand?", answer: "behind the door", document: "key.txt"),
            Question("Which volcano erupted near the penguin colony?", answerable: false),
        ]
        let written = folder.path("results")
        let report = try corpus.open().evaluate(
            questions, name: "three", results: EvaluationFiles(folder: written)
        ) { _ in true }
        func value(_ name: String, of system: String = "r3mem") throws -> Double {
            try #require(report.measure(name, of: system), "\(name) of \(system)").value
        }
        #expect(report.questions == 4 && report.measure("recall@1")?.questions == 3)
        #expect(try value("recall@1") == 2.0 / 3 && value("recall@5") == 1 && value("recall@20") == 1)
        #expect(try value("recall@1", of: "BM25") == 2.0 / 3)
        #expect(try value("refused") == 1 && value("refused-at-loss") == 1)
        #expect(try abs(value("quoted") - 2.0 / 3) < 1e-12 && value("first-quoted") <= value("quoted"))
        #expect(try value("mrr@20") > 2.0 / 3 && value("mrr@20") <= (1 + 1 + 0.5) / 3)
        // Of three questions one asks for what its document does not say.
        #expect(try value("exact-match") <= value("f1") && value("f1") > 0.2 && value("f1") <= 2.0 / 3 + 1e-9)
        #expect(report.measure("all@5") == nil && report.measures.allSatisfy { $0.low <= $0.value && $0.value <= $0.high })

        var sure = SearchOptions()
        sure.confidence = 1
        #expect(try corpus.open().ask(questions[0].question).isFound)
        #expect(try !corpus.open().ask(questions[0].question, sure).isFound)

        func lines(_ name: String) throws -> [[String: Any]] {
            try String(contentsOfFile: written + "/" + name, encoding: .utf8).split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
        }
        let passages = try lines("passages.jsonl")
        #expect(Set(passages.compactMap { $0["document"] as? String }) == ["fee.txt", "key.txt", "lamp.txt"])
        let results = try lines("results.jsonl")
        #expect(results.map { $0["answerable"] as? Bool } == [true, true, true, false])
        #expect(results.map { $0["refused"] as? Bool }[3] == true && results[0]["refused"] as? Bool == false)
        // The written short answers are those that were measured.
        let short = results.prefix(3).map { ($0["short"] as? String ?? "", $0["answers"] as? [String] ?? []) }
        let isSaid = results.prefix(3).map { $0["refused"] as? Bool == false }
        let f1 = zip(short, isSaid).map { $1 ? AnswerMatch.f1($0.0, $0.1) : 0 }
        #expect(try !short[0].0.isEmpty && abs(f1.reduce(0, +) / 3 - value("f1")) < 1e-12)
        let lamp = try #require(passages.first { $0["document"] as? String == "lamp.txt" }?["id"] as? String)
        #expect(results[0]["gold"] as? [String: Double] == [lamp: 1] && results[0]["unit"] as? String == "passage")
        #expect((results[0]["r3mem"] as? [String])?.first == lamp && (results[0]["bm25"] as? [String])?.first == lamp)
        #expect(throws: PipelineError.self) {
            try corpus.open().evaluate([Question("Who?", document: "gone.txt")], name: "") { _ in true }
        }
    }

    /// Questions with several documents are judged by documents, and absent ones are missed.
    @Test func severalDocumentsAreFoundInPart() throws {
        let corpus = try TestCorpus()
        try corpus.write("lamp.txt", "The lamp in the cellar is blue.")
        try corpus.write("copy.txt", "The lamp in the cellar is blue.")
        try corpus.write("switch.txt", "The switch of the lamp is beside the cellar door.")
        try corpus.makeIndex()
        let questions = [
            Question("Where is the switch of the lamp in the cellar?", grades: ["copy.txt": 1, "switch.txt": 2]),
            Question("Which colour has the lamp in the cellar?", grades: ["lamp.txt": 1, "absent/9": 1]),
        ]
        let report = try corpus.open().evaluate(questions, name: "several") { _ in true }
        #expect(report.measure("recall@5")?.value == 0.75 && report.measure("all@5")?.value == 0.5)
        #expect(abs((report.measure("ndcg@10")?.value ?? 0) - (1 + 1 / (1 + 1 / 1.584963)) / 2) < 1e-4)
        #expect(report.measure("quoted") == nil && report.measure("refused") == nil)
    }
}

struct ByteSizeTests {
    @Test(arguments: [
        ("4096", 4096), ("20MB", 20_000_000), ("1.5 GiB", 1_610_612_736), ("1_000", 1000), ("2k", 2000), ("2 KiB", 2048),
        ("7b", 7), ("1g", 1_000_000_000),
    ])
    func sizesAreRead(text: String, bytes: Int) { #expect(ByteSize(text)?.bytes == bytes) }

    @Test(arguments: ["", "MB", "-1", "0", "0.2", "1e6", "20 MBit", "٣", "1.2.3", "1000000 GB", "nan", "1 TB"])
    func otherTextIsNone(text: String) {
        #expect(ByteSize(text) == nil)
    }
}
