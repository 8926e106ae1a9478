import Algorithms

/// A decoded segment: its terms, the passages that hold them, and the memory code, numbers and residual of each passage.
///
/// Terms and passages are numbered from zero. The term sets serve twice: turned round they are the inverted index, and the
/// decoder of a passage needs the terms of the passage. Decoding 4 MB of text takes some tenths of a second.
package final class Segment: Sendable {
    /// The number of the segment, which no other segment has or had.
    package let id: Int
    /// The bytes of the memory code of each passage.
    package let memorySize: Int
    /// The memory codes of all passages, one after the other.
    package let memory: [UInt8]
    private let prior: TermPrior
    private let lexicon: SegmentLexicon
    private let termSets: TermSets
    private let columns: PassageColumns
    private let residuals: [UInt8]
    /// Terms of unusual case with their folded forms, ascending by form.
    private let folded: [(form: [UInt8], number: UInt32)]

    /// Decodes the parts of a segment, whose checksums were compared and removed.
    init(
        id: Int, parts: [SegmentPart: [UInt8]], directory: DocumentDirectory, memorySize: Int, prior: TermPrior
    ) throws {
        self.id = id
        self.memorySize = memorySize
        self.prior = prior
        let count = directory.passageCount
        guard memorySize <= MemoryColumns.sizeLimit else { throw DamagedPart(.memory) }
        memory = try MemoryColumns.decoded(parts[.memory] ?? [], count: count, size: memorySize)
        columns = try PassageColumns(decoding: parts[.passages] ?? [], count: count)
        residuals = parts[.residual] ?? []
        guard columns.residualOffsets[count] == residuals.count else { throw DamagedPart(.residual) }
        lexicon = try SegmentLexicon(
            decoding: parts[.lexicon] ?? [], prior: prior, documentCount: directory.entries.count)
        termSets = try TermSets(
            decoding: parts[.termSets] ?? [], directory: directory, columns: columns, lexicon: lexicon)
        var folded: [(form: [UInt8], number: UInt32)] = []
        for (i, term) in lexicon.local.enumerated() where term.contains(where: { $0 >= 0x80 || 0x41...0x5a ~= $0 }) {
            let form = prior.fold(term)
            if form != term { folded.append((form, UInt32(lexicon.base.count + i))) }
        }
        self.folded = folded.sorted { $0.form.lexicographicallyPrecedes($1.form) }
    }

    /// The passages of the segment.
    package var passageCount: Int { columns.tokenCounts.count }

    /// The distinct terms of the segment.
    package var termCount: Int { lexicon.count }

    /// The term with a number.
    package func term(_ number: Int) -> [UInt8] {
        number < lexicon.base.count ? prior.terms[Int(lexicon.base[number])] : lexicon.local[number - lexicon.base.count]
    }

    /// The terms that the base lexicon has, by their positions in it, ascending.
    var basePositions: [UInt32] { lexicon.base }

    /// The terms that the base lexicon lacks, ascending.
    var localTerms: [[UInt8]] { lexicon.local }

    /// The passages that hold the term with a number, ascending.
    package func postings(_ number: Int) -> ArraySlice<UInt32> { termSets.passages(of: number) }

    /// The numbers of the terms of a passage, ascending.
    package func termNumbers(of passage: Int) -> ArraySlice<UInt32> { termSets.terms(of: passage) }

    /// The terms of a passage in ascending order of their bytes, as the decoder needs them.
    package func terms(of passage: Int) -> [[UInt8]] {
        termNumbers(of: passage).map { term(Int($0)) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The residual of a passage.
    package func residual(of passage: Int) -> ArraySlice<UInt8> {
        residuals[columns.residualOffsets[passage]..<columns.residualOffsets[passage + 1]]
    }

    /// The packed memory code of a passage.
    package func memory(of passage: Int) -> ArraySlice<UInt8> {
        memory[passage * memorySize..<(passage + 1) * memorySize]
    }

    /// The tokens of a passage.
    package func tokenCount(of passage: Int) -> Int { Int(columns.tokenCounts[passage]) }

    /// The length of a passage in bytes.
    package func byteCount(of passage: Int) -> Int { Int(columns.byteCounts[passage]) }

    /// The number of the way in which the residual of a passage is coded.
    package func coding(of passage: Int) -> UInt8 { columns.codings[passage] }
}

extension Segment {
    /// The number of a term; nil for a term that the segment does not have.
    package func number(of term: [UInt8]) -> Int? {
        if let position = prior.position(of: term) {
            let i = lexicon.base.partitioningIndex { $0 >= UInt32(position) }
            return i < lexicon.base.count && Int(lexicon.base[i]) == position ? i : nil
        }
        let i = lexicon.local.partitioningIndex { !$0.lexicographicallyPrecedes(term) }
        return i < lexicon.local.count && lexicon.local[i] == term ? lexicon.base.count + i : nil
    }

    /// The numbers of the terms that match a folded term: the term itself, and all forms that fold to it.
    package func numbers(matching term: [UInt8]) -> [Int] {
        var result = number(of: term).map { [$0] } ?? []
        var i = folded.partitioningIndex { !$0.form.lexicographicallyPrecedes(term) }
        while i < folded.count, folded[i].form == term {
            result.append(Int(folded[i].number))
            i += 1
        }
        return result
    }
}
