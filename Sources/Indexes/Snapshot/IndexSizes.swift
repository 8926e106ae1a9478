import GRDB

/// The bytes of an index file by their contents. They add up to the size of the file.
package struct IndexSizes: Sendable, Equatable {
    /// Residuals.
    package var residual = 0
    /// The terms of each segment, with their counts.
    package var lexicon = 0
    /// The term sets of passages.
    package var termSets = 0
    /// Memory codes of passages and sections.
    package var memory = 0
    /// Lengths of passages, residuals and texts.
    package var passages = 0
    /// Hashes, titles and lengths of documents.
    package var documents = 0
    /// Spans.
    package var spans = 0
    /// Originals.
    package var originals = 0
    /// Paths and states of sources.
    package var sources = 0
    /// Model, options, tallies.
    package var meta = 0
    /// Empty pages; `compact` gives them back.
    package var free = 0
    /// What the database needs for itself, and the unused rest of its pages.
    package var overhead = 0

    /// The inverted index: lexicon and term sets.
    package var terms: Int { lexicon + termSets }

    /// The sum of all parts.
    package var total: Int {
        residual + terms + memory + passages + documents + spans + originals + sources + meta + free + overhead
    }
}

extension IndexSnapshot {
    /// The bytes of the file by their contents.
    package func sizes() throws -> IndexSizes {
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
            sizes.residual = try sum("LENGTH(bytes)", "residual")
            sizes.lexicon = try sum("LENGTH(lexicon)", "segment")
            sizes.termSets = try sum("LENGTH(term_lists) + LENGTH(term_sets)", "segment")
            sizes.memory = try sum("LENGTH(memory)", "segment")
            sizes.passages = try sum("LENGTH(passages)", "segment")
            sizes.documents = try sum("LENGTH(documents)", "segment")
            sizes.spans = try sum("LENGTH(spans)", "segment")
            sizes.originals = try sum("LENGTH(bytes)", "original")
            sizes.sources = try sum(
                "12 + LENGTH(path) + COALESCE(LENGTH(hash), 0) + COALESCE(LENGTH(CAST(media AS BLOB)), 0) "
                    + "+ COALESCE(LENGTH(reason), 0) + \(integer("size")) "
                    + "+ CASE WHEN modified IS NULL THEN 0 ELSE \(integer("modified")) END "
                    + "+ CASE WHEN document IS NULL THEN 0 ELSE \(integer("document")) END", "source")
            sizes.meta = try sum("LENGTH(CAST(key AS BLOB)) + LENGTH(value)", "meta")
            sizes.free = pageSize * (try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0)
            sizes.overhead = pageSize * pages - sizes.total
            return sizes
        }
    }
}
