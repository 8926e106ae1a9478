import Corpora
import Foundation
import Indexes
import Retrieval

extension PipelineFile {
    /// Indexes or refreshes, then answers the questions.
    ///
    /// - Parameters:
    ///   - model: the model file; it goes before the one that the pipeline names.
    ///   - threads: 0 for as many as the machine has cores.
    ///   - worker: the program that reads files.
    package func run(
        model explicit: String? = nil, threads: Int = 0, worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> PipelineReport {
        let model = try ModelLocation.load(explicit: explicit ?? model)
        let generator = try generator.map {
            try HTTPGenerator(
                url: $0.url, model: $0.model, apiKey: $0.keyVariable.map(HTTPGenerator.apiKey(in:)), timeout: $0.timeout)
        }
        let indexed = try Indexing(model: model, options: options, threads: threads, worker: worker).bring(
            index, progress: progress)
        var report = PipelineReport(index: indexed, isComplete: indexed.isComplete)
        guard indexed.isComplete, !questions.isEmpty else { return report }
        let open = try OpenIndex(path: index, model: model, threads: threads)
        _ = try Judge(open, questions)  // throws where a question names a document that is not there
        let answering = Answering(open, generator: generator)
        var metrics = AnswerMetrics()
        for question in questions {
            guard progress(WorkProgress(.asking, items: report.answers.count, totalItems: questions.count)) else {
                report.isComplete = false
                break
            }
            report.answers.append(try answer(question, answering, &metrics))
        }
        report.summary.questions = report.answers.count
        report.summary.seconds = report.answers.reduce(0) { $0 + $1.seconds }
        report.summary.set(metrics)
        return report
    }

    private func answer(
        _ question: Question, _ answering: Answering, _ metrics: inout AnswerMetrics
    ) throws -> PipelineAnswer {
        let started = Date()
        let answer = try answering.answer(question.question, retrieval)
        let quoted = answer.isFound ? answer.sentences.map(\.text).joined(separator: " ") : nil
        let text = answer.generated?.text ?? quoted
        let cited = answer.sentences.first?.citation ?? answer.generated.flatMap { _ in answer.sources.first?.citation }
        let isRight = metrics.add(question, said: text)
        let rank = question.document.map(PathKey.init).flatMap { document in
            answer.sources.first { ([$0.citation.path] + $0.citation.alsoAt).contains { PathKey($0) == document } }?.rank
        }
        if question.document != nil { metrics.ranks.add(rank: rank) }
        return PipelineAnswer(
            question: question.question, text: text, citedDocument: cited?.path, isRight: isRight, documentRank: rank,
            seconds: Date().timeIntervalSince(started), answer: answer)
    }
}
