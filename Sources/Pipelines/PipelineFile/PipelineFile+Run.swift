import Corpora
import Foundation
import Indexes
import Retrieval

/// What a pipeline did.
package struct PipelineReport: Sendable, Codable, Equatable {
    /// How many questions went as expected, out of those for which something is expected.
    package struct Summary: Sendable, Codable, Equatable {
        package var questions = 0, seconds = 0.0
        /// Questions with a known answer, and those whose answer's text holds it.
        package var withAnswer = 0, answerQuoted = 0
        /// Questions with a known document, those with it as the first passage, and as any.
        package var withDocument = 0, documentFirst = 0, documentFound = 0
        /// Questions that the corpus does not answer, and those to which nothing was said.
        package var unanswerable = 0, declined = 0
    }

    package let index: IndexReport
    package internal(set) var answers: [PipelineAnswer] = []
    /// False where the run was stopped.
    package internal(set) var isComplete: Bool
    package internal(set) var summary = Summary()
}

/// One question of a pipeline with its answer.
package struct PipelineAnswer: Sendable, Codable, Equatable {
    package let question: String
    /// What is said; nil where nothing was found.
    package let text: String?
    /// Path of the document that the answer quotes or that fits best.
    package let citedDocument: String?
    /// Whether the text holds the expected answer, or nothing was said where nothing was expected; nil where nothing is known.
    package let isRight: Bool?
    /// Rank of the expected document among the passages, from 1.
    package let documentRank: Int?
    package let seconds: Double
    package let answer: Answer
}

extension PipelineFile {
    /// Indexes or refreshes, then answers the questions.
    ///
    /// - Parameters:
    ///   - model: the model file, before the one that the pipeline names.
    ///   - threads: 0 for as many as the machine has cores.
    ///   - worker: the program that reads files.
    package func run(
        model explicit: String? = nil, threads: Int = 0, worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> PipelineReport {
        let model = try ModelLocation.load(explicit: explicit ?? model)
        let generator = try generator.map {
            try Generator(url: $0.url, model: $0.model, apiKey: $0.keyVariable.map(Generator.apiKey(in:)), timeout: $0.timeout)
        }
        let indexed = try Indexing(model: model, options: options, threads: threads, worker: worker).index(to: index, progress: progress)
        var report = PipelineReport(index: indexed, isComplete: indexed.isComplete)
        guard indexed.isComplete, !questions.isEmpty else { return report }
        let open = try OpenIndex(path: index, model: model, threads: threads)
        for question in questions {
            guard progress(Progress(.asking, items: report.answers.count, totalItems: questions.count)) else {
                report.isComplete = false
                break
            }
            let answer = try PipelineFile.answer(question, open, retrieval, generator)
            report.summary.count(answer, question)
            report.answers.append(answer)
        }
        return report
    }

    private static func answer(
        _ question: PipelineQuestion, _ index: OpenIndex, _ options: SearchOptions, _ generator: Generator?
    ) throws -> PipelineAnswer {
        let started = Date()
        var answer = try index.ask(question.question, options)
        if let generator, answer.isFound { answer.generated = try generator.answer(question.question, from: answer.sources) }
        let quoted = answer.isFound ? answer.sentences.map(\.text).joined(separator: " ") : nil
        let text = answer.generated?.text ?? quoted
        let cited = answer.sentences.first?.citation.path ?? answer.generated.flatMap { _ in answer.sources.first?.citation.path }
        var isRight: Bool?
        if question.answerable == false {
            isRight = text == nil
        } else if let expected = question.answer {
            isRight = text.map { folded($0).contains(folded(expected)) } ?? false
        }
        let rank = question.document.map(PathKey.init).flatMap { document in
            answer.sources.first { ([$0.citation.path] + $0.citation.alsoAt).contains { PathKey($0) == document } }?.rank
        }
        return PipelineAnswer(
            question: question.question, text: text, citedDocument: cited, isRight: isRight, documentRank: rank,
            seconds: Date().timeIntervalSince(started),
            answer: answer)
    }

    private static func folded(_ text: String) -> String { text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension PipelineReport.Summary {
    fileprivate mutating func count(_ answer: PipelineAnswer, _ question: PipelineQuestion) {
        questions += 1
        seconds += answer.seconds
        if question.answerable == false {
            unanswerable += 1
            declined += answer.isRight == true ? 1 : 0
        } else if question.answer != nil {
            withAnswer += 1
            answerQuoted += answer.isRight == true ? 1 : 0
        }
        guard question.document != nil else { return }
        withDocument += 1
        documentFirst += answer.documentRank == 1 ? 1 : 0
        documentFound += answer.documentRank != nil ? 1 : 0
    }
}
