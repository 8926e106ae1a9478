import Bytes
import Indexes
import Memory
import Synchronization

/// The distinct terms of an index, arranged by script and looked up by their plain forms.
///
/// The table holds the terms of the base lexicon, those with a mark (`IndexSnapshot.markedTerms`) and the words of names.
/// All other terms are plain as they are: the index is asked for those with the same beginning. Only where every term must be
/// looked at are they read, once, and kept.
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
        var bytes: [UInt8] = []
        var starts: [Int] = [0]

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
    private let buckets: [Script: Bucket]
    /// All plain terms, once they were read.
    private let plain = Mutex<PlainTerms?>(nil)
    /// Folded terms that are not plain, by their plain forms, and by those that write ä as ae.
    private let variants: [[UInt8]: [[UInt8]]]
    /// Folded terms that hold capitals inside, by their parts.
    private let identifiers: [[UInt8]: [[UInt8]]]
    /// The languages that the index holds enough of, besides English and German.
    let languages: Set<Language>

    init(_ snapshot: IndexSnapshot, fields: Deferred<DocumentFields>) throws {
        self.snapshot = snapshot
        let languages = Deferred { Result { try TermTable.languages(of: snapshot) } }
        languages.prepare()
        var builder = Builder()
        try snapshot.eachBaseTerm { builder.add($0) }
        for term in try snapshot.markedTerms() { builder.add(term) }
        for word in fields.value.words { builder.add(word) }
        builder.buckets[.latin] = builder.latin
        buckets = builder.buckets
        variants = builder.variants
        identifiers = builder.identifiers
        self.languages = try languages.value.get()
    }

    /// Takes terms in.
    private struct Builder {
        /// Most terms of most indexes.
        var latin = Bucket()
        var buckets: [Script: Bucket] = [:]
        var variants: [[UInt8]: [[UInt8]]] = [:]
        var identifiers: [[UInt8]: [[UInt8]]] = [:]
        private var forms = PlainForms()

        mutating func add(_ stored: [UInt8]) {
            if stored.allSatisfy(\.isLowercase) {
                latin.append(stored, plain: stored)
            } else if let first = stored.first, first >= 0x80 || first.isLetter {
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
            default: buckets[script, default: Bucket()].append(term, plain: plain)
            }
            if plain != term { variants[plain, default: []].append(term) }
            if let long = forms.digraphs(term), long != plain { variants[long, default: []].append(term) }
        }
    }

    /// Looks at the terms of a script whose plain forms may begin as `start` does.
    func forEach(_ script: Script, beginningAs start: [UInt8], _ body: Look) throws {
        try buckets[script]?.forEach(beginningAs: start, body)
        guard script == .latin else { return }
        for term in try snapshot.plainTerms(beginningWith: start) where TermTable.isWord(term) {
            try term.withUnsafeBufferPointer { try body($0) { term } }
        }
    }

    /// Looks at all terms of a script.
    func forEach(_ script: Script, _ body: Look) throws {
        try buckets[script]?.forEach(body)
        if script == .latin { try allPlainTerms().forEach(body) }
    }

    private func allPlainTerms() throws -> PlainTerms {
        try plain.withLock { plain in
            if let plain { return plain }
            var made = PlainTerms()
            for term in try snapshot.plainTerms() where TermTable.isWord(term) {
                made.bytes += term
                made.starts.append(made.bytes.count)
            }
            plain = made
            return made
        }
    }

    private static func isWord(_ term: [UInt8]) -> Bool { term.first?.isLetter == true }

    /// The terms whose plain form, with ä as a or as ae, is a word, and which are not plain themselves.
    func variants(of plain: [UInt8]) -> [[UInt8]] { variants[plain] ?? [] }

    /// The identifiers of which a word is a part.
    func identifiers(with part: [UInt8]) -> [[UInt8]] { identifiers[part] ?? [] }

    /// A language is there where at least three of its frequent words stand in at least 2 % of the passages each.
    private static func languages(of snapshot: IndexSnapshot) throws -> Set<Language> {
        let enough = max(1, snapshot.passageCount / 50)
        return Set(
            try Language.allCases.filter { language in
                var found = 0
                for mark in language.marks where found < 3 {
                    if try snapshot.passageCount(holding: Array(mark.utf8)) >= enough { found += 1 }
                }
                return found == 3
            })
    }
}

/// Names as programs have them: words that are joined with capitals inside.
enum Identifier {
    /// The folded parts of a form with capitals inside, of at least two characters each; none where there are no parts.
    static func parts(of form: [UInt8]) -> [[UInt8]] {
        // Most words hold no capital but their first letter.
        guard form.dropFirst().contains(where: { $0 >= 0x80 || $0.isUppercase }) else { return [] }
        let scalars = Array(String(decoding: form, as: UTF8.self).unicodeScalars)
        let isUpper = scalars.map { Words.folded(scalar: $0.value) != $0.value }
        var parts: [[UInt8]] = []
        var start = 0
        for i in scalars.indices.dropFirst() + [scalars.count] {
            // A part begins at a capital after a small letter, and at the last of several capitals before one.
            let begins =
                i == scalars.count
                || isUpper[i] && (!isUpper[i - 1] || i + 1 < scalars.count && !isUpper[i + 1])
            guard begins else { continue }
            if i - start > 1 { parts.append(Words.fold(Array(String(String.UnicodeScalarView(scalars[start..<i])).utf8))) }
            start = i
        }
        return parts.count == 1 && parts[0] == Words.fold(form) ? [] : parts
    }
}
