import Synchronization

/// A segment that is searched where it lies: what a question does not ask for stays coded.
///
/// Terms, passages and units are numbered from zero. The term sets serve twice: the lists of terms are the inverted index,
/// and the decoder of a passage needs the terms of the passage. Opening a segment decodes the numbers of its passages and of
/// its terms.
package final class Segment: Sendable {
    /// The number of the segment, which no other segment has or had.
    package let id: Int
    /// The bytes of the memory code of each passage.
    package let memorySize: Int
    /// The memory codes of all passages, then those of the sections of all documents.
    private let memory: [UInt8]
    /// Tells the segment from another one of its number: a hash of the coded numbers of its passages.
    let fingerprint: UInt64
    private let index: TermIndex
    private let columns: PassageColumns
    /// Pieces of the residuals that were read, by their numbers.
    private let residuals = Mutex<[Int: [UInt8]]>([:])
    /// The pieces that stay read, at most.
    private static let mostPieces = 4
    /// The file, for messages.
    private let path: String

    /// Opens the parts of a segment of a file, whose checksums were compared and removed. Residuals are read later.
    /// - Throws: `DamagedPart`. Later calls throw `IndexError`.
    init(
        id: Int, parts: [SegmentPart: [UInt8]], directory: DocumentDirectory, memorySize: Int, prior: TermPrior, path: String
    ) throws {
        self.id = id
        self.path = path
        self.memorySize = memorySize
        let units = directory.units
        let count = directory.passageCount
        memory = parts[.memory] ?? []
        guard memorySize <= SegmentLimits.codeBytes, memory.count == count * memorySize + directory.memoryLength else {
            throw DamagedPart(.memory)
        }
        fingerprint = Segment.fingerprint(parts[.passages] ?? [])
        columns = try PassageColumns(decoding: parts[.passages] ?? [], units)
        index = try TermIndex(
            TermParts(
                lexicon: parts[.lexicon] ?? [], lists: parts[.termLists] ?? [], sets: parts[.termSets] ?? []),
            units: units, tokens: columns.tokenCounts, setLengths: columns.setLengths, prior: prior)
    }

    static func fingerprint(_ passages: [UInt8]) -> UInt64 { checksum(passages) }

    /// Decodes everything that opening the segment did not.
    package func check() throws { try named { try index.check() } }

    /// Adds the segment and the file to an error about a damaged part.
    private func named<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let damage as DamagedPart {
            throw IndexError.damaged("\(damage.part.name) of segment \(id)", in: path)
        }
    }
}

// MARK: Passages

extension Segment {
    /// The passages of the segment.
    package var passageCount: Int { columns.tokenCounts.count }

    /// The bytes of the residuals of all passages.
    var residualLength: Int { columns.residualOffsets[passageCount] }

    /// The residual of a passage.
    ///
    /// - Parameter read: reads a piece of the segment's residuals.
    package func residual(of passage: Int, reading read: (_ piece: Int) throws -> [UInt8]) throws -> ArraySlice<UInt8> {
        let range = columns.residualOffsets[passage]..<columns.residualOffsets[passage + 1]
        guard !range.isEmpty else { return [] }
        return try named { try residuals(in: range, reading: read) }
    }

    private func residuals(in range: Range<Int>, reading read: (Int) throws -> [UInt8]) throws -> ArraySlice<UInt8> {
        let pieces = range.lowerBound / ResidualPiece.size...(range.upperBound - 1) / ResidualPiece.size
        let parts = try pieces.map { number in
            let whole = ResidualPiece(segment: id, number: number).range(of: residualLength)
            let part = range.clamped(to: whole)
            return try piece(number, length: whole.count, read)[
                part.lowerBound - whole.lowerBound..<part.upperBound - whole.lowerBound]
        }
        return parts.count == 1 ? parts[0] : ArraySlice(parts.joined())
    }

    private func piece(_ number: Int, length: Int, _ read: (Int) throws -> [UInt8]) throws -> [UInt8] {
        if let piece = residuals.withLock({ $0[number] }) { return piece }
        let piece = try read(number)
        guard piece.count == length else { throw DamagedPart(.residual) }
        residuals.withLock { kept in
            if kept.count >= Segment.mostPieces { kept = [:] }
            kept[number] = piece
        }
        return piece
    }

    /// The packed memory codes of all passages, one after the other.
    package var passageMemory: ArraySlice<UInt8> { memory[..<(passageCount * memorySize)] }

    /// The packed memory code of a passage.
    package func memory(of passage: Int) -> ArraySlice<UInt8> {
        memory[passage * memorySize..<(passage + 1) * memorySize]
    }

