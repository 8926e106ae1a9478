import Foundation

extension EvaluationSet {
    /// One entry of a SMART file: `.I` with its number, then fields by letter.
    private struct Entry {
        let number: String
        var fields: [Character: String] = [:]
    }

    /// A folder in the form of the SMART collections: documents (`*.all`, `*.all.1400`), queries (`*.qry`) and judgements
    /// (`*qrel` or `*.rel`).
    package static func smart(_ folder: String) throws -> EvaluationSet {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        func file(_ what: String, _ isOne: (String) -> Bool) throws -> String {
            guard let name = names.first(where: { isOne($0.lowercased()) }) else {
                throw fault(folder, "holds no file of \(what)")
            }
            return folder + "/" + name
        }
        let documents = try file("documents (.all)") { $0.hasSuffix(".all") || $0.contains(".all.") }
        let queries = try file("queries (.qry)") { $0.hasSuffix(".qry") }
        let judgements = try file("judgements (.rel or qrel)") { $0.hasSuffix(".rel") || $0.hasSuffix("qrel") }

        var set = EvaluationSet(name: URL(fileURLWithPath: folder).lastPathComponent)
        for entry in try entries(of: documents) {
            let text = (entry.fields["W"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            set.add(entry.number, title: entry.fields["T"] ?? "", text: text)
        }
        let asked = try entries(of: queries)
        let grades = try relations(judgements, set)
        // Some collections judge queries by their place in the file, others by their number.
        let numbers = Set(asked.map(\.number))
        let byNumber = grades.keys.allSatisfy { numbers.contains($0) }
        for (place, entry) in asked.enumerated() {
            guard let grades = grades[byNumber ? entry.number : "\(place + 1)"] else { continue }
            let text = (entry.fields["W"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            set.questions.append(Question(text, grades: grades))
        }
        return try set.checked(folder)
    }

    private static func entries(of path: String) throws -> [Entry] {
        var entries: [Entry] = []
        var field: Character?
        for line in try text(of: path).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix(".I ") {
                entries.append(Entry(number: plain(line.dropFirst(3))))
                field = nil
            } else if let letter = mark(line) {
                field = letter
            } else if let field, !entries.isEmpty {
                let text = entries[entries.count - 1].fields[field]
                entries[entries.count - 1].fields[field] = text.map { $0 + "\n" + String(line) } ?? String(line)
            }
        }
        guard !entries.isEmpty else { throw fault(path, "is not a file in the SMART form (.I, .T, .W)") }
        return entries
    }

    /// The letter of a line that begins a field: `.W`; nil for any other line.
    private static func mark(_ line: Substring) -> Character? {
        let letters = line.dropFirst()
        guard line.first == ".", let letter = letters.first, letter.isASCII, letter.isUppercase else { return nil }
        return letters.dropFirst().allSatisfy(\.isWhitespace) ? letter : nil
    }

    /// The relevant documents of each query. Rows are query, document, code; or query, 0, document, code as in TREC; or
    /// query, document, 0, number. A code of 0 or less means that the document is not relevant. Codes of collections go in
    /// different directions, so all relevant documents are worth the same.
    private static func relations(_ path: String, _ set: EvaluationSet) throws -> [String: [String: Double]] {
        var grades: [String: [String: Double]] = [:]
        for (number, line) in try text(of: path).split(whereSeparator: \.isNewline).enumerated() {
            let fields = line.split(whereSeparator: \.isWhitespace)
            let isTREC = fields.count == 4 && fields[1] == "0" && !fields[3].contains(".")
            guard fields.count >= 2, fields.allSatisfy({ Double($0) != nil }) else {
                throw fault(path, "line \(number + 1) is not: query, document, code")
            }
            let code = isTREC ? fields[3] : fields.count == 3 ? fields[2] : "1"
            let document = plain(isTREC ? fields[2] : fields[1])
            guard (Double(code) ?? 0) > 0 else { continue }
            grades[plain(fields[0]), default: [:]][set.path(of: document) ?? "absent/\(document)"] = 1
        }
        return grades
    }

    /// A number without zeros before it.
    private static func plain(_ number: Substring) -> String {
        let digits = number.drop { $0.isWhitespace || $0 == "0" }
        return digits.isEmpty ? "0" : String(digits).trimmingCharacters(in: .whitespaces)
    }
}
