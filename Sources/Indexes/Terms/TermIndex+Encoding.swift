import Algorithms

extension TermParts {
    /// Codes the terms of documents.
    ///
    /// - Returns: the parts, and the bytes of each unit's coded sets.
    static func encoded(_ documents: [EncodedDocument], prior: TermPrior) -> (parts: TermParts, setLengths: [Int]) {
        let contents = SegmentTerms(documents, prior)
        var counts = contents.counts
        let sets = (0..<contents.units.count).map { unit in
            var coder = BitEncoder()
            var incidence = IncidenceCoder(prior.statistics.incidence)
            let (flags, terms, tokens) = contents.incidence(of: unit)
            _ = incidence.code(flags, terms: terms, tokens: tokens, with: &coder)
            return coder.finish()
        }
        var bits = BitWriter()
        for group in contents.lists.chunks(ofCount: TermCounts.groupSize) {
            for list in group { AscendingList.write(list, below: contents.units.count, to: &bits) }
            bits.endByte()
            counts.listOffsets.append(bits.bytes.count)
        }
        let blocks = contents.numbering.local.flatMap {
            LocalTerms.encoded($0, statistics: prior.statistics)
        }
        for block in blocks { counts.blockOffsets.append(counts.blockOffsets[counts.blockOffsets.count - 1] + block.count) }
        let leads = MixedLeads(contents.numbering.local[LocalTerms.Kind.mixed.rawValue], prior: prior)
        let codedLeads = leads.encoded
        (counts.leadCount, counts.leadBytes) = (leads.count, codedLeads.count)
        let coded = counts.encoded(prior: prior)
        let lexicon = Array(UInt64(coded.count).littleEndianBytes.prefix(4)) + coded + codedLeads + blocks.joined()
        return (TermParts(lexicon: lexicon, lists: bits.bytes, sets: Array(sets.joined())), sets.map(\.count))
    }

    /// Calls `body` with what is coded of each unit of some documents.
    static func eachUnit(
        of documents: [EncodedDocument], _ prior: TermPrior, _ body: ([[Bool]], [IncidenceCommonness], [Int32]) -> Void
    ) {
        let contents = SegmentTerms(documents, prior)
        for unit in 0..<contents.units.count {
            let (flags, terms, tokens) = contents.incidence(of: unit)
            body(flags, terms, tokens)
        }
    }
}

/// The terms of some documents: by number, by unit and by passage.
private struct SegmentTerms {
    let passages: [EncodedPassage]
    let units: Units
    let numbering: TermNumbering
    /// How many units and passages hold each term.
    let counts: TermCounts
    /// For each term the units that hold it.
    let lists: [[UInt32]]
    /// For each unit its terms, ascending.
    private let terms: [[UInt32]]
    /// For each passage its terms, ascending.
    private let numbers: [[UInt32]]

    init(_ documents: [EncodedDocument], _ prior: TermPrior) {
        let passages = documents.flatMap(\.passages)
        let units = Units(passageCounts: documents.lazy.map(\.passages.count))
        let numbering = TermNumbering(passages, prior)
        let numbers = passages.map { numbering.numbers(of: $0.terms) }
        var counts = numbering.counts
        var lists = [[UInt32]](repeating: [], count: counts.count)
        terms = (0..<units.count).map { unit in
            let terms = Array(numbers[units.passages(of: unit)].joined().sorted().uniqued())
            for term in terms { lists[Int(term)].append(UInt32(unit)) }
            return terms
        }
        counts.passages = Array(repeating: 0, count: counts.count)
        for term in numbers.joined() { counts.passages[Int(term)] += 1 }
        counts.units = lists.map { UInt32($0.count) }
        self.passages = passages
        self.units = units
        self.numbering = numbering
        self.numbers = numbers
        self.counts = counts
        self.lists = lists
    }

    /// What is coded of a unit: for each passage a flag for each term, what the lexicon says of the terms, and the tokens of
    /// the passages.
    func incidence(of unit: Int) -> (flags: [[Bool]], terms: [IncidenceCommonness], tokens: [Int32]) {
        let range = units.passages(of: unit)
        let terms = terms[unit]
        let common = terms.map { term in
            IncidenceCommonness(
                units: Int(counts.units[Int(term)]), passages: Int(counts.passages[Int(term)]), of: units.count)
        }
        return (
            range.map { flags(of: numbers[$0], among: terms) }, common, range.map { Int32(passages[$0].tokenCount) }
        )
    }

    /// For each of some ascending terms whether a passage with ascending terms holds it.
    private func flags(of held: [UInt32], among terms: [UInt32]) -> [Bool] {
        var next = 0
        return terms.map { term in
            guard next < held.count, held[next] == term else { return false }
            next += 1
            return true
        }
    }
}

/// The terms of some passages, numbered as `TermCounts` says.
struct TermNumbering {
    private(set) var counts = TermCounts()
    /// The terms that the base lexicon lacks, kind by kind.
    private(set) var local: [[[UInt8]]] = []
    private var number: [[UInt8]: UInt32] = [:]

    init(_ passages: [EncodedPassage], _ prior: TermPrior) {
        var entries = LocalTerms.Kind.allCases.map { _ in [LocalTerms.Entry]() }
        for term in Set(passages.lazy.flatMap(\.terms)) {
            if let position = prior.position(of: term) {
                counts.base.append(UInt32(position))
            } else {
                let kind = LocalTerms.Kind(of: term, prior)
                entries[kind.rawValue].append(LocalTerms.Entry(term, kind, prior))
            }
        }
        counts.base.sort()
        local = entries.map { $0.sorted { $0.precedes($1) }.map(\.term) }
        counts.local = local.map(\.count)
        number.reserveCapacity(counts.count)
        for (i, position) in counts.base.enumerated() { number[prior.terms[Int(position)]] = UInt32(i) }
        for (i, term) in local.joined().enumerated() { number[term] = UInt32(counts.base.count + i) }
    }

    /// The numbers of the distinct terms of a passage, ascending.
    func numbers(of terms: TermList) -> [UInt32] { Array(terms.compactMap { number[$0] }.sorted().uniqued()) }
}
