/// A segment decoded: its terms, which passages hold them, and each passage's codes, numbers and residual.
///
/// Terms and passages are numbered from zero. Immutable; decoding 4 MB of text takes some tenths of a second.
public final class Segment: Sendable {
    public let id: Int
    /// The bytes of each passage's dense code.
    public let memorySize: Int
    /// The dense codes of all passages, one after the other.
    public let memory: [UInt8]
    private let base: BaseLexicon
    private let lexicon: Lexicon
    private let sets: WordSets
    private let columns: PassageColumns
    private let residuals: [UInt8]
    /// Literal terms by what they fold to, ascending.
    private let folded: [(form: [UInt8], term: UInt32)]

    /// Decodes the parts of a segment, already freed of their checksums.
    init(
        id: Int, parts: [SegmentPart: [UInt8]], directory: DocumentDirectory, memorySize: Int, base: BaseLexicon
    ) throws {
        self.id = id
        self.memorySize = memorySize
        self.base = base
        let count = directory.passageCount
        guard memorySize <= MemoryColumns.sizeLimit else { throw DamagedPart(.memory) }
        memory = try MemoryColumns.decoded(parts[.memory] ?? [], count: count, size: memorySize)
        columns = try PassageColumns(decoding: parts[.passages] ?? [], count: count)
        residuals = parts[.residual] ?? []
        guard columns.residualOffsets[count] == residuals.count else { throw DamagedPart(.residual) }
        lexicon = try Lexicon(
            decoding: parts[.lexicon] ?? [], lexicon: base, documentCount: directory.entries.count)
        sets = try WordSets(
            decoding: parts[.sets] ?? [], directory: directory, columns: columns, lexicon: lexicon)
        var folded: [(form: [UInt8], term: UInt32)] = []
        for (i, term) in lexicon.local.enumerated() where term.contains(where: { $0 >= 0x80 || 0x41...0x5a ~= $0 }) {
            let form = base.fold(term)
            if form != term { folded.append((form, UInt32(lexicon.base.count + i))) }
        }
        self.folded = folded.sorted { $0.form.lexicographicallyPrecedes($1.form) }
    }

    public var passageCount: Int { columns.tokenCounts.count }

    public var termCount: Int { lexicon.count }

    /// The spelling of a term.
    public func term(_ term: Int) -> [UInt8] {
        term < lexicon.base.count ? base.words[Int(lexicon.base[term])] : lexicon.local[term - lexicon.base.count]
    }

    /// The passages that hold a term, ascending.
    public func postings(_ term: Int) -> ArraySlice<UInt32> { sets.passages(of: term) }

    /// The terms of a passage, ascending.
    public func terms(of passage: Int) -> ArraySlice<UInt32> { sets.terms(of: passage) }

    /// The spellings of a passage's terms, in ascending order of their bytes.
    public func words(of passage: Int) -> [[UInt8]] {
        terms(of: passage).map { term(Int($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    public func residual(of passage: Int) -> ArraySlice<UInt8> {
        residuals[columns.residualOffsets[passage]..<columns.residualOffsets[passage + 1]]
    }

    public func memory(of passage: Int) -> ArraySlice<UInt8> {
        memory[passage * memorySize..<(passage + 1) * memorySize]
    }

    public func tokenCount(of passage: Int) -> Int { Int(columns.tokenCounts[passage]) }

    public func byteCount(of passage: Int) -> Int { Int(columns.byteCounts[passage]) }

    public func coding(of passage: Int) -> UInt8 { columns.codings[passage] }
}

extension Segment {
    /// The term spelled `word`, if the segment has it.
    public func position(of word: [UInt8]) -> Int? {
        if let position = base.position(of: word) {
            let i = lexicon.base.partitioningIndex { $0 >= UInt32(position) }
            return i < lexicon.base.count && Int(lexicon.base[i]) == position ? i : nil
        }
        let i = lexicon.local.partitioningIndex { !$0.lexicographicallyPrecedes(word) }
        return i < lexicon.local.count && lexicon.local[i] == word ? lexicon.base.count + i : nil
    }

    /// The terms that a folded word stands for: the one equal to it, and the literal forms that fold to it.
    public func terms(matching word: [UInt8]) -> [Int] {
        var result = position(of: word).map { [$0] } ?? []
        var i = folded.partitioningIndex { !$0.form.lexicographicallyPrecedes(word) }
        while i < folded.count, folded[i].form == word {
            result.append(Int(folded[i].term))
            i += 1
        }
        return result
    }
}

extension Array {
    /// The first index whose element satisfies a predicate that holds from some index on.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
