import Foundation
import Indexes
import Memory

/// A filter applied to an index: which passages a search may look at, and which texts it may return.
struct PassageScope {
    /// For each document whether it is allowed; nil where all are.
    private let documents: [Bool]?
    /// The passages that hold all words of all phrases, for those words that are in the index, alone or together with the
    /// passage after them; nil without phrases.
    private let required: Set<PassageID>?
    /// The passages that hold an excluded word.
    private let excluded: Set<PassageID>
    private let phrases: [Phrase]
    private let excludedPhrases: [Phrase]
    private let snapshot: IndexSnapshot

    /// Whether only the text says whether a passage is allowed.
    var needsText: Bool { !phrases.isEmpty || !excludedPhrases.isEmpty }

    init(_ filter: SearchFilter, of index: OpenIndex) throws {
        snapshot = index.snapshot
        documents = filter.concernsDocuments ? try PassageScope.documents(filter, index) : nil
        phrases = filter.phrases.map(Phrase.init)
        let words = index.model.vocabulary
        /// Whether term sets can hold a word as it stands.
        func isTerm(_ word: [UInt8]) -> Bool { !words.isFunctionWord(word) && Script(of: word) != .unspaced }
        /// The terms of a word, which passages with other words may hold too: C of C++, 1234 of 12345678.
        func terms(of word: [UInt8]) -> [[UInt8]] {
            Words.forms(in: word.span).map { Array(word[$0]) }.filter(isTerm)
        }
        var required: Set<PassageID>?
        for phrase in filter.phrases {
            for word in Set(phrase.words.flatMap(terms)) {
                var holders = try index.passages(withFormOf: word)
                if phrase.words.count > 1 {
                    // The phrase can begin in the passage before.
                    holders.formUnion(
                        holders.filter { $0.index > 0 }.map { PassageID(segment: $0.segment, index: $0.index - 1) })
                }
                required = required.map { $0.intersection(holders) } ?? holders
            }
        }
        self.required = required
        /// Whether the term sets tell which texts hold some words.
        func isTold(_ quoted: QuotedWords) -> Bool {
            guard quoted.words.count == 1, let word = quoted.words.first else { return false }
            return word.count > 1 && !word[0].isDigit && terms(of: word) == [word]
        }
        excluded = try filter.excluded.filter(isTold).reduce(into: []) {
            $0.formUnion(try index.passages(withFormOf: $1.words[0]))
        }
        excludedPhrases = filter.excluded.filter { !isTold($0) }.map(Phrase.init)
    }

    /// Whether a search may look at a passage.
    func allows(_ passage: PassageID) -> Bool {
        if let documents {
            guard let position = snapshot.documentPosition(of: passage), documents[position] else { return false }
        }
        return required?.contains(passage) != false && !excluded.contains(passage)
    }

    /// Whether a search may return a text.
    func allows(_ text: [UInt8]) -> Bool {
        guard needsText else { return true }
        let sequence = PhraseText(text)
        return phrases.allSatisfy(sequence.holds) && !excludedPhrases.contains(where: sequence.holds)
    }

    /// Whether a search may return a text because of phrases that it begins and the text after it ends.
    func allows(_ text: [UInt8], before next: [UInt8]) -> Bool {
        let sequence = PhraseText(text)
        let rest = PhraseText(next)
        return phrases.allSatisfy { sequence.holds($0) || sequence.begins($0, thatEndsIn: rest) }
            && !excludedPhrases.contains(where: sequence.holds)
    }

    /// Whether a text may hold a part of an excluded phrase whose other part stands in the text after it or before it.
    func mayShareExcluded(_ text: [UInt8]) -> (withNext: Bool, withPrevious: Bool) {
        guard !excludedPhrases.isEmpty else { return (false, false) }
        let sequence = PhraseText(text)
        let shares = excludedPhrases.map(sequence.mayShare)
        return (shares.contains(where: \.withNext), shares.contains(where: \.withPrevious))
    }

    /// Whether an excluded phrase begins in a text and ends in the one after it.
    func cutsExcluded(_ text: [UInt8], before next: [UInt8]) -> Bool {
        let sequence = PhraseText(text)
        let rest = PhraseText(next)
        return excludedPhrases.contains { sequence.begins($0, thatEndsIn: rest) }
    }

