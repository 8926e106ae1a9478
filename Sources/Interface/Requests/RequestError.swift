import Console
import Indexes
import Retrieval

/// Why a request is not answered, in words for people.
package struct RequestError: Error, Sendable, Equatable {
    /// The facts that a client can tell apart.
    package enum Code: String, Sendable {
        /// The request is malformed, or a value of it makes no sense.
        case badRequest = "bad_request"
        /// The request has a field that is not known.
        case unknownField = "unknown_field"
        /// The thing that is asked for does not exist.
        case notFound = "not_found"
        /// Several documents have this name.
        case ambiguous
        /// Too many questions wait already.
        case busy
        /// The work was given up because nobody waits for it.
        case cancelled
        /// The index or the model cannot be read.
        case unavailable
    }

    package let code: Code
    /// The thing, the fact and the remedy.
    package let message: String
    /// The field that is wrong, where it is one.
    package let field: String?

    package init(_ code: Code, _ message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }

    /// Any error as a client is told it.
    package init(_ error: any Error) {
        switch error {
        case let error as RequestError: self = error
        case let error as RetrievalError:
            let words = Printable.line(Remedies.describe(error))
            switch error.code {
            case .noSuchDocument(let near):
                // Clients have no command line, and where the index lies is no matter of theirs.
                let remedy =
                    near.isEmpty
                    ? "list the documents to see the paths" : "did you mean \(near.joined(separator: " or "))?"
                self.init(.notFound, Printable.line("\(error.subject): no document has this path; \(remedy)"))
            case .noSuchPassage, .noSuchPart: self.init(.notFound, words)
            case .ambiguousDocument: self.init(.ambiguous, words)
            case .badFilter: self.init(.badRequest, words)
            default: self.init(.unavailable, words)
            }
        case is CancellationError: self.init(.cancelled, "the client has gone")
        default: self.init(.unavailable, Printable.line(ReasonText.describe(error) ?? Remedies.describe(error)))
        }
    }

    /// A text of a client on one short line.
    static func quoted(_ text: String) -> String { "“\(Printable.line(text, atMost: 60))”" }
}
