/// An error about an operation as a whole. Errors of `Corpora`, `Indexes` and `Memory` pass through as they are.
public struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    public enum Code: Sendable, Equatable {
        case modelMissing, wrongText, exists, unwritable, badPipeline, badQuestions, generator
        case rootsDiffer
        case noSuchDocument, ambiguousDocument, noSuchPassage
    }
    public let code: Code
    /// The thing, the fact about it, and what to do.
    public let subject: String, fact: String, remedy: String

    public init(_ code: Code, _ subject: String, _ fact: String, remedy: String) {
        self.code = code
        self.subject = subject
        self.fact = fact
        self.remedy = remedy
    }

    public var description: String { "\(subject): \(fact); \(remedy)" }
}
