/// Why an index could not be opened, read or exported: the thing and the fact. A front end adds the remedy by the code.
///
/// Errors of `Corpora`, `Indexes` and `Memory` pass through as they are.
package struct RetrievalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    package enum Code: Sendable, Equatable {
        /// No model file is named, and none is in the places of the default model.
        case modelMissing
        /// A repair could not save the text of a file.
        case lostText
        /// The target of an export is a file.
        case targetIsFile
        /// The target of an export is a folder that holds files.
        case targetNotEmpty
        /// The target of an export is a folder that cannot be written to.
        case targetNotWritable
        /// A stored path leads out of the target of an export.
        case pathOutside
        /// A symbolic link below the target of an export leads out of the target.
        case linkOutside
        /// No document has this name; `near` are paths that resemble the name.
        case noSuchDocument(near: [String])
        /// Several documents have paths that end in this name.
        case ambiguousDocument
        /// The document has only so many passages.
        case noSuchPassage(count: Int)
        /// The document has only so many lines or pages, or none.
        case noSuchPart(count: Int)
        /// A condition of a search names no date.
        case badDate
        /// A condition of a search is no pattern of paths.
        case badPattern
    }

    /// What went wrong.
    package let code: Code
    /// The thing.
    package let subject: String
    /// The fact about the thing.
    package let fact: String

    /// An error about a subject, which is a file or a document.
    package init(_ code: Code, subject: String, fact: String) {
        self.code = code
        self.subject = subject
        self.fact = fact
    }

    /// The subject and the fact.
    package var description: String { "\(subject): \(fact)" }
}

extension RetrievalError.Code {
    /// Asks whether one of the nearest documents was meant; nil where none is near.
    package var suggestion: String? {
        guard case .noSuchDocument(let near) = self, !near.isEmpty else { return nil }
        return "did you mean \(near.joined(separator: " or "))?"
    }
}
