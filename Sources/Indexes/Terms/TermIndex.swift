import Algorithms
import Synchronization

/// The terms of a segment and the passages that hold them, decoded where a question asks for them.
///
/// A list leads from each term to its units. A unit's term sets are decoded from the terms whose lists have the unit: one
/// scan of all lists finds the terms of as many units as are asked for.
final class TermIndex: Sendable {
    let counts: TermCounts
    let units: Units
    private let prior: TermPrior
    private let local: LocalTerms
    private let lists: [UInt8]
    private let sets: [UInt8]
    /// Where the coded sets of each unit start, and where the last ones end.
    private let setOffsets: [Int]
    /// The tokens of each passage of the segment.
    private let tokens: [Int32]
    private let kept = Mutex(Kept())

    private struct Kept {
        var blocks: [Int: [LocalTerms.Entry]] = [:]
        var units: [Int: UnitSets] = [:]
        /// The terms of units that a scan found and that were not decoded yet.
        var terms: [Int: [UInt32]] = [:]
        /// The first term of each block that a search for a term looked at.
        var firsts: [Int: LocalTerms.Entry] = [:]
        /// The numbers of terms that were asked for; nil for terms that the segment lacks.
        var numbers: [[UInt8]: Int?] = [:]
    }

    /// The blocks, units and numbers of terms that stay decoded, at most.
    private static let mostBlocks = 2048
    private static let mostUnits = 256
    private static let mostNumbers = 8192
    /// The units that are decoded together where texts are read one after the other.
    private static let readAhead = 32

    /// Opens the parts of a segment.
    init(_ parts: TermParts, units: Units, tokens: [Int32], setLengths: [Int], prior: TermPrior) throws {
        guard parts.lexicon.count >= 4 else { throw DamagedPart(.lexicon) }
        let size = Int(UInt64(littleEndianBytes: parts.lexicon[..<4]))
        guard 4 + size <= parts.lexicon.count else { throw DamagedPart(.lexicon) }
        counts = try TermCounts(
            decoding: Array(parts.lexicon[4..<4 + size]), prior: prior, units: units.count, passages: tokens.count)
        guard counts.listOffsets[counts.groupCount] == parts.lists.count else { throw DamagedPart(.termLists) }
        var offsets = [0]
        for length in setLengths { offsets.append(offsets[offsets.count - 1] + length) }
        guard offsets[units.count] == parts.sets.count else { throw DamagedPart(.termSets) }
        local = try LocalTerms(parts.lexicon, from: 4 + size, counts: counts, prior: prior)
        setOffsets = offsets
        lists = parts.lists
        sets = parts.sets
        self.units = units
        self.tokens = tokens
        self.prior = prior
    }
}

/// The parts of a segment that hold its terms.
struct TermParts {
    var lexicon: [UInt8]
    var lists: [UInt8]
    var sets: [UInt8]
}

/// The term sets of the passages of a unit.
struct UnitSets: Sendable {
    /// The terms of the unit, ascending.
    let terms: [UInt32]
    /// For each passage the places of its terms in `terms`, ascending.
    let passages: [[Int32]]

    /// The terms of a passage of the unit, ascending.
    func terms(of passage: Int) -> [UInt32] { passages[passage].map { terms[Int($0)] } }

    /// The place of a term in `terms`; nil where the unit lacks the term.
    func place(of term: UInt32) -> Int32? {
        let i = terms.partitioningIndex { $0 >= term }
        return i < terms.count && terms[i] == term ? Int32(i) : nil
    }

    /// The passages of the unit, numbered from 0, that hold one form of each of some terms; a form is a term by its number.
    func passages(holding terms: [[UInt32]]) -> [Int] {
        let places = terms.map { forms in forms.compactMap { place(of: $0) } }
        guard places.allSatisfy({ !$0.isEmpty }) else { return [] }
        return passages.indices.filter { passage in
            places.allSatisfy { forms in forms.contains { holds($0, passage: passage) } }
        }
    }

    /// Whether a passage of the unit holds the term at a place.
    func holds(_ place: Int32, passage: Int) -> Bool {
        let places = passages[passage]
        let i = places.partitioningIndex { $0 >= place }
        return i < places.count && places[i] == place
    }
}

// MARK: Terms

