import Bytes
import Indexes
import Memory
import Synchronization

/// The distinct terms of an index, arranged by script and looked up by their plain forms.
///
/// The table holds the terms of the base lexicon and the words of names. The index is asked for other terms by the beginnings of
/// their plain forms, by their keys or by their parts. Only where every term of a script must be looked at are they read, once,
/// and kept.
final class TermTable: Sendable {
    /// The terms of one script, each with its plain form.
    private struct Bucket: Sendable {
        /// Folded terms.
        private var terms: [[UInt8]] = []
        private var plain: [UInt8] = []
        /// Where the plain forms start, and where the last one ends.
        private var starts: [Int] = [0]
        /// The positions of the terms by the last byte of the first character of their plain forms.
        private var positions: [[Int32]] = Array(repeating: [], count: 256)

        mutating func append(_ term: [UInt8], plain form: [UInt8]) {
            positions[Bucket.key(of: form)].append(Int32(terms.count))
            terms.append(term)
            plain += form
            starts.append(plain.count)
        }

        /// The last byte of the first character of a form. Terms of one script differ in it.
        private static func key(of form: [UInt8]) -> Int {
            guard let first = form.first else { return 0 }
            return Int(form[min(form.count, first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4) - 1])
        }

        func forEach(beginningAs start: [UInt8], _ body: Look) rethrows {
            try plain.withUnsafeBufferPointer { plain in
                for i in positions[Bucket.key(of: start)].map(Int.init) {
                    try body(UnsafeBufferPointer(rebasing: plain[starts[i]..<starts[i + 1]])) { terms[i] }
                }
            }
        }

        func forEach(_ body: Look) rethrows {
            try plain.withUnsafeBufferPointer { plain in
                for i in terms.indices {
                    try body(UnsafeBufferPointer(rebasing: plain[starts[i]..<starts[i + 1]])) { terms[i] }
                }
            }
        }
    }

    /// Looks at the plain form of a term; the second argument gives the folded term.
    typealias Look = (UnsafeBufferPointer<UInt8>, () -> [UInt8]) throws -> Void

    /// Terms that are their own plain forms, ascending, one after the other.
    private struct PlainTerms: Sendable {
        private var bytes: [UInt8] = []
        private var starts: [Int] = [0]

        mutating func append(_ term: [UInt8]) {
            bytes += term
            starts.append(bytes.count)
        }

        func forEach(_ body: Look) rethrows {
            try bytes.withUnsafeBufferPointer { bytes in
                for i in 0..<starts.count - 1 {
                    let form = UnsafeBufferPointer(rebasing: bytes[starts[i]..<starts[i + 1]])
                    try body(form) { Array(form) }
                }
            }
        }
    }

    private let snapshot: IndexSnapshot
    /// The terms that every query needs, and by scripts those that were read for some query.
    private let terms: Arranged
    private let foreign = Mutex<Arranged?>(nil)
    private let latin = Mutex<(plain: PlainTerms, unusual: Arranged)?>(nil)
    /// The terms that are not plain, for each plain form that was asked for.
    private let unusual = Mutex<[[UInt8]: [[UInt8]]]>([:])
    /// The identifiers for each part that was asked for.
    private let identifiers = Mutex<[[UInt8]: [[UInt8]]]>([:])
    /// The languages that the index holds enough of, besides English and German.
    let languages: Set<Language>

    init(_ snapshot: IndexSnapshot, fields: Deferred<DocumentFields>) throws {
        self.snapshot = snapshot
        let languages = Deferred { Result { try TermTable.languages(of: snapshot) } }
        languages.prepare()
        var terms = Arranged()
        try snapshot.eachBaseTerm { terms.add($0) }
        for word in fields.value.words { terms.add(word) }
        self.terms = terms
        self.languages = try languages.value.get()
    }

    /// Terms by script and by what they are looked up by.
    private struct Arranged: Sendable {
        /// Most terms of most indexes.
        private var latin = Bucket()
        private var others: [Script: Bucket] = [:]
        /// Folded terms that are not plain, by their plain forms, and by those that write ä as ae.
        private(set) var variants: [[UInt8]: [[UInt8]]] = [:]
        /// Folded terms that hold capitals inside, by their parts.
        private(set) var identifiers: [[UInt8]: [[UInt8]]] = [:]
        private var forms = PlainForms()

        func bucket(_ script: Script) -> Bucket? { script == .latin ? latin : others[script] }

        mutating func add(_ stored: [UInt8]) {
            if stored.allSatisfy(\.isLowercase) {
                latin.append(stored, plain: stored)
            } else if TermTable.isWord(stored) {
                addUnusual(stored)
            }
        }

        /// Takes a term in that is not plain.
        private mutating func addUnusual(_ stored: [UInt8]) {
            let term = Words.fold(stored)
            if term != stored {
                for part in Identifier.parts(of: stored) { identifiers[part, default: []].append(term) }
            }
            let plain = forms.plain(term)
            let script = Script(of: term)
            switch script {
            case .other: return
            case .latin: latin.append(term, plain: plain)
            default: others[script, default: Bucket()].append(term, plain: plain)
            }
            if plain != term { variants[plain, default: []].append(term) }
            if let long = forms.digraphs(term), long != plain { variants[long, default: []].append(term) }
        }
    }

