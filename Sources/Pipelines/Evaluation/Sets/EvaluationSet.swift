import Foundation

/// Documents with questions about them, and what is known of the answers.
package struct EvaluationSet: Sendable {
    /// A text with the name of its file.
    package struct Document: Sendable, Equatable {
        /// The path of the file that the text is indexed from.
        package let path: String
        /// The text of the file.
        package let text: String
    }

    /// The name of the set, for people.
    package let name: String
    /// The documents.
    package internal(set) var documents: [Document] = []
    /// The questions. They name documents by path.
    package internal(set) var questions: [Question] = []
    /// The path of each document by the bytes of the identifier that the set gives it.
    private var paths: [[UInt8]: String] = [:]
    private var taken: Set<String> = []

    init(name: String) { self.name = name }

    /// The path of the document with an identifier; nil where the set has no such document.
    func path(of identifier: String) -> String? { paths[Array(identifier.utf8)] }

    /// Adds a document. Its file is named by its identifier, as far as a file can be; the first document of an identifier
    /// stays.
    ///
    /// - Parameter title: stands above the text, unless the text begins with it.
    mutating func add(_ identifier: String, title: String = "", text: String) {
        guard path(of: identifier) == nil else { return }
        let path = freeName(for: identifier)
        paths[Array(identifier.utf8)] = path
        let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
        let hasTitle = title.isEmpty || text.drop { $0.isWhitespace }.hasPrefix(title)
        documents.append(Document(path: path, text: hasTitle ? text : title + "\n\n" + text))
    }

    /// A file name for an identifier: at most 100 letters, digits, dots and dashes, and no name twice.
    private mutating func freeName(for identifier: String) -> String {
        let plain = identifier.unicodeScalars.map {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "." ? Character($0) : "_"
        }
        // The files of a system differ by bytes, and some letters have two forms: precomposed ones are compared here.
        var stem = String(String(plain).precomposedStringWithCanonicalMapping.prefix(60))
        while stem.utf8.count > 100 { stem.removeLast() }
        if stem.isEmpty || stem.hasPrefix(".") { stem = "_" + stem }
        var name = stem + ".txt"
        var number = 1
        while !taken.insert(name).inserted {
            number += 1
            name = "\(stem)-\(number).txt"
        }
        return name
    }

    /// Refuses a set without documents or questions.
    func checked(_ path: String) throws -> EvaluationSet {
        if documents.isEmpty { throw EvaluationSet.fault(path, "holds no document", .empty) }
        if questions.isEmpty { throw EvaluationSet.fault(path, "holds no question", .empty) }
        return self
    }

    static func fault(_ path: String, _ fact: String, _ fault: QuestionFault = .wrongForm) -> PipelineError {
        PipelineError(.badQuestions(fault), subject: path, fact: fact)
    }
}
