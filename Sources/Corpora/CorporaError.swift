import SystemPackage

/// An error about a corpus as a whole. Why one file is not read is a `Refusal`.
package struct CorporaError: Error, Sendable, Equatable {
    /// The kinds of errors.
    package enum Code: Sendable, Equatable {
        /// There is nothing at the corpus root.
        case rootMissing
        /// The corpus root cannot be opened or read.
        case rootUnreadable(Refusal)
        /// The corpus root is neither a folder nor a file.
        case rootUnsupported
        /// The corpus root is a folder without any files.
        case rootEmpty
        /// The folder holds files, but the filters exclude or the walk skips every one of them.
        case nothingSelected(LeftOut, skipped: Int)
        /// A glob pattern is malformed.
        case badPattern(PatternFault)
        /// The text cannot be encoded in the encoding of its file.
        case notEncodable(TextEncoding)
        /// A worker process cannot be started.
        case workerUnavailable(Errno)
    }

    /// What is wrong with a glob pattern.
    package enum PatternFault: Sendable, Equatable {
        case empty
        case endsInBackslash
        case openBracket
        /// A pattern that takes back matches of patterns before it, and is the first one.
        case takesNothingBack
    }

    /// What went wrong.
    package let code: Code
    /// The path, pattern or program that the error is about.
    package let subject: String

    /// An error about a subject.
    package init(_ code: Code, subject: String) {
        self.code = code
        self.subject = subject
    }
}
