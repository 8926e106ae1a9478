import Foundation

extension EvaluationSet {
    private struct CorpusLine: Decodable {
        let _id: String
        let title: String?
        let text: String
    }

    private struct QueryLine: Decodable {
        let _id: String
        let text: String
    }

    /// A folder in the form of BEIR: `corpus.jsonl`, `queries.jsonl`, and judgements in `qrels`: `test.tsv`, else the first
    /// file. Queries without a judgement are left out.
    package static func beir(_ folder: String) throws -> EvaluationSet {
        var set = EvaluationSet(name: URL(fileURLWithPath: folder).lastPathComponent)
        for document: CorpusLine in try lines(of: folder + "/corpus.jsonl") {
            set.add(document._id, title: document.title ?? "", text: document.text)
        }
        let judgements = folder + "/qrels"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: judgements))?.filter { $0.hasSuffix(".tsv") } ?? []
        guard let name = names.contains("test.tsv") ? "test.tsv" : names.sorted().first else {
            throw fault(judgements, "holds no file of judgements (.tsv)")
        }
        var grades: [String: [String: Double]] = [:]
        let rows = try text(of: judgements + "/" + name).split(whereSeparator: \.isNewline)
        for (number, row) in rows.enumerated() {
            let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, let grade = Double(fields[2].trimmingCharacters(in: .whitespaces)) else {
                // The first line holds the names of the columns.
                if number == 0, fields.count == 3 { continue }
                throw fault("\(judgements)/\(name)", "line \(number + 1) is not: query, document, grade")
            }
            // A document that the corpus lacks cannot be found, and counts as missed.
            let place = set.path(of: String(fields[1])) ?? "absent/\(fields[1])"
            if grade > 0 { grades[String(fields[0]), default: [:]][place] = grade }
        }
        for query: QueryLine in try lines(of: folder + "/queries.jsonl") {
            if let grades = grades[query._id] { set.questions.append(Question(query.text, grades: grades)) }
        }
        return try set.checked(folder)
    }

    /// The objects of a file with one JSON object a line.
    private static func lines<Line: Decodable>(of path: String) throws -> [Line] {
        let data = try PipelineError.contents(of: path)
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            if line.allSatisfy({ $0 <= 0x20 }) { return nil }
            guard let object = try? decoder.decode(Line.self, from: line) else {
                throw fault(path, "line \(number + 1) is no JSON object with _id and text")
            }
            return object
        }
    }

    /// The text of a file in UTF-8; bytes that are not UTF-8 are replaced.
    static func text(of path: String) throws -> String {
        String(decoding: try PipelineError.contents(of: path), as: UTF8.self)
    }
}
