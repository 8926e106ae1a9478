/// Why a file is not indexed: a number that its writer gave a meaning, with the details that belong to it.
///
/// An index stores no sentence: words for people are made where they are shown, in any language and with any remedy.
package struct Reason: Sendable, Hashable {
    /// The kind of reason. `Indexes` gives a meaning to `Reason.lostText` alone; all others belong to the reader of files.
    package let number: Int
    /// The details of the kind, in its order: a limit, a file's kind, the system's own word.
    package let details: [String]

    /// A reason of a kind.
    package init(_ number: Int, _ details: [String] = []) {
        self.number = number
        self.details = details
    }

    /// The text of the file was lost when the index was damaged; the next refresh reads the file again.
    package static let lostText = Reason(1)
}
