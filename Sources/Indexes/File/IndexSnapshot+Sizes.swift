import GRDB

/// The bytes of an index file by what they hold; they add up to its size.
public struct IndexSizes: Sendable, Equatable {
    /// What the entropy coder had left to say of the text.
    public var residual = 0
    /// Terms of each segment, with their frequencies.
    public var lexicon = 0
    /// Which passage holds which terms.
    public var sets = 0
    /// Dense codes of passages.
    public var memory = 0
    /// Lengths of passages, residuals and texts.
    public var passages = 0
    /// Hashes, titles, dense codes of documents.
    public var documents = 0
    /// Where passages stand in their sources.
    public var spans = 0
    /// What turns texts into source files again.
    public var originals = 0
    /// Paths and states of sources.
    public var sources = 0
    /// Model, settings, adapter.
    public var meta = 0
    /// Pages that hold nothing; `compact` gives them back.
    public var free = 0
    /// What the database needs for itself, and what is left over in its pages.
    public var overhead = 0

    /// The inverted index: lexicon and sets.
    public var words: Int { lexicon + sets }

    public var total: Int {
        residual + words + memory + passages + documents + spans + originals + sources + meta + free + overhead
    }
}

extension IndexSnapshot {
    /// The bytes of the file by what they hold.
    public func sizes() throws -> IndexSizes {
        try connection.run { db in
            func sum(_ column: String, _ table: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT COALESCE(SUM(\(column)), 0) FROM \(table)") ?? 0
            }
            func integer(_ column: String) -> String {
                "CASE WHEN \(column) BETWEEN -128 AND 127 THEN 1 WHEN \(column) BETWEEN -32768 AND 32767 THEN 2 "
                    + "WHEN \(column) BETWEEN -8388608 AND 8388607 THEN 3 "
                    + "WHEN \(column) BETWEEN -2147483648 AND 2147483647 THEN 4 "
                    + "WHEN \(column) BETWEEN -140737488355328 AND 140737488355327 THEN 6 ELSE 8 END"
            }
            let pageSize = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            var sizes = IndexSizes()
            sizes.residual = try sum("LENGTH(residual)", "segment")
            sizes.lexicon = try sum("LENGTH(lexicon)", "segment")
            sizes.sets = try sum("LENGTH(sets)", "segment")
            sizes.memory = try sum("LENGTH(memory)", "segment")
            sizes.passages = try sum("LENGTH(passages)", "segment")
            sizes.documents = try sum("LENGTH(documents)", "segment")
            sizes.spans = try sum("LENGTH(spans)", "segment")
            sizes.originals = try sum("LENGTH(bytes)", "original")
            sizes.sources = try sum(
                "12 + LENGTH(path) + COALESCE(LENGTH(hash), 0) + COALESCE(LENGTH(CAST(media AS BLOB)), 0) "
                    + "+ COALESCE(LENGTH(CAST(reason AS BLOB)), 0) + \(integer("size")) + \(integer("modified")) "
                    + "+ CASE WHEN content IS NULL THEN 0 ELSE \(integer("content")) END", "source")
            sizes.meta = try sum("LENGTH(CAST(key AS BLOB)) + LENGTH(value)", "meta")
            sizes.free = pageSize * (try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0)
            sizes.overhead = pageSize * pages - sizes.total
            return sizes
        }
    }

    /// Reads and decodes everything there is and returns what does not match; empty for a sound index.
    public func verifyStructure() -> [IndexError] {
        var found: [IndexError] = []
        func check(_ body: () throws -> Void) {
            do {
                try body()
            } catch let error as IndexError {
                found.append(error)
            } catch {
                found.append(IndexError.damaged("\(error)", in: connection.path))
            }
        }
        check {
            let report = try connection.run { try String.fetchAll($0, sql: "PRAGMA integrity_check(8)") }
            if report != ["ok"] {
                throw IndexError.damaged("database (\(report.joined(separator: ", ")))", in: connection.path)
            }
        }
        for (id, directory) in directories.sorted(by: { $0.key < $1.key }) {
            check { _ = try segment(id) }
            check { _ = try connection.spans(of: id, directory) }
            for (ordinal, entry) in directory.entries.enumerated() {
                let content = ContentID(segment: id, ordinal: ordinal)
                check { _ = try connection.original(of: content, length: entry.originalLength) }
            }
        }
        return found
    }
}
