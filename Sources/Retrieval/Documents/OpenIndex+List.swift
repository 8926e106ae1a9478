import Foundation
import Indexes
import Memory

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
    /// - Throws: `RetrievalError` where the pattern makes no sense.
    package func documents(fitting pattern: String?, after last: String?) throws -> [ListedDocument] {
        let pattern = try pattern.map(PathPattern.init)
        return snapshot.documents.filter { document in
            let isLater = last.map { $0.utf8.lexicographicallyPrecedes((document.paths.first ?? "").utf8) } ?? true
            return isLater && (pattern.map { document.paths.contains(where: $0.fits) } ?? true)
        }.map(ListedDocument.init).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}

extension ListedDocument {
    fileprivate init(_ document: StoredDocument) {
        self.init(
            path: document.paths.first ?? "", alsoAt: Array(document.paths.dropFirst()), title: document.shownTitle,
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
