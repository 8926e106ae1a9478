import Indexes
import Memory
import Synchronization

/// The words of an index, of its texts and of its names and titles. They are gathered when a query is first read, and kept.
final class IndexWords: Sendable {
    private let snapshot: IndexSnapshot
    private let kept = Mutex<(fields: DocumentFields, table: TermTable)?>(nil)

    init(_ snapshot: IndexSnapshot) { self.snapshot = snapshot }

    /// The words of names and titles, and those of texts.
    func gathered() throws -> (fields: DocumentFields, table: TermTable) {
        try kept.withLock { kept in
            if let kept { return kept }
            let fields = Deferred { [snapshot] in DocumentFields(snapshot) }
            fields.prepare()
            let table = try TermTable(snapshot, fields: fields)
            let made = (fields: fields.value, table: table)
            kept = made
            return made
        }
    }
}
