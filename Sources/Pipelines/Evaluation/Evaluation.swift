import Corpora
import Foundation
import Indexes
import Memory
import Retrieval

/// How well an index finds and answers, on questions with known answers.
package struct RetrievalReport: Sendable, Codable, Equatable {
    package var name = "", passages = 0, questions = 0
    /// Share of the questions whose answer lies in one of the first 1, 5, 20 passages: ours, and plain BM25 (k1 0.9, b 0.4) over the same passages.
    package var recall: [String: Double] = [:], recallBM25: [String: Double] = [:]
    /// Mean reciprocal rank among the first 20.
    package var reciprocalRank = 0.0, reciprocalRankBM25 = 0.0
    /// Share of the questions whose quoted sentences hold the answer; of unanswerable ones, the share where nothing was said to be found.
    package var answered = 0.0, abstained = 0.0
    /// Questions of which the document or the answer is known, of which the answer is, and that nothing answers.
    package var withPlace = 0, withAnswer = 0, unanswerable = 0
    /// False where it was stopped: all is of the questions asked until then.
    package var isComplete = true
    /// Milliseconds a question, of at most 60 of them, every passage reconstructed anew: half, and 95 in 100, take no longer.
    package var searchMedian = 0.0, search95 = 0.0, askMedian = 0.0
}

/// A question with where its answer stands.
package struct GoldQuestion: Sendable, Codable, Equatable {
    package let question: String
    /// nil where they are not known.
    package let answer: String?, document: String?
    /// False where nothing in the corpus answers it.
    package let answerable: Bool?
    /// Byte offset of the answer in the document's text, where it is known.
    package let offset: Int?

    package init(question: String, answer: String?, document: String?, answerable: Bool? = nil, offset: Int? = nil) {
        self.question = question
        self.answer = answer
        self.document = document
        self.answerable = answerable
        self.offset = offset
    }

    /// Reads a JSON array of `{question, answer, document, answerable}`, all but the first optional.
    package static func read(_ path: String) throws -> [GoldQuestion] {
        let data = try PipelineError.contents(of: path, .badQuestions)
        // Where it departs from the form is of no use to who named another file.
        guard let questions = try? JSONDecoder().decode([GoldQuestion].self, from: data) else {
            throw PipelineError(.badQuestions, path, "is no JSON array of {question, answer, document, answerable}", remedy: "see corpora/README.md")
        }
        guard !questions.isEmpty else { throw PipelineError(.badQuestions, path, "holds no question", remedy: "check the path") }
        return questions
    }
}

/// Questions in the SQuAD 1.1 form, asked openly over all its paragraphs: one document an article.
package struct OpenSquad: Sendable {
    package let documents: [(path: String, text: String)]
    package let questions: [GoldQuestion]

    private struct File: Decodable {
        struct Article: Decodable {
            let title: String
            let paragraphs: [Paragraph]
        }
        struct Paragraph: Decodable {
            let context: String
            let qas: [Question]
        }
        struct Question: Decodable {
            let question: String
            let answers: [Answer]
        }
        struct Answer: Decodable {
            let text: String
            let answer_start: Int
        }
        let data: [Article]
    }

    package init(path: String) throws {
        let json = try PipelineError.contents(of: path, .badQuestions)
        // Where it departs from the form is of no use to who named another file.
        guard let file = try? JSONDecoder().decode(File.self, from: json) else {
            throw PipelineError(.badQuestions, path, "is not a file in the SQuAD form", remedy: "check the path")
        }
        var documents: [(path: String, text: String)] = [], questions: [GoldQuestion] = []
        for article in file.data {
            let name = article.title.replacingOccurrences(of: "/", with: "_") + ".txt"
            var text = ""
            for paragraph in article.paragraphs {
                let base = text.utf8.count
                for q in paragraph.qas {
                    guard let answer = q.answers.first else { continue }
                    let start = paragraph.context.unicodeScalars.prefix(answer.answer_start).reduce(0) { $0 + UTF8.width($1) }
                    questions.append(GoldQuestion(question: q.question, answer: answer.text, document: name, offset: base + start))
                }
                text += paragraph.context + "\n\n"
            }
            documents.append((name, text))
        }
        guard !questions.isEmpty else {
            throw PipelineError(.badQuestions, path, "holds no question with an answer", remedy: "check the path")
        }
        self.documents = documents
        self.questions = questions
    }
}