extension TermIndex {
    /// The term with a number.
    func term(_ number: Int) throws -> [UInt8] {
        if number < counts.base.count { return prior.terms[Int(counts.base[number])] }
        let (block, offset) = local.block(ofTerm: number - counts.base.count)
        return try entries(ofBlock: block)[offset].term
    }

    /// The number of a term; nil for a term that the segment does not have.
    func number(of term: [UInt8]) throws -> Int? {
        if let position = prior.position(of: term) { return number(ofBase: UInt32(position)) }
        if let known = kept.withLock({ $0.numbers[term] }) { return known }
        let number = try localNumber(of: term)
        kept.withLock { kept in
            if kept.numbers.count >= TermIndex.mostNumbers { kept.numbers = [:] }
            kept.numbers[term] = .some(number)
        }
        return number
    }

    private func number(ofBase position: UInt32) -> Int? {
        let i = counts.base.partitioningIndex { $0 >= position }
        return i < counts.base.count && counts.base[i] == position ? i : nil
    }

    private func localNumber(of term: [UInt8]) throws -> Int? {
        let kind = LocalTerms.Kind(of: term, prior)
        let entry = LocalTerms.Entry(term, kind, prior)
        guard let block = try lastBlock(of: kind, where: { !entry.precedes($0) }),
            let place = try place(of: entry, in: block)
        else { return nil }
        return counts.base.count + local.place(of: block) + place
    }

    private func place(of entry: LocalTerms.Entry, in block: Int) throws -> Int? {
        guard let entries = kept.withLock({ $0.blocks[block] }) else { return try local.place(of: entry, in: block) }
        return entries.firstIndex { $0.term == entry.term }
    }

    /// The last block of a kind whose first term is one of those that come first, and for which `isBefore` holds.
    private func lastBlock(of kind: LocalTerms.Kind, where isBefore: (LocalTerms.Entry) -> Bool) throws -> Int? {
        let blocks = local.blocks(of: kind)
        var low = blocks.lowerBound
        var high = blocks.upperBound
        while low < high {
            let middle = (low + high) / 2
            if isBefore(try first(ofBlock: middle)) { low = middle + 1 } else { high = middle }
        }
        return low > blocks.lowerBound ? low - 1 : nil
    }

    private func first(ofBlock block: Int) throws -> LocalTerms.Entry {
        if let first = kept.withLock({ $0.firsts[block] }) { return first }
        let first = try local.first(of: block)
        kept.withLock { $0.firsts[block] = first }
        return first
    }

    /// The numbers of the terms that match a folded term: the term itself, and all forms that fold to it.
    func numbers(matching term: [UInt8]) throws -> [Int] {
        var result = try number(of: term).map { [$0] } ?? []
        result += prior.mixedPositions(foldingTo: term).compactMap(number(ofBase:))
        try eachMixedTerm(withKey: prior.key(term)) { mixed, place in
            if prior.fold(mixed) == term { result.append(counts.base.count + place) }
        }
        return result
    }

