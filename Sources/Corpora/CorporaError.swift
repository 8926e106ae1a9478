/// An error about a corpus as a whole; what befalls one file is an `Extraction`.
public struct CorporaError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The facts that a caller can tell apart.
    public enum Code: Sendable, Equatable {
        /// There is nothing at the corpus root.
        case rootMissing
        /// The corpus root cannot be opened; the payload is the system's reason.
        case rootUnreadable(String)
        /// The corpus root is neither a folder nor a file.
        case rootUnsupported
        /// The corpus root is a folder without any files.
        case rootEmpty
        /// The folder holds files, and none of them is left after filters and skips.
        case nothingSelected(excluded: Int, skipped: Int)
        /// A glob pattern is malformed; the payload says how.
        case badPattern(String)
        /// The text does not encode back to the form in which its file was stored.
        case notEncodable(TextEncoding)
        /// A worker process cannot be started; the payload is the system's reason.
        case workerUnavailable(String)
    }

    /// What went wrong.
    public let code: Code
    /// The path or pattern that it went wrong with.
    public let subject: String

    /// An error about a subject.
    public init(_ code: Code, subject: String) {
        self.code = code
        self.subject = subject
    }

    /// The thing, the fact and the remedy on one line.
    public var description: String {
        switch code {
        case .rootMissing: "\(subject): no such file or folder; check the path"
        case .rootUnreadable(let reason): "\(subject): cannot be read (\(reason)); check its permissions"
        case .rootUnsupported: "\(subject): is neither a folder nor a regular file; name a folder or a file"
        case .rootEmpty: "\(subject): is an empty folder; put files into it or name another one"
        case .nothingSelected(let excluded, let skipped):
            "\(subject): no file is left to read (\(excluded) excluded, \(skipped) skipped); "
                + "loosen --include, --exclude, .gitignore or --hidden"
        case .badPattern(let fact): "\(subject): not a glob pattern (\(fact)); correct it"
        case .notEncodable(let encoding):
            "\(subject): does not encode as \(encoding.rawValue); the stored form and the text do not belong together"
        case .workerUnavailable(let reason):
            "\(subject): the extraction worker does not start (\(reason)); check that the program can be run"
        }
    }
}
