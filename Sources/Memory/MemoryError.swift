/// An error about a model file, or about codes that the model cannot read. A front end adds the remedy by the code.
package struct MemoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of error, with the facts of each.
    package enum Code: Sendable, Equatable {
        /// The file cannot be opened or read; the payload is the system's reason.
        case unreadable(String)
        /// The file is not a safetensors file; the payload says where the file departs from the format.
        case notSafeTensors(String)
        /// The file has no such tensor.
        case tensorMissing(String)
        /// A tensor has another element type than the format says.
        case tensorType(String, found: String, expected: String)
        /// A tensor has another shape than the format says.
        case tensorShape(String, found: [Int], expected: [Int])
        /// A tensor or an entry of the metadata has values that make no sense; the payload says which and why.
        case invalid(String)
        /// Somebody has written to the file since it was opened.
        case changed
        /// The codes of a passage do not decode; the payload says where.
        case damaged(String)
    }

    /// What went wrong.
    package let code: Code
    /// The path of the file, or the passage.
    package let subject: String

    /// An error about a subject.
    package init(_ code: Code, subject: String) {
        self.code = code
        self.subject = subject
    }

    /// The thing and the fact on one line.
    package var description: String {
        switch code {
        case .unreadable(let reason): "\(subject): cannot be read (\(reason))"
        case .notSafeTensors(let fact): "\(subject): not a safetensors file (\(fact))"
        case .tensorMissing(let name): "\(subject): has no tensor \(name)"
        case .tensorType(let name, let found, let expected): "\(subject): tensor \(name) is \(found), not \(expected)"
        case .tensorShape(let name, let found, let expected):
            "\(subject): tensor \(name) has shape \(found), not \(expected)"
        case .invalid(let fact): "\(subject): \(fact)"
        case .changed: "\(subject): was written to while it was in use"
        case .damaged(let fact): "\(subject): damaged codes (\(fact))"
        }
    }
}
