extension IndexSnapshot {
    /// One of several indexes that are looked at as one.
    ///
    /// Its paths begin with its label. Its segments have numbers of their own among those of all members.
    struct Member: Sendable {
        /// Segments of one file have smaller numbers than this.
        private static let stride = 1 << 32

        let snapshot: IndexSnapshot
        /// Ends with "/".
        let label: String
        let position: Int

        /// The number that a segment of this member has among those of all members.
        func number(ofSegment segment: Int) -> Int { position * Member.stride + segment }
        /// The number that a segment has in its own file.
        func segment(ofNumber number: Int) -> Int { number % Member.stride }
        /// The member that has a segment.
        static func position(ofSegment number: Int) -> Int { number / stride }

        private func named(_ id: DocumentID) -> DocumentID {
            DocumentID(segment: number(ofSegment: id.segment), ordinal: id.ordinal)
        }

        func named(_ document: StoredDocument) -> StoredDocument {
            StoredDocument(
                id: named(document.id), paths: document.paths.map { label + $0 }, title: document.title,
                mediaType: document.mediaType, byteLength: document.byteLength, textHash: document.textHash,
                memory: document.memory, passages: document.passages)
        }

        func named(_ source: Source) -> Source {
            var source = source
            source.path = label + source.path
            if case .indexed(let id, let hash, let mediaType) = source.state {
                source.state = .indexed(named(id), hash: hash, mediaType: mediaType)
            }
            return source
        }

        func reopened() throws -> Member { Member(snapshot: try snapshot.reopened(), label: label, position: position) }
    }

    /// Several indexes as one, with common statistics. Each has a label, which its paths begin with.
    ///
    /// - Throws: `IndexError` where an index has another model or base lexicon than the first one.
    package static func joining(_ indexes: [(label: String, snapshot: IndexSnapshot)]) throws -> IndexSnapshot {
        guard let first = indexes.first?.snapshot else { preconditionFailure("no index to join") }
        for (_, snapshot) in indexes.dropFirst() {
            try snapshot.header.check(first.header.model, first.lexicon, path: snapshot.connection.path)
        }
        return IndexSnapshot(
            members: indexes.enumerated().map { Member(snapshot: $1.snapshot, label: $1.label + "/", position: $0) })
    }

    /// What each of several joined indexes says of itself, with the label that its paths begin with; empty for one index.
    package var memberHeaders: [(label: String, header: IndexHeader)] { members.map { ($0.label, $0.snapshot.header) } }

    /// Where a segment is stored, and its number there.
    func place(ofSegment number: Int) -> (connection: Connection, segment: Int) {
        guard !members.isEmpty else { return (connection, number) }
        let member = members[Member.position(ofSegment: number)]
        return (member.snapshot.connection, member.segment(ofNumber: number))
    }
}
