import Algorithms
import Corpora
import Foundation
import Indexes

/// A document as `show` gives it.
package struct ShownDocument: Sendable, Codable, Equatable {
    /// The path of the document.
    package let path: String
    /// The title; empty where there is none.
    package let title: String
    /// The media type of the file.
    package let mediaType: String
    /// The text of the document.
    package let text: String
    /// The passages in the order of the text.
    package let passages: [ShownPassage]
}

/// One passage of a shown document.
package struct ShownPassage: Sendable, Codable, Equatable {
    /// From 0.
    package let number: Int
    /// Where the passage starts in the document's text, in bytes of UTF-8.
    package let start: Int
    /// The byte offset after the passage.
    package let end: Int
    /// The page, from 1, where the format has pages.
    package let page: Int?
    /// The headings above its start.
    package let headings: [String]
    /// The text of the passage.
    package let text: String
}

extension OpenIndex {
    /// The document that a name means: its path, an ending of its path that no other document has, or the path of its file.
    package func document(named name: String) throws -> ShownDocument {
        let (document, path) = try find(name)
        let text = try text(of: document)
        let spans = try spans(of: document, text: text)
        let segment = try snapshot.segment(document.id.segment)
        var start = 0
        let passages = document.passages.enumerated().map { number, passage in
            let end = start + segment.byteCount(of: passage)
            defer { start = end }
            return ShownPassage(
                number: number, start: start, end: end, page: spans.page(at: start), headings: spans.headings(at: start),
                text: String(decoding: text[start..<end], as: UTF8.self))
        }
        return ShownDocument(
            path: path, title: document.shownTitle, mediaType: document.mediaType,
            text: String(decoding: text, as: UTF8.self),
            passages: passages)
    }

    /// The SHA-256 of the text of the document that a name means, in hexadecimal.
    package func textHash(ofDocumentNamed name: String) throws -> String { TextHash.hexadecimal(try find(name).0.textHash) }

    /// The document that a name means, and the one of its paths that fits the name.
    func find(_ name: String) throws -> (StoredDocument, path: String) {
        func first(where matches: (String) -> Bool) -> (StoredDocument, path: String)? {
            for document in snapshot.documents {
                if let path = document.paths.first(where: matches) { return (document, path) }
            }
            return nil
        }
        let key = PathKey(name)
        if let exact = first(where: { PathKey($0) == key }) ?? first(where: { $0 == name }) { return exact }
        let endings = snapshot.documents.filter { $0.paths.contains { $0.hasSuffix("/" + name) } }
        if endings.count == 1, let only = first(where: { $0.hasSuffix("/" + name) }) { return only }
        if let path = roots.documentPath(of: name).map(PathKey.init),
            let document = first(where: { PathKey($0) == path })
        {
            return document
        }
        // Of several indexes asked as one, paths begin with the name of the index.
        let label = CorpusRoots.labels(ofIndexes: [path]).map { $0 + "/" }.first ?? "/"
        if endings.isEmpty, snapshot.memberHeaders.isEmpty, name.hasPrefix(label) {
            let below = PathKey(String(name.dropFirst(label.count)))
            if let document = first(where: { PathKey($0) == below }) { return document }
        }
        if endings.count > 1 {
            let examples = endings.flatMap(\.paths).prefix(3).joined(separator: ", ")
            throw RetrievalError(
                .ambiguousDocument, subject: name, fact: "is the end of \(endings.count) paths (\(examples) …)")
        }
        let word = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent.lowercased()
        let near = snapshot.documents.flatMap(\.paths).filter { $0.lowercased().contains(word) }
        throw RetrievalError(
            .noSuchDocument(near: OpenIndex.nearest(near, to: name)), subject: name,
            fact: "no document of \(path) has this path")
    }

    /// The paths that are most like a name: those that differ in capitals, those whose last part does, those of its length.
    private static func nearest(_ paths: [String], to name: String) -> [String] {
        let wanted = name.lowercased()
        let last = wanted.split(separator: "/").last ?? ""
        func distance(_ path: String) -> Int {
            let path = path.lowercased()
            if path == wanted { return 0 }
            return path.split(separator: "/").last == last ? 1 : 2 + abs(path.utf8.count - wanted.utf8.count)
        }
        let ordered = paths.map { (distance($0), $0) }.min(count: 3) { $0 < $1 }
        return ordered.map(\.1)
    }
}
