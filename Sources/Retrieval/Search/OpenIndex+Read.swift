import Memory

extension OpenIndex {
    /// The reader was trained on questions. A query of fewer terms than this is a search for words.
    private static let fewestTermsToRead = 3

    /// Passages that are read at a time: two where one of the first two usually answers, then four. The numbers are the same on
    /// every machine, so that results are.
    private static let firstRound = 2
    private static let laterRounds = 4

    /// The first passages are read together with the question, those near the first one, and ordered by the score that
    /// results. Passages that are not read follow in their order.
    ///
    /// Reading ends where hardly anything that the reader could say of another passage would bring it before the best one. Without a margin
    /// it does not end before: answers compare what the reader says of each.
    ///
    /// - Parameter margin: how far behind the first one a passage may be and still be read; infinite for no margin.
    func read(_ ranked: [ScoredPassage], _ query: Query, limit: Int, margin: Double) throws -> [ScoredPassage] {
        guard model.reader != nil, limit > 0, !ranked.isEmpty, query.terms.count >= Self.fewestTermsToRead else {
            return ranked
        }
        let question = pool.withCodec { $0.encoding?.tokens(of: query.text) ?? [] }
        let least = ranked[0].explanation.total - margin
        var open = ranked.prefix(limit).prefix { $0.explanation.total >= least }
        var read: [ScoredPassage] = []
        var best = -Double.infinity
        while let next = open.first, margin == .infinity || next.explanation.mostWithReader > best {
            let round = open.prefix(read.isEmpty ? Self.firstRound : Self.laterRounds)
            open = open.dropFirst(round.count)
            read += try self.read(round, question: question, among: ranked)
            best = read.lazy.map(\.explanation.total).max() ?? best
        }
        return read.sorted { ($0.explanation.total, $1.id) > ($1.explanation.total, $0.id) } + ranked[read.count...]
    }

    /// What the reader says of some passages.
    private func read(
        _ passages: ArraySlice<ScoredPassage>, question: [UInt16], among ranked: [ScoredPassage]
    ) throws -> [ScoredPassage] {
        let read = Array(passages)
        let titles = try titles(of: passages, among: ranked)
        // The longest first: what one thread does alone at the end is short.
        let order = read.indices.sorted { (read[$1].text.count, $0) < (read[$0].text.count, $1) }
        let found = try pool.map(order.count) { codec, place in
            codec.encoding.flatMap {
                let i = order[place]
                return $0.read(question: question, title: $0.tokens(of: Array(titles[i].utf8)), passage: read[i].text)
            }
        }
        var readings = [Reading?](repeating: nil, count: read.count)
        for (i, reading) in zip(order, found) { readings[i] = reading }
        return zip(read, readings).map { passage, reading in reading.map { passage.read($0) } ?? passage }
    }
}

extension OpenIndex {
    /// What the reader is told of the place of each passage: the title of the document and the headings above.
    private func titles(of passages: ArraySlice<ScoredPassage>, among ranked: [ScoredPassage]) throws -> [String] {
        let known = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.text) })
        return zip(passages, try headings(above: passages.map(\.id), known: known)).map { passage, above in
            ([snapshot.document(of: passage.id)?.shownTitle ?? ""] + above).joined(separator: " ")
        }
    }
}

extension ScoredPassage {
    /// The passage with what the reader found.
    func read(_ reading: Reading) -> ScoredPassage {
        var passage = ScoredPassage(
            id: id, text: text, matched: matched, explanation: explanation.with(reader: Double(reading.relevance)))
        passage.reading = reading
        return passage
    }
}
