import Foundation
import Retrieval

/// Why a pipeline, an evaluation or a generator failed: the thing and the fact. A front end adds the remedy by the code.
///
/// Errors of other modules pass through as they are.
package struct PipelineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    package enum Code: Sendable, Equatable {
        /// A file that the user named cannot be read.
        case unreadable
        /// A file that the user named cannot be written.
        case unwritable
        /// A pipeline file is wrong.
        case badPipeline(PipelineFault)
        /// A file of questions is wrong.
        case badQuestions(QuestionFault)
        /// A generator cannot be asked, or its answer is of no use.
        case generator(GeneratorFault)
        /// An index does not say what it was made from.
        case originUnknown
    }

    /// What went wrong.
    package let code: Code
    /// The thing.
    package let subject: String
    /// The fact about the thing.
    package let fact: String

    /// An error about a subject, which is a file or a server.
    package init(_ code: Code, subject: String, fact: String) {
        self.code = code
        self.subject = subject
        self.fact = fact
    }

    /// The subject and the fact.
    package var description: String { "\(subject): \(fact)" }
}

/// What is wrong with a pipeline file.
package enum PipelineFault: Sendable, Equatable {
    case notText
    case empty
    case notYAML
    /// There is no key `sources.roots`.
    case noRoots
    /// There is no key `index`.
    case noIndex
    /// A generator lacks its URL or its model.
    case noServer
    /// An entry of `questions` lacks the question.
    case noQuestion
    /// A value is no mapping with these keys.
    case notMapping(keys: [String])
    /// A key is none of these.
    case unknownKey(known: [String])
    case notList
    case notString
    case notBoolean
    case notNumber(ClosedRange<Int>)
    case notSize
}

/// What is wrong with a file of questions.
package enum QuestionFault: Sendable, Equatable {
    /// The file is no JSON array of questions.
    case notQuestions
    /// A file is not in the form of its set of questions.
    case wrongForm
    /// The file holds no question.
    case empty
    /// A question names a document that the index does not hold.
    case unknownDocument
}

/// What is wrong with a generator.
package enum GeneratorFault: Sendable, Equatable {
    /// The environment variable of the API key is not set.
    case keyMissing
    /// The address is no http or https address.
    case badAddress
    case cannotConnect
    /// The exchange failed in another way than the connection.
    case exchangeFailed
    case noAnswerInTime
    case answerTooLong
    case redirect
    /// The server does not accept the API key.
    case unauthorised
    /// The server does not know the address.
    case notFound
    /// The server answered with another status than success.
    case status(Int)
    case notJSON
    /// The JSON of the answer is not that of a chat completion.
    case noContent
    case emptyAnswer
}

extension PipelineError {
    /// The bytes of a regular file that the user named. At anything else a reader could wait for ever.
    static func contents(of path: String) throws(PipelineError) -> Data {
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
            throw PipelineError(.unreadable, subject: path, fact: "is no regular file")
        }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw PipelineError(.unreadable, subject: path, fact: "cannot be read (\(ErrorText.reason(of: error)))")
        }
    }
}
