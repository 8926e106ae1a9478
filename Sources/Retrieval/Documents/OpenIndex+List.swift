import Algorithms
import Indexes
import Memory
import Synchronization

/// A document in a list.
package struct ListedDocument: Sendable, Codable, Equatable {
    /// The path of the document.
    package let path: String
    /// Other paths with the same text.
    package let alsoAt: [String]
    /// The title, or the name of the file.
    package let title: String
    /// The format that the file was read as.
    package let mediaType: String
    /// The length of the text in UTF-8.
    package let textBytes: Int
    /// The number of passages.
    package let passages: Int
    /// The SHA-256 of the text, in hexadecimal.
    package let sha256: String
}

extension OpenIndex {
    /// Documents in the order of their paths.
    ///
    /// - Parameters:
    ///   - pattern: a glob, or a part of a path; nil for all documents.
    ///   - last: only documents after this path.
    ///   - limit: the most documents that are given.
    /// - Returns: the documents, and whether there are more.
    /// - Throws: `RetrievalError` where the pattern makes no sense.
    package func documents(
        fitting pattern: String? = nil, after last: String? = nil, limit: Int = .max
    ) throws -> (page: [ListedDocument], hasMore: Bool) {
        let pattern = try pattern.map(PathPattern.init)
        let order = documentOrder.positions(snapshot)
        let first = last.map { last in
            order.partitioningIndex { last.utf8.lexicographicallyPrecedes(snapshot.documents[$0].firstPath.utf8) }
        }
        var page: [ListedDocument] = []
        for position in order[(first ?? 0)...] {
            let document = snapshot.documents[position]
            guard pattern.map({ document.paths.contains(where: $0.fits) }) ?? true else { continue }
            guard page.count < limit else { return (page, true) }
            page.append(ListedDocument(document, in: snapshot))
        }
        return (page, false)
    }
}

/// The order of an index's documents by path, which is found out once.
final class DocumentOrder: Sendable {
    private let known = Mutex<[Int]?>(nil)

    /// Positions in the documents of the snapshot.
    func positions(_ snapshot: IndexSnapshot) -> [Int] {
        known.withLock { known in
            if let known { return known }
            let order = snapshot.documents.indices.sorted {
                snapshot.documents[$0].firstPath.utf8.lexicographicallyPrecedes(snapshot.documents[$1].firstPath.utf8)
            }
            known = order
            return order
        }
    }
}

extension StoredDocument {
    fileprivate var firstPath: String { paths.first ?? "" }
}

extension ListedDocument {
    fileprivate init(_ document: StoredDocument, in snapshot: IndexSnapshot) {
        self.init(
            path: document.firstPath, alsoAt: snapshot.otherPaths(of: document), title: document.shownTitle,
            mediaType: document.mediaType, textBytes: document.byteLength, passages: document.passages.count,
            sha256: TextHash.hexadecimal(document.textHash))
    }
}

/// SHA-256 as it is written.
package enum TextHash {
    /// The SHA-256 of a text in UTF-8, in hexadecimal.
    package static func of(_ text: String) -> String { hexadecimal(SHA256.hash(Array(text.utf8))) }

    static func hexadecimal(_ hash: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
