import Bytes
import Algorithms
import Indexes
import Memory

/// Finds the stored terms that each word of a query can stand for.
///
/// The terms of an index are part of its codec and stay as they are; what they mean is settled when a question is asked.
/// Senses that guess are taken only where the index lacks the senses that do not.
struct Expansion {
    /// The largest number of terms of one kind of sense.
    private static let mostTerms = 40
    /// What a part of a word counts that is typed in parts, and what the parts count where they follow one another.
    private static let partWeight = 0.3
    private static let partsWeight = 0.95
    /// Where fewer passages hold a word, parts of compounds are looked for too.
    private static let fewHolders = 3

    let snapshot: IndexSnapshot
    let table: TermTable
    let fields: DocumentFields
    var forms = PlainForms()
    var stemmers: [Language: Stemmer] = [:]
    private var counts: [[UInt8]: Int] = [:]

    init(_ snapshot: IndexSnapshot, table: TermTable, fields: DocumentFields) {
        self.snapshot = snapshot
        self.table = table
        self.fields = fields
    }

    /// The senses of every word of a query, the exact one first.
    ///
    /// - Parameter names: positions of words that are spelled as they are meant.
    mutating func senses(of query: Query, names: Set<Int> = []) throws -> [[Sense]] {
        var senses = try query.words.map { try self.senses(of: $0) }
        for (first, second) in query.neighbours {
            let joined = try joined(query.words[first], query.words[second])
            for word in Set([first, second]) {
                for new in joined where new.terms != [query.words[word]] {
                    senses[word].removeAll { $0.terms == new.terms }
                    senses[word].append(new)
                }
            }
        }
        for (word, row) in query.otherForms where row != [word] {
            guard let i = query.words.firstIndex(of: word),
                try row.allSatisfy({ try query.functionWords.contains($0) || count($0) > 0 })
            else { continue }
            senses[i].append(Sense(row, .variant, weight: Sense.Kind.variant.weight))
        }
        for word in query.parted where try count(word.joined) > 0 {
            for i in word.parts.compactMap({ query.words.firstIndex(of: $0) }) {
                // A part alone is less than the word: "line" for on-line.
                senses[i] = senses[i].filter { $0.terms != [word.joined] }.map {
                    $0.kind == .exact ? Sense($0.terms, .exact, weight: Expansion.partWeight) : $0
                }
                senses[i].append(Sense(word.parts, .variant, weight: Expansion.partsWeight))
                senses[i].append(Sense([word.joined], .variant, weight: Sense.Kind.variant.weight))
            }
        }
        for i in senses.indices where try !isHeld(senses[i]) {
            senses[i] += try guesses(for: query.words[i], isName: names.contains(i))
        }
        return senses
    }

    /// The number of passages that hold a term; the passages of a document whose path or title holds it count as one.
    mutating func count(_ term: [UInt8]) throws -> Int {
        if let count = counts[term] { return count }
        let count = try snapshot.passageCount(holding: term) + fields.documents(holding: term).count
        counts[term] = count
        return count
    }

    private mutating func isHeld(_ senses: [Sense]) throws -> Bool {
        for sense in senses {
            if try sense.terms.allSatisfy({ try count($0) > 0 }) { return true }
        }
        return false
    }
}

// MARK: Senses that do not guess

extension Expansion {
    private mutating func senses(of word: [UInt8]) throws -> [Sense] {
        var senses = [Sense.exact(word)]
        var taken: Set<[UInt8]> = [word]
        append(try variants(of: word), .variant, to: &senses, &taken)
        let script = Script(of: word)
        guard script != .other else { return senses }
        let plain = forms.plain(word)
        append(
            try inflections(of: word, plain, script, in: languages(of: script)) + IrregularForms.of(word)
                + RegularForms.of(word), .inflected, to: &senses, &taken)
        append(try withAffixes(plain, script), .inflected, weight: 0.8, to: &senses, &taken)
        append(try table.identifiers(with: word), .identifier, to: &senses, &taken)
        senses = try senses.filter { try $0.kind == .exact || count($0.terms[0]) > 0 }
        if script == .unspaced { senses += try stretches(of: plain, except: taken) }
        let isHeld = try count(word) > 0
        // Short words stand in most words that are spelled wrong.
        senses += try splits(of: word).filter { try isHeld || snapshot.holdsTogether($0.terms) }
        let holders = try senses.lazy.filter { $0.terms.count == 1 }.reduce(0) { try $0 + count($1.terms[0]) }
        if holders < Expansion.fewHolders { senses += try compounds(with: word, plain, script, except: taken) }
        return senses
    }

