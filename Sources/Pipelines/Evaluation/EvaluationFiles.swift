import Algorithms
import Foundation
import Indexes
import Retrieval

/// A folder with what an evaluation saw, for other programs: `passages.jsonl`, `results.jsonl` and `features.jsonl`, one JSON
/// object a line.
package final class EvaluationFiles {
    private let passages: FileHandle
    private let results: FileHandle
    private let features: FileHandle
    private let encoder = JSONEncoder()

    /// A passage of the index.
    private struct PassageLine: Encodable {
        let id: String
        let document: String
        let text: String
    }

    /// A question with what is right and what was found. `gold` and the rankings hold documents where `unit` says so, else
    /// passages.
    private struct ResultLine: Encodable {
        let question: String
        let answers: [String]
        let answerable: Bool
        let unit: String
        let gold: [String: Double]
        let missed: [Double]
        let r3mem: [String]
        let bm25: [String]
        let confidence: Double
        let refused: Bool
        let short: String
        let sentences: [String]
    }

    /// What the passages and units for a question are scored by, and which of them are right.
    private struct FeatureLine: Encodable {
        struct Passage: Encodable {
            let isRight: Bool
            let parts: ScoreExplanation
        }
        struct Unit: Encodable {
            let isRight: Bool
            let mayAnswer: Bool
            let parts: EvidenceParts
        }
        let question: String
        let answerable: Bool
        let passages: [Passage]
        let units: [Unit]
        let confidence: Confidence?
    }

    /// Makes the folder where it does not exist, and its files anew.
    package init(folder: String) throws {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func file(_ name: String) throws -> FileHandle {
            let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data().write(to: url)
                return try FileHandle(forWritingTo: url)
            } catch {
                throw PipelineError(
                    .unwritable, subject: url.path, fact: "cannot be written (\(ErrorText.reason(of: error)))")
            }
        }
        passages = try file("passages.jsonl")
        results = try file("results.jsonl")
        features = try file("features.jsonl")
    }

    private func append(_ line: some Encodable, to file: FileHandle) throws {
        try file.write(contentsOf: encoder.encode(line) + [0x0A])
    }

    private static func name(_ id: PassageID) -> String { "\(id.segment)-\(id.index)" }

    /// Writes all passages.
    func write(_ index: OpenIndex, _ baseline: BM25Baseline) throws {
        for document in index.snapshot.documents {
            for id in document.passageIDs {
                let text = String(decoding: baseline.text(id), as: UTF8.self)
                let line = PassageLine(id: EvaluationFiles.name(id), document: document.paths[0], text: text)
                try append(line, to: passages)
            }
        }
    }

    /// Writes a question and what was found.
    ///
    /// - Parameter isFound: whether the answer was given, and not refused.
    func write(
        _ question: Question, _ answer: Answer, isFound: Bool, _ rankings: Rankings, _ judge: Judge, _ index: OpenIndex,
        _ baseline: BM25Baseline
    ) throws {
        let documents = judge.gold(of: question)
        var gold: [String: Double] = [:]
        if let documents {
            for (id, grade) in documents.found { gold[judge.path(of: id)] = grade }
        } else if question.answerable != false, question.document != nil || !question.rightAnswers.isEmpty {
            for id in try judge.passages(of: question, text: baseline.text) { gold[EvaluationFiles.name(id)] = 1 }
        }
        func units(_ ranking: [PassageID]) -> [String] {
            let units =
                documents == nil
                ? ranking.map(EvaluationFiles.name)
                : Array(ranking.compactMap { index.snapshot.document(of: $0)?.paths[0] }.uniqued())
            return Array(units.prefix(Rankings.depth))
        }
        try append(
            ResultLine(
                question: question.question, answers: question.rightAnswers, answerable: question.answerable ?? true,
                unit: documents == nil ? "passage" : "document", gold: gold, missed: documents?.missed ?? [],
                r3mem: units(rankings.r3mem), bm25: units(rankings.bm25), confidence: answer.confidence,
                refused: !isFound, short: answer.shortText ?? "", sentences: answer.sentences.map(\.text)),
            to: results)
        try writeFeatures(of: question, index) { passage in
            gold[documents == nil ? EvaluationFiles.name(passage) : judge.path(of: passage, index)] != nil
        }
    }

    /// Writes what the passages and units for a question are scored by.
    private func writeFeatures(of question: Question, _ index: OpenIndex, isRight: (PassageID) -> Bool) throws {
        let known = question.rightAnswers
        let found = try index.features(of: question.question)
        try append(
            FeatureLine(
                question: question.question, answerable: question.answerable ?? true,
                passages: found.passages.map {
                    FeatureLine.Passage(isRight: isRight($0.id), parts: $0.explanation)
                },
                units: found.units.map { unit in
                    FeatureLine.Unit(
                        isRight: known.contains { AnswerText.holds(unit.text, $0) }, mayAnswer: unit.mayAnswer,
                        parts: unit.parts)
                }, confidence: found.confidence), to: features)
    }
}