    /// The mixed terms with a key, in order.
    func mixedTerms(withKey key: [UInt8]) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        try eachMixedTerm(withKey: key) { term, _ in found.append(term) }
        return found
    }

    /// Calls `body` with each mixed term of a key, and with its place among the local terms.
    private func eachMixedTerm(withKey key: [UInt8], _ body: ([UInt8], Int) -> Void) throws {
        for block in local.mixedBlocks(with: key) where try mayHold(key, block) {
            let place = local.place(of: block)
            for (i, entry) in try entries(ofBlock: block).enumerated() where entry.key == key { body(entry.term, place + i) }
        }
    }

    /// Whether a mixed term with a key may stand in a block: not where all keys of the block come before or after it.
    private func mayHold(_ key: [UInt8], _ block: Int) throws -> Bool {
        if key.lexicographicallyPrecedes(try first(ofBlock: block).key) { return false }
        guard block + 1 < local.blocks(of: .mixed).upperBound else { return true }
        return !(try first(ofBlock: block + 1).key.lexicographicallyPrecedes(key))
    }

    /// The terms of a kind whose keys begin with some bytes, in order. Where that is all of them, none is kept.
    func terms(_ kind: LocalTerms.Kind, beginningWith start: [UInt8]) throws -> [[UInt8]] {
        if start.isEmpty {
            let blocks = local.blocks(of: kind)
            return try concurrently(blocks.count) { try local.block(blocks.lowerBound + $0) }.flatMap { $0.map(\.term) }
        }
        var found: [[UInt8]] = []
        try eachTerm(of: kind, from: start) { entry, _ in
            guard entry.key.starts(with: start) else { return false }
            found.append(entry.term)
            return true
        }
        return found
    }

    /// The mixed terms of which a folded word is a part, in order.
    func mixedTerms(withPart word: [UInt8]) throws -> [[UInt8]] {
        try local.mixedBlocks(with: word).flatMap { block in
            try entries(ofBlock: block).map(\.term).filter { prior.parts($0).contains(word) }
        }
    }

    /// The accented and the mixed terms whose keys begin with a byte outside ASCII, kind by kind: those of other scripts than the
    /// Latin one.
    func foreignTerms() throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        for kind in [LocalTerms.Kind.accented, .mixed] {
            try eachTerm(of: kind, from: [0x80]) { entry, _ in
                found.append(entry.term)
                return true
            }
        }
        return found
    }

    /// Calls `body` with each term of a kind whose key is not before another one, and with its place among the local terms, as
    /// long as `body` returns true.
    private func eachTerm(
        of kind: LocalTerms.Kind, from key: [UInt8], _ body: (LocalTerms.Entry, Int) throws -> Bool
    ) throws {
        let all = local.blocks(of: kind)
        let first = try lastBlock(of: kind) { $0.key.lexicographicallyPrecedes(key) } ?? all.lowerBound
        for block in first..<all.upperBound {
            let place = local.place(of: block)
            for (i, entry) in try entries(ofBlock: block).enumerated() where !entry.key.lexicographicallyPrecedes(key) {
                guard try body(entry, place + i) else { return }
            }
        }
    }

    private func entries(ofBlock block: Int) throws -> [LocalTerms.Entry] {
        if let entries = kept.withLock({ $0.blocks[block] }) { return entries }
        let entries = try local.block(block)
        kept.withLock { kept in
            if kept.blocks.count >= TermIndex.mostBlocks { kept.blocks = [:] }
            kept.blocks[block] = entries
        }
        return entries
    }
}

// MARK: Units

extension TermIndex {
    /// The units that hold the term with a number, ascending.
    func units(of number: Int) throws -> [UInt32] {
        let group = number / TermCounts.groupSize
        var result: [UInt32] = []
        try lists.withUnsafeBufferPointer { bytes in
            var bits = BitReader(bytes, at: counts.listOffsets[group])
            for term in group * TermCounts.groupSize...number {
                result.removeAll(keepingCapacity: true)
                try read(term, from: &bits, into: &result)
            }
        }
        return result
    }

    @inline(__always)
    private func read(_ term: Int, from bits: inout BitReader, into list: inout [UInt32]) throws {
        guard AscendingList.read(Int(counts.units[term]), below: units.count, from: &bits, into: &list) else {
            throw DamagedPart(.termLists)
        }
    }

    /// The term sets of some units.
    ///
    /// - Parameter expected: units that may be asked for next. Where a scan is needed, it finds their terms too.
    func sets(of wanted: some Sequence<Int>, expected: some Sequence<Int> = []) throws -> [Int: UnitSets] {
        var found: [Int: UnitSets] = [:]
        var missing: Set<Int> = []
        kept.withLock { kept in
            for unit in wanted {
                if let sets = kept.units[unit] { found[unit] = sets } else { missing.insert(unit) }
            }
        }
        guard let first = missing.min() else { return found }
        // Who reads a text from its start wants the next units too, and one scan finds the terms of all.
        kept.withLock { kept in
            guard first > 0, kept.units[first - 1] != nil else { return }
            let next = first..<min(self.units.count, first + TermIndex.readAhead)
            missing.formUnion(next.filter { kept.units[$0] == nil })
        }
        let units = missing.sorted()
        let terms = try terms(of: units, expected: expected)
        let decoded = try concurrently(units.count) { i in (units[i], try decode(units[i], terms[i])) }
        kept.withLock { kept in
            if kept.units.count + decoded.count > TermIndex.mostUnits { kept.units = [:] }
            for (unit, sets) in decoded.prefix(TermIndex.mostUnits) { kept.units[unit] = sets }
        }
        for (unit, sets) in decoded { found[unit] = sets }
        return found
    }

