import Foundation
import Pipelines
import TestSupport
import Testing

/// The arithmetic of `evaluate` on known answers.
struct MetricsTests {
    @Test func recallAndReciprocalRankOfKnownRanks() {
        var ranks = RankMetrics()
        for rank in [1, 2, nil, 5, 6, 20, 21, 1] as [Int?] { ranks.add(rank: rank) }
        #expect(ranks.questions == 8 && ranks.hits(within: 1) == 2 && ranks.hits(within: 5) == 4)
        #expect(ranks.recall(at: 1) == 2.0 / 8 && ranks.recall(at: 5) == 4.0 / 8 && ranks.recall(at: 20) == 6.0 / 8)
        let sum = 1 + 1.0 / 2 + 1.0 / 5 + 1.0 / 6 + 1.0 / 20 + 1
        #expect(abs(ranks.reciprocalRank(within: 20) - sum / 8) < 1e-12)
    }

    @Test func withoutQuestionsEverythingIsZero() {
        #expect(RankMetrics().recall(at: 5) == 0 && RankMetrics().reciprocalRank(within: 20) == 0 && Share().share == 0)
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
        try folder.write("empty.json", "[]")
        try folder.write("bad.json", #"{"question": "Who?"}"#)
        let cases: [(String, String, PipelineError.Code)] = [
            ("empty.json", "holds no question", .badQuestions(.empty)),
            ("bad.json", "is no JSON array", .badQuestions(.notQuestions)), ("absent.json", "cannot be read", .unreadable),
        ]
        for (name, words, code) in cases {
            let error = #expect(throws: PipelineError.self) { try Question.read(folder.path(name)) }
            #expect(error?.description.contains(words) == true && error?.code == code)
        }
    }

    /// An index of three documents and questions whose ranks are plain to see.
    @Test func anEvaluationCountsWhatTheIndexFinds() throws {
        let corpus = try TestCorpus()
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
        let report = try corpus.open().evaluate(questions, name: "three") { _ in true }
        #expect(report.questions == 4 && report.withPlace == 3 && report.withAnswer == 3 && report.unanswerable == 1)
        #expect(report.recall["1"] == 2.0 / 3 && report.recall["5"] == 1 && report.recall["20"] == 1)
        #expect(report.recallBM25["1"] == 2.0 / 3 && report.abstained == 1)
        #expect(abs(report.answered - 2.0 / 3) < 1e-12)
        #expect(report.reciprocalRank > 2.0 / 3 && report.reciprocalRank <= (1 + 1 + 0.5) / 3)
        #expect(throws: PipelineError.self) {
            try corpus.open().evaluate([Question("Who?", document: "gone.txt")], name: "") { _ in true }
        }
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