extension OpenIndex {
    /// Asks questions and compares with their gold answers, and with BM25 over the same passages.
    package func evaluate(_ questions: [GoldQuestion], name: String, progress: @escaping ProgressReport) throws -> RetrievalReport {
        var report = RetrievalReport(name: name, passages: snapshot.passageCount)
        let paths = Dictionary(snapshot.documents.flatMap { d in d.paths.map { (PathKey($0), d) } }, uniquingKeysWith: { a, _ in a })
        if let absent = questions.lazy.compactMap(\.document).first(where: { paths[PathKey($0)] == nil }) {
            throw PipelineError(
                .badQuestions, absent, "is no document of \(path), and a question names it", remedy: "'r3mem search' shows paths")
        }
        let reference = try BM25Reference(self)
        var hits: [Int: Int] = [:], reference20: [Int: Int] = [:], answered = 0, abstained = 0
        let timed = Set(Array(questions.indices).spread(60))
        var times: [(search: Double, ask: Double)] = []
        // What comes after the first five is asked for only where they lack the answer.
        var deep = SearchOptions()
        deep.top = 20
        for (i, gold) in questions.enumerated() {
            guard progress(Progress(.asking, items: i, totalItems: questions.count)) else {
                report.isComplete = false
                break
            }
            report.questions = i + 1
            if timed.contains(i) { times.append(try self.times(gold.question)) }
            let query = Query(gold.question, model: model), answer = try ask(gold.question)
            if gold.answerable == false {
                report.unanswerable += 1
                if !answer.isFound { abstained += 1 }
                continue
            }
            guard gold.answer != nil || gold.document != nil else { continue }
            report.withPlace += 1
            let document = gold.document.flatMap { paths[PathKey($0)] }
            func holds(_ id: PassageID, _ passage: [UInt8]) throws -> Bool {
                if let document, snapshot.document(of: id)?.id != document.id { return false }
                if let document, let offset = gold.offset { return try range(of: id, in: document).contains(offset) }
                return gold.answer.map { Folded.contains(String(decoding: passage, as: UTF8.self), $0) } ?? true
            }
            if let at = try rank(query, SearchOptions()).prefix(5).firstIndex(where: { try holds($0.id, $0.text) }) {
                hits[at, default: 0] += 1
            } else if let at = try rank(query, deep).firstIndex(where: { try holds($0.id, $0.text) }) {
                hits[max(5, at), default: 0] += 1
            }
            if let at = try reference.best(query.words, 20).firstIndex(where: { try holds($0, reference.text($0)) }) {
                reference20[at, default: 0] += 1
            }
            guard let text = gold.answer else { continue }
            report.withAnswer += 1
            if answer.isFound, answer.sentences.contains(where: { Folded.contains($0.text, text) }) { answered += 1 }
        }
        let asked = Double(max(1, report.withPlace))
        func recall(_ hits: [Int: Int], _ k: Int) -> Double { Double(hits.filter { $0.key < k }.values.reduce(0, +)) / asked }
        func reciprocal(_ hits: [Int: Int]) -> Double {
            hits.filter { $0.key < 20 }.reduce(0) { $0 + Double($1.value) / Double($1.key + 1) } / asked
        }
        for k in [1, 5, 20] {
            report.recall["\(k)"] = recall(hits, k)
            report.recallBM25["\(k)"] = recall(reference20, k)
        }
        report.reciprocalRank = reciprocal(hits)
        report.reciprocalRankBM25 = reciprocal(reference20)
        report.answered = Double(answered) / Double(max(1, report.withAnswer))
        report.abstained = Double(abstained) / Double(max(1, report.unanswerable))
        let search = times.map(\.search).sorted(), ask = times.map(\.ask).sorted()
        if !times.isEmpty {
            report.searchMedian = search[times.count / 2]
            report.search95 = search[times.count * 95 / 100]
            report.askMedian = ask[times.count / 2]
        }
        return report
    }