    /// The terms of each of some units, ascending, as an earlier scan found them or by a scan that finds those of expected
    /// units too.
    private func terms(of wanted: [Int], expected: some Sequence<Int>) throws -> [[UInt32]] {
        let known = kept.withLock { kept in wanted.map { kept.terms[$0] } }
        if !known.contains(nil) { return known.compactMap { $0 } }
        let more = Set(expected).subtracting(wanted).sorted()
        let found = try terms(of: wanted + more)
        kept.withLock { kept in kept.terms = Dictionary(uniqueKeysWithValues: zip(more, found[wanted.count...])) }
        return Array(found[..<wanted.count])
    }

    /// The terms of each of some units, ascending: one scan of all lists.
    private func terms(of wanted: [Int]) throws -> [[UInt32]] {
        var place = [Int32](repeating: -1, count: units.count)
        for (i, unit) in wanted.enumerated() { place[unit] = Int32(i) }
        var result = [[UInt32]](repeating: [], count: wanted.count)
        // Of lists that name the units without their term: the term that each wanted unit lacks.
        var lacked = [Int32](repeating: -1, count: wanted.count)
        var isRight = true
        lists.withUnsafeBufferPointer { bytes in
            var bits = BitReader(bytes, at: 0)
            for (term, count) in counts.units.enumerated() {
                if term % TermCounts.groupSize == 0 {
                    bits = BitReader(bytes, at: counts.listOffsets[term / TermCounts.groupSize])
                }
                if count == units.count || AscendingList.listsMissing(Int(count), below: units.count) {
                    isRight =
                        AscendingList.forEachWritten(Int(count), below: units.count, from: &bits) { unit in
                            let i = place[Int(unit)]
                            if i >= 0 { lacked[Int(i)] = Int32(term) }
                        } && isRight
                    for i in result.indices where lacked[i] != Int32(term) { result[i].append(UInt32(term)) }
                } else {
                    isRight =
                        AscendingList.forEachWritten(Int(count), below: units.count, from: &bits) { unit in
                            let i = place[Int(unit)]
                            if i >= 0 { result[Int(i)].append(UInt32(term)) }
                        } && isRight
                }
            }
        }
        guard isRight else { throw DamagedPart(.termLists) }
        return result
    }

    private func decode(_ unit: Int, _ terms: [UInt32]) throws -> UnitSets {
        var decoder = BitDecoder(Array(sets[setOffsets[unit]..<setOffsets[unit + 1]]))
        var coder = IncidenceCoder(prior.statistics.incidence)
        let common = terms.map { term in
            IncidenceCommonness(
                units: Int(counts.units[Int(term)]), passages: Int(counts.passages[Int(term)]), of: units.count)
        }
        guard let passages = coder.code([], terms: common, tokens: Array(tokens[units.passages(of: unit)]), with: &decoder),
            passages.allSatisfy({ $0.count < SegmentLimits.termsInPassage })
        else { throw DamagedPart(.termSets) }
        return UnitSets(terms: terms, passages: passages)
    }

    /// Decodes what is not decoded yet, and compares the number of passages that hold each term.
    func check() throws {
        for kind in LocalTerms.Kind.allCases {
            var previous: LocalTerms.Entry?
            var terms: [[UInt8]] = []
            for block in local.blocks(of: kind) {
                let entries = try local.block(block)
                guard
                    entries.allSatisfy({ LocalTerms.Kind(of: $0.term, prior) == kind && prior.position(of: $0.term) == nil }
                    ),
                    previous.map({ $0.precedes(entries[0]) }) ?? true
                else { throw DamagedPart(.lexicon) }
                previous = entries.last
                if kind == .mixed { terms += entries.map(\.term) }
            }
            guard kind != .mixed || local.hasLeads(to: terms) else { throw DamagedPart(.lexicon) }
        }
        var passages = [UInt32](repeating: 0, count: counts.count)
        for first in stride(from: 0, to: units.count, by: TermIndex.mostUnits) {
            for (_, sets) in try sets(of: first..<min(units.count, first + TermIndex.mostUnits)) {
                for place in sets.passages.joined() { passages[Int(sets.terms[Int(place)])] += 1 }
            }
        }
        guard passages == counts.passages else { throw DamagedPart(.termSets) }
    }
}
