import Console
import Corpora
import Indexes
import Pipelines
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
    ///
    /// Clients have no command line, and where the index lies is no matter of theirs: they are told the fact, and what they
    /// can do. `Remedies` has the words for who runs the server.
    package init(_ error: any Error) {
        switch error {
        case let error as RequestError: self = error
        case let error as RetrievalError: self.init(error)
        case is CancellationError: self.init(.cancelled, "the client has gone")
        case let error as PipelineError where error.isOfGenerator:
            self.init(.unavailable, "the language model that writes answers fails: \(error.fact)", remedy: .retry)
        case let error as IndexError where error.code == .writerBusy:
            self.init(.unavailable, "the index is being written by another process", remedy: .retry)
        case let error as IndexError where error.code == .readOnly || error.code == .diskFull:
            self.init(.unavailable, "the index cannot be written", remedy: .owner)
        case let error as IndexError: self.init(.unavailable, "the index cannot be read: \(error.fact)", remedy: .owner)
        case is ModelError: self.init(.unavailable, "the index cannot be read with its model", remedy: .owner)
        case IndexingError.allGone, IndexingError.rootEmpty, IndexingError.noKnownFile:
            self.init(.unavailable, "the folders of the index hold none of its files any more", remedy: .allowEmpty)
        case let error as CorporaError where error.code == .rootMissing:
            self.init(.unavailable, "a folder of the index is not there", remedy: .putBack)
        case is IndexingError, is CorporaError:
            self.init(.unavailable, "the folders of the index cannot be read", remedy: .owner)
        default: self.init(.unavailable, ErrorText.reason(of: error), remedy: .owner)
        }
    }

    private init(_ error: RetrievalError) {
        switch error.code {
        case .noSuchDocument:
            let remedy = error.code.suggestion ?? "list the documents to see the paths"
            self.init(.notFound, Printable.line("\(error.subject): no document has this path; \(remedy)"))
        case .noSuchPassage, .noSuchPart: self.init(.notFound, Remedies.line(error))
        case .ambiguousDocument: self.init(.ambiguous, Remedies.line(error))
        case .badDate, .badPattern: self.init(.badRequest, Remedies.line(error))
        default: self.init(.unavailable, error.fact, remedy: .owner)
        }
    }

    /// What a client can do where the request is right and the answer cannot be had.
    private enum Remedy: String {
        case retry = "try again in a moment"
        case owner = "whoever runs the server finds the remedy in its log"
        case putBack = "put it back, or have its documents removed where the server runs"
        case allowEmpty = "pass \"allowEmpty\": true to remove their documents, or wait until the files are back"
    }

    private init(_ code: Code, _ fact: String, remedy: Remedy) {
        self.init(code, Printable.line("\(fact); \(remedy.rawValue)"))
    }

    /// A text of a client on one short line.
    static func quoted(_ text: String) -> String { "“\(Printable.line(text, atMost: 60))”" }
}

extension PipelineError {
    package var isOfGenerator: Bool {
        if case .generator = code { return true }
        return false
    }
}