    /// Looks at the terms of a script whose plain forms may begin as `start` does.
    func forEach(_ script: Script, beginningAs start: [UInt8], _ body: Look) throws {
        try terms.bucket(script)?.forEach(beginningAs: start, body)
        guard script == .latin else {
            try foreignTerms().bucket(script)?.forEach(beginningAs: start, body)
            return
        }
        for term in try snapshot.plainTerms(beginningWith: start) where TermTable.isWord(term) {
            try term.withUnsafeBufferPointer { try body($0) { term } }
        }
        var forms = PlainForms()
        for term in try snapshot.accentedTerms(beginningWith: start) where Script(of: term) == .latin {
            try forms.plain(term).withUnsafeBufferPointer { try body($0) { term } }
        }
        for stored in try snapshot.mixedTerms(beginningWith: start) {
            let term = Words.fold(stored)
            guard Script(of: term) == .latin else { continue }
            try forms.plain(term).withUnsafeBufferPointer { try body($0) { term } }
        }
    }

    /// Looks at all terms of a script.
    func forEach(_ script: Script, _ body: Look) throws {
        try terms.bucket(script)?.forEach(body)
        guard script == .latin else {
            try foreignTerms().bucket(script)?.forEach(body)
            return
        }
        let others = try otherLatinTerms()
        try others.plain.forEach(body)
        try others.unusual.bucket(.latin)?.forEach(body)
    }

    private static func isWord(_ term: [UInt8]) -> Bool { term.first.map { $0 >= 0x80 || $0.isLetter } == true }

    /// The terms whose plain form, with ä as a or as ae, is a word, and which are not plain themselves.
    func variants(of plain: [UInt8]) throws -> [[UInt8]] {
        let known = terms.variants[plain] ?? []
        guard let first = plain.first else { return known }
        if first >= 0x80 { return known + (try foreignTerms().variants[plain] ?? []) }
        return first.isLetter ? known + (try unusualTerms(for: plain)) : known
    }

    /// The identifiers of which a word is a part, those of the base lexicon first.
    func identifiers(with part: [UInt8]) throws -> [[UInt8]] {
        if let known = identifiers.withLock({ $0[part] }) { return known }
        // A part has two characters or more.
        let others = part.count > 1 ? try snapshot.mixedTerms(withPart: part) : []
        let found = (terms.identifiers[part] ?? []) + others.filter(TermTable.isWord).map { Words.fold($0) }
        identifiers.withLock { $0[part] = found }
        return found
    }

    /// A language is there where at least three of its frequent words stand in at least 2 % of the passages each.
    private static func languages(of snapshot: IndexSnapshot) throws -> Set<Language> {
        let enough = max(1, snapshot.passageCount / 50)
        return Set(
            try Language.allCases.filter { language in
                // How many marks are still missing, and how many more may be: an absent language ends early. Words of the base
                // lexicon are found at once, others are spelled.
                let marks = language.marks.map { Array($0.utf8) }
                var (wanted, spare) = (3, marks.count - 3)
                for mark in marks.filter(snapshot.isBaseTerm) + marks.filter({ !snapshot.isBaseTerm($0) })
                where wanted > 0 && spare >= 0 {
                    if try snapshot.passageCount(holding: mark) >= enough { wanted -= 1 } else { spare -= 1 }
                }
                return wanted == 0
            })
    }
}

// MARK: Terms that the index is asked for

extension TermTable {
    /// The terms of other scripts than the Latin one that the table does not hold.
    private func foreignTerms() throws -> Arranged {
        try foreign.withLock { kept in
            if let kept { return kept }
            var made = Arranged()
            for term in try snapshot.foreignTerms() { made.add(term) }
            kept = made
            return made
        }
    }

    /// All terms of the Latin script that the table does not hold.
    private func otherLatinTerms() throws -> (plain: PlainTerms, unusual: Arranged) {
        try latin.withLock { kept in
            if let kept { return kept }
            var plain = PlainTerms()
            for term in try snapshot.plainTerms() where TermTable.isWord(term) { plain.append(term) }
            var unusual = Arranged()
            for term in try snapshot.accentedTerms(beginningWith: []) { unusual.add(term) }
            for term in try snapshot.mixedTerms(beginningWith: []) { unusual.add(term) }
            kept = (plain, unusual)
            return (plain, unusual)
        }
    }

    /// The accented and the mixed terms of the Latin script, folded, whose plain form, with ä as a or as ae, is a word.
    private func unusualTerms(for plain: [UInt8]) throws -> [[UInt8]] {
        if let known = unusual.withLock({ $0[plain] }) { return known }
        var forms = PlainForms()
        var found: [[UInt8]] = []
        for key in TermTable.keys(of: plain) {
            let accented = try snapshot.accentedTerms(beginningWith: key).filter { Words.key($0) == key }
            let mixed = try snapshot.mixedTerms(withKey: key).map { Words.fold($0) }.filter {
                $0 != plain && Script(of: $0) == .latin
            }
            found += (accented + mixed).filter { forms.plain($0) == plain || forms.digraphs($0) == plain }
        }
        unusual.withLock { $0[plain] = found }
        return found
    }

    /// The keys that terms with a plain form can have: the form, and the forms with some of its ae, oe, ue and aa as one letter.
    private static func keys(of plain: [UInt8]) -> [[UInt8]] {
        var keys: [[UInt8]] = [[]]
        var i = 0
        while i < plain.count {
            let isPair = i + 1 < plain.count && pairs.contains([plain[i], plain[i + 1]]) && keys.count < 16
            let short = isPair ? keys.map { $0 + [plain[i]] } : []
            if isPair {
                // The first letter of the pair stands for both, or the pair stands as it is.
                keys = keys.map { $0 + plain[i...i + 1] } + short
                i += 2
            } else {
                for k in keys.indices { keys[k].append(plain[i]) }
                i += 1
            }
        }
        return keys
    }

    private static let pairs: Set<[UInt8]> = Set.words("ae oe ue aa")
}
