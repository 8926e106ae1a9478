extension Reason {
    private enum Key {
        static let number = "n"
        static let details = "d"
    }

    /// Reads a stored reason; nil for bytes that are no record, or one with a field of another kind.
    ///
    /// Unknown fields stay in the row, which is not written again while its file and its reason are the same.
    package init?(bytes: [UInt8]) {
        guard var record = Record(bytes: bytes) else { return nil }
        var number = 0
        var details: [String] = []
        guard record.take(Key.number, \.integer, into: &number), record.take(Key.details, \.texts, into: &details) else {
            return nil
        }
        self.init(number, details)
    }

    /// The reason as it is stored.
    package var bytes: [UInt8] {
        var record = Record()
        if number != 0 { record[Key.number] = .integer(Int64(number)) }
        if !details.isEmpty { record[Key.details] = .texts(details) }
        return record.bytes
    }
}

extension [Reason] {
    private static var key: String { "notes" }

    /// Reads the stored notes of an indexed file; nil for bytes that are no such record.
    package init?(bytes: [UInt8]) {
        guard var record = Record(bytes: bytes), let stored = record.take(Self.key)?.list else { return nil }
        let notes = stored.compactMap { $0.bytes.flatMap { Reason(bytes: $0) } }
        guard notes.count == stored.count else { return nil }
        self = notes
    }

    /// The notes as they are stored: a list of stored reasons.
    package var bytes: [UInt8] { Record([Self.key: .list(map { .bytes($0.bytes) })]).bytes }
}
