import Memory

extension OpenIndex {
    /// For each word of a query that the index lacks, words of the index that are spelled alike.
    package func suggestions(for query: Query) throws -> [Correction] {
        let words = try words.gathered()
        var expansion = Expansion(snapshot, table: words.table, fields: words.fields)
        return try query.words.compactMap { word in
            guard try expansion.count(word) == 0 else { return nil }
            let plain = expansion.forms.plain(word)
            let near = try expansion.alike(plain, Script(of: word), atMost: max(1, min(3, plain.count / 3)))
            let used = near.prefix(2).map { String(decoding: $0.term, as: UTF8.self) }
            return used.isEmpty ? nil : Correction(word: String(decoding: word, as: UTF8.self), used: used)
        }
    }
}
