import Foundation
import Retrieval

/// An error of indexing, of a pipeline file or of a generator. Errors of other modules pass through as they are.
package struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    package enum Code: Sendable, Equatable {
        case badPipeline
        case badQuestions
        case generator
        case rootsDiffer
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

extension PipelineError {
    /// The bytes of a file that the user named.
    static func contents(of path: String, _ code: Code) throws(PipelineError) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw PipelineError(
                code, path, "cannot be read (\(ErrorText.reason(of: error)))", remedy: "check the path and its permissions")
        }
    }
}