    private func append(
        _ terms: [[UInt8]], _ kind: Sense.Kind, weight: Double? = nil, to senses: inout [Sense],
        _ taken: inout Set<[UInt8]>
    ) {
        for term in terms.prefix(Expansion.mostTerms) where taken.insert(term).inserted {
            senses.append(Sense([term], kind, weight: weight ?? kind.weight))
        }
    }

    /// The terms that differ from a word by accents or by their form in Unicode.
    private mutating func variants(of word: [UInt8]) throws -> [[UInt8]] {
        let plain = forms.plain(word)
        var found = try table.variants(of: plain)
        if plain != word { found.append(plain) }
        if let long = forms.digraphs(word), long != plain { found += try [long] + table.variants(of: long) }
        return try found.filter { try $0 != word && count($0) > 0 }
    }

    /// English, German, and what else the index holds of a script's languages.
    private func languages(of script: Script) -> [Language] {
        Language.all(of: script).filter {
            script != .latin || $0 == .english || $0 == .german || table.languages.contains($0)
        }
    }

    /// The terms with the same stem in one of some languages, or with the same stem of `Stem`.
    mutating func inflections(
        of word: [UInt8], _ plain: [UInt8], _ script: Script, in languages: [Language]
    ) throws -> [[UInt8]] {
        guard plain.count > 2, !plain.contains(where: \.isDigit) else { return [] }
        // The beginning of a word stays in all languages but Arabic.
        let start = script == .arabic ? [] : Array(plain.prefix(script == .latin ? 3 : 4))
        var near: [[UInt8]] = []
        /// Looks at a term of about the same length with the same beginning.
        func look(_ form: UnsafeBufferPointer<UInt8>, _ term: () -> [UInt8]) {
            if form.count + 7 > plain.count, form.count < plain.count + 8, form.starts(with: start) { near.append(term()) }
        }
        if start.isEmpty { try table.forEach(script, look) } else { try table.forEach(script, beginningAs: start, look) }
        near = near.filter { $0 != word }
        guard !near.isEmpty else { return [] }
        var found: [[UInt8]] = []
        let light = Stem.of(word)
        var open = near.filter { term in
            guard Stem.of(term) == light else { return true }
            found.append(term)
            return false
        }
        for language in languages {
            guard let stemmer = stemmer(language) else { continue }
            let stem = forms.plain(stemmer.stem(word))
            guard stem.count > 2 else { continue }
            open = open.filter { term in
                guard forms.plain(stemmer.stem(term)) == stem else { return true }
                found.append(term)
                return false
            }
        }
        return found
    }

    mutating func stemmer(_ language: Language) -> Stemmer? {
        if let known = stemmers[language] { return known }
        let made = Stemmer(language)
        stemmers[language] = made
        return made
    }

    /// The terms that are the word with other particles or articles.
    private func withAffixes(_ plain: [UInt8], _ script: Script) throws -> [[UInt8]] {
        guard [.hangul, .arabic, .hebrew].contains(script) else { return [] }
        let bases = Affixes.bases(of: plain, script)
        var found: [[UInt8]] = []
        try table.forEach(script) { form, term in
            let isNear = bases.contains { base in
                script == .hangul ? form.starts(with: base) : form.suffix(base.count).elementsEqual(base)
            }
            if isNear, !bases.isDisjoint(with: Affixes.bases(of: Array(form), script)) { found.append(term()) }
        }
        return found
    }

    /// The terms that hold a word of a script without spaces, or if there are none, those that share a stretch with it. The
    /// weight is the share of the word.
    private func stretches(of plain: [UInt8], except taken: Set<[UInt8]>) throws -> [Sense] {
        var found: [(term: [UInt8], share: Double)] = []
        try table.forEach(.unspaced) { form, term in
            if form.count >= plain.count, Expansion.lastPlace(of: plain, in: form, from: 0) != nil {
                found.append((term(), 1))
            }
        }
        if found.isEmpty {
            let word = EditDistance.scalars(plain)
            try table.forEach(.unspaced) { form, term in
                let length = EditDistance.commonStretch(EditDistance.scalars(form), word)
                if length >= 4 { found.append((term(), Double(length) / Double(word.count))) }
            }
        }
        let terms = found.filter { !taken.contains($0.term) }
        return terms.max(count: Expansion.mostTerms) { $0.share < $1.share }.map {
            Sense([$0.term], .stretch, weight: Sense.Kind.stretch.weight * $0.share)
        }
    }
}

extension Sense.Kind {
    /// What an occurrence of a sense of this kind counts.
    var weight: Double {
        switch self {
        case .exact: 1
        case .variant, .stretch: 0.9
        case .joined, .split: 0.7
        case .inflected, .identifier, .compound, .spelling: 0.5
        }
    }
}
