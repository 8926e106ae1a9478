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

/// What an index keeps of an indexed file beside its document.
package struct StoredRemarks: Sendable, Equatable {
    /// What was not read of the file.
    package var notes: [Reason]
    /// The date that the document states of itself.
    package var date: String?
    /// The fields of later versions.
    private var unknown = Record()

    /// Remarks from their parts.
    package init(notes: [Reason] = [], date: String? = nil) {
        self.notes = notes
        self.date = date
    }

    private enum Key {
        static let notes = "notes"
        static let date = "date"
    }

    /// Reads stored remarks; nil for bytes that are no such record.
    package init?(bytes: [UInt8]) {
        var stored: [Record.Value] = []
        guard let record = Record(bytes: bytes), !record.fields.isEmpty else { return nil }
        unknown = record
        guard unknown.take(Key.notes, \.list, into: &stored), unknown.take(Key.date, \.text, into: &date) else { return nil }
        notes = stored.compactMap { $0.bytes.flatMap { Reason(bytes: $0) } }
        guard notes.count == stored.count else { return nil }
    }

    /// The remarks as they are stored; empty without any.
    package var bytes: [UInt8] {
        var record = unknown
        if !notes.isEmpty { record[Key.notes] = .list(notes.map { .bytes($0.bytes) }) }
        if let date { record[Key.date] = .text(date) }
        return record.bytes
    }
}