    /// How long a search and an answer take where no passage is known yet, in milliseconds.
    private func times(_ question: String) throws -> (search: Double, ask: Double) {
        func milliseconds(_ body: () throws -> Void) rethrows -> Double {
            cache.withLock { $0 = PassageCache() }
            let started = Date()
            try body()
            return Date().timeIntervalSince(started) * 1000
        }
        return (try milliseconds { _ = try search(question) }, try milliseconds { _ = try ask(question) })
    }
}

/// Text compared without case and with white space runs as one.
enum Folded {
    static func contains(_ text: String, _ part: String) -> Bool { fold(text).contains(fold(part)) }
    private static func fold(_ text: String) -> String { text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// The peer to compare with: BM25 with true term frequencies over all passages' text (Robertson and Zaragoza 2009; k1 0.9, b 0.4).
struct BM25Reference {
    private let ids: [PassageID], texts: [[UInt8]], lengths: [Double], average: Double
    private let postings: [[UInt8]: [(passage: Int, count: Int)]]
    private let position: [PassageID: Int]

    init(_ index: OpenIndex) throws {
        ids = index.snapshot.documents.flatMap(\.passageIDs)
        texts = try index.reconstruct(ids)
        var postings: [[UInt8]: [(passage: Int, count: Int)]] = [:], lengths: [Double] = []
        for (i, text) in texts.enumerated() {
            let bag = WordBag(text)
            lengths.append(Double(bag.order.count))
            for (word, count) in bag.words { postings[word, default: []].append((i, count)) }
        }
        self.postings = postings
        self.lengths = lengths
        average = max(1, lengths.reduce(0, +) / Double(max(1, lengths.count)))
        position = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    }

    func text(_ id: PassageID) -> [UInt8] { position[id].map { texts[$0] } ?? [] }

    func best(_ words: [[UInt8]], _ limit: Int) -> [PassageID] {
        var scores: [Int: Double] = [:]
        let n = Double(ids.count)
        for word in words {
            guard let list = postings[word] else { continue }
            let df = Double(list.count), idf = log(1 + (n - df + 0.5) / (df + 0.5))
            for (passage, count) in list {
                let tf = Double(count)
                scores[passage, default: 0] += idf * tf * 1.9 / (tf + 0.9 * (1 - 0.4 + 0.4 * lengths[passage] / average))
            }
        }
        return scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(limit).map { ids[$0.key] }
    }
}

extension OpenSquad {
    /// Indexes the articles, one document each, in a temporary folder and asks the questions.
    package func evaluate(
        model: LoadedModel, threads: Int = 0, limit: Int, worker: Worker.Program, progress: @escaping ProgressReport
    ) throws -> RetrievalReport {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("r3mem-squad-\(UUID().uuidString)"),
            root = home.appendingPathComponent("text")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }  // a leftover harms nothing
        for document in documents { try Data(document.text.utf8).write(to: root.appendingPathComponent(document.path)) }
        let file = home.appendingPathComponent("squad.r3").path
        var options = IndexOptions(roots: [root.path])
        options.hidden = true
        _ = try Indexing(model: model, options: options, threads: threads, worker: worker)
            .index(to: file, progress: progress)
        return try OpenIndex(path: file, model: model, threads: threads).evaluate(questions.spread(limit), name: "squad, open", progress: progress)
    }
}

extension Array {
    /// At most `limit` elements, spread evenly.
    package func spread(_ limit: Int) -> [Element] {
        guard count > limit else { return self }
        return (0..<limit).map { self[$0 * count / limit] }
    }
}
