/// An error of opening, reading or exporting an index. Errors of `Corpora`, `Indexes` and `Memory` pass through as they are.
package struct RetrievalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    package enum Code: Sendable, Equatable {
        case modelMissing
        case wrongText
        case exists
        case unwritable
        case noSuchDocument
        case ambiguousDocument
        case noSuchPassage
    }

    package let code: Code
    /// The thing.
    package let subject: String
    /// The fact about the thing.
    package let fact: String
    /// What to do.
    package let remedy: String

    package init(_ code: Code, _ subject: String, _ fact: String, remedy: String) {
        self.code = code
        self.subject = subject
        self.fact = fact
        self.remedy = remedy
    }

    package var description: String { "\(subject): \(fact); \(remedy)" }
}