    /// Packed memory codes of sections, by their place among those of all documents (`StoredDocument.memory`).
    func sectionMemory(_ bytes: Range<Int>) -> ArraySlice<UInt8> {
        let start = passageCount * memorySize
        return memory[start + bytes.lowerBound..<start + bytes.upperBound]
    }

    /// The tokens of a passage.
    package func tokenCount(of passage: Int) -> Int { Int(columns.tokenCounts[passage]) }

    /// The length of a passage in bytes.
    package func byteCount(of passage: Int) -> Int { Int(columns.byteCounts[passage]) }

    /// The number of the way in which the residual of a passage is coded.
    package func coding(of passage: Int) -> UInt8 { columns.codings[passage] }
}

// MARK: Terms

extension Segment {
    /// The distinct terms of the segment.
    package var termCount: Int { index.counts.count }

    /// The term with a number.
    package func term(_ number: Int) throws -> [UInt8] { try named { try index.term(number) } }

    /// The terms that the base lexicon has, by their positions in it, ascending.
    var basePositions: [UInt32] { index.counts.base }

    /// The terms of a kind that the base lexicon lacks and whose keys begin with some bytes, in order.
    func terms(_ kind: LocalTerms.Kind, beginningWith start: [UInt8]) throws -> [[UInt8]] {
        try named { try index.terms(kind, beginningWith: start) }
    }

    /// The mixed terms of which a folded word is a part, in order.
    func mixedTerms(withPart word: [UInt8]) throws -> [[UInt8]] { try named { try index.mixedTerms(withPart: word) } }

    /// The mixed terms with a key, in order.
    func mixedTerms(withKey key: [UInt8]) throws -> [[UInt8]] { try named { try index.mixedTerms(withKey: key) } }

    /// The accented and the mixed terms of other scripts than the Latin one, kind by kind.
    func foreignTerms() throws -> [[UInt8]] { try named { try index.foreignTerms() } }

    /// The number of a term; nil for a term that the segment does not have.
    package func number(of term: [UInt8]) throws -> Int? { try named { try index.number(of: term) } }

    /// The numbers of the terms that match a folded term: the term itself, and all forms that fold to it.
    package func numbers(matching term: [UInt8]) throws -> [Int] {
        try named { try index.numbers(matching: term) }
    }

    /// The passages that hold a term, dead ones too.
    func passageCount(holding number: Int) -> Int { Int(index.counts.passages[number]) }

    /// The passages that hold the term with a number, ascending. Decodes all units that hold the term.
    package func postings(_ number: Int) throws -> [UInt32] {
        let units = try units(holding: [[UInt32(number)]]).map(Int.init)
        let sets = try self.sets(of: units)
        return units.flatMap { unit -> [UInt32] in
            guard let sets = sets[unit], let place = sets.place(of: UInt32(number)) else { return [] }
            let range = index.units.passages(of: unit)
            return range.indices.filter { sets.holds(place, passage: $0 - range.lowerBound) }.map(UInt32.init)
        }
    }

    /// The units of the segment.
    var units: Units { index.units }

    /// The units that hold one of the forms of each of some terms, ascending; a form is a term by its number.
    func units(holding terms: [[UInt32]]) throws -> [UInt32] {
        var found: [UInt32]?
        for forms in terms {
            let units = try forms.map { form in try named { try index.units(of: Int(form)) } }
            let union = units.count == 1 ? units[0] : Set(units.joined()).sorted()
            found =
                found.map { held in
                    let other = Set(union)
                    return held.filter(other.contains)
                } ?? union
        }
        return found ?? []
    }

    /// The term sets of some units. Those of `expected` may be asked for next.
    func sets(of units: [Int], expected: [Int] = []) throws -> [Int: UnitSets] {
        try named { try index.sets(of: units, expected: expected) }
    }

    /// The numbers of the terms of some passages, ascending.
    package func termNumbers(of passages: [Int]) throws -> [[UInt32]] {
        let units = passages.map(index.units.unit)
        let sets = try self.sets(of: Array(Set(units)))
        return zip(passages, units).map { passage, unit in
            sets[unit]?.terms(of: passage - Int(index.units.starts[unit])) ?? []
        }
    }

    /// The terms of some passages, each in ascending order of their bytes, as the decoder needs them.
    package func terms(of passages: [Int]) throws -> [[[UInt8]]] {
        try termNumbers(of: passages).map { numbers in
            try numbers.map { try term(Int($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
        }
    }

    /// The terms of a passage in ascending order of their bytes.
    package func terms(of passage: Int) throws -> [[UInt8]] { try terms(of: [passage])[0] }
}
