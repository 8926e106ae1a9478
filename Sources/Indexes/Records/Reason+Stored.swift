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