    private static func documents(_ filter: SearchFilter, _ index: OpenIndex) throws -> [Bool] {
        let paths = try AllowedPaths(filter)
        var forms = PlainForms()
        func plain(_ text: String) -> String { String(decoding: forms.plain(Array(text.utf8)), as: UTF8.self) }
        let dates = filter.since != nil || filter.before != nil ? FileTimes(index) : nil
        return index.snapshot.documents.map { document in
            let title = plain(document.title + " " + document.shownTitle)
            return document.paths.contains(where: paths.allow)
                && filter.type.allows { document.isOf(type: $0.lowercased()) }
                && filter.title.allows { title.contains(plain($0)) }
                && (dates == nil
                    || document.paths.contains { path in
                        guard let date = dates?.time(of: path) else { return false }
                        return (filter.since.map { $0 <= date } ?? true) && (filter.before.map { date < $0 } ?? true)
                    })
        }
    }
}

/// The times of the files of an index.
private struct FileTimes {
    private let stated: [PathKey: Date]
    private let known: [PathKey: Date]
    private let roots: CorpusRoots
    private let indexed: Date?

    init(_ index: OpenIndex) {
        let times = index.snapshot.sources.compactMap { source in
            source.modified.map { (PathKey(source.path), Date(timeIntervalSince1970: Double($0) / 1000)) }
        }
        known = Dictionary(times, uniquingKeysWith: { first, _ in first })
        let dates = index.snapshot.sources.compactMap { source in
            source.date.flatMap { FileDate.stated($0) }.map { (PathKey(source.path), $0) }
        }
        stated = Dictionary(dates, uniquingKeysWith: { first, _ in first })
        roots = index.roots
        indexed = FileTimes.time(at: index.path)
    }

    /// The date that the document states of itself, or else the time of the last change of the file. Where the file is gone,
    /// the time counts that the index keeps to see changes, and without one the time of the index. The kept time is later
    /// than the last change where a file was moved or copied.
    func time(of path: String) -> Date? {
        stated[PathKey(path)] ?? roots.filePath(of: path).flatMap(FileTimes.time) ?? known[PathKey(path)] ?? indexed
    }

    private static func time(at path: String) -> Date? {
        try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
}

extension CorpusRoots {
    /// Where the file of a document was when it was indexed; nil where no root has its label.
    package func filePath(of document: String) -> String? {
        if let member = members.first(where: { document.utf8.starts(with: $0.label.utf8) }) {
            let path = document.utf8.dropFirst(member.label.utf8.count)
            return member.roots.filePath(of: String(decoding: path, as: UTF8.self))
        }
        // A root that is a file names its only document by its own name.
        for (root, label) in labelled where PathKey(document + "/") == PathKey(label) { return root }
        for (root, label) in labelled where document.utf8.starts(with: label.utf8) {
            let rest = String(decoding: document.utf8.dropFirst(label.utf8.count), as: UTF8.self)
            var isFolder: ObjCBool = true
            let isThere = FileManager.default.fileExists(atPath: root, isDirectory: &isFolder)
            return isThere && !isFolder.boolValue ? root : root + (root.hasSuffix("/") ? "" : "/") + rest
        }
        return nil
    }
}

extension StoredDocument {
    /// Whether the document is of a format, or one of its files has an extension.
    fileprivate func isOf(type: String) -> Bool {
        let type = type.hasPrefix(".") ? String(type.dropFirst()) : type
        let extensions = [type] + (Self.extensions[type] ?? [])
        return mediaType == type
            || paths.contains { path in
                extensions.contains { path.lowercased().hasSuffix("." + $0) }
            }
    }

    /// The extensions of formats that people call by a name.
    private static let extensions: [String: [String]] = [
        "markdown": ["md"], "text": ["txt"], "word": ["docx", "doc"], "excel": ["xlsx", "xls"],
        "powerpoint": ["pptx", "ppt"], "mail": ["eml", "mbox"], "email": ["eml", "mbox"], "python": ["py"],
        "javascript": ["js"], "typescript": ["ts"], "rust": ["rs"], "ruby": ["rb"], "latex": ["tex"], "notebook": ["ipynb"],
        "htm": ["html"], "html": ["htm"], "yaml": ["yml"], "yml": ["yaml"],
    ]
}

extension OpenIndex {
    /// The passages that hold a word, with whatever accents.
    fileprivate func passages(withFormOf word: [UInt8]) throws -> Set<PassageID> {
        var forms = PlainForms()
        let plain = forms.plain(word)
        var found: Set<PassageID> = []
        for term in Set([word, plain] + (try words.gathered().table.variants(of: plain))) {
            for (id, passages) in zip(snapshot.segmentIDs, try snapshot.postings(of: term)) {
                found.formUnion(passages.map { PassageID(segment: id, index: Int($0)) })
            }
        }
        return found
    }
}
