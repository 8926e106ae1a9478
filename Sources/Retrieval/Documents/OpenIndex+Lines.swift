import Corpora
import Foundation
import Indexes

extension OpenIndex {
    /// The line of a document, from 1, with most of some words of a passage; nil where the format has no lines, and where
    /// counting them would cost too much.
    func line(of words: [String], in passage: [UInt8], at range: Range<Int>, of document: StoredDocument) throws -> Int? {
        // An original that cannot be read costs its line numbers and nothing else.
        guard let stored = try? snapshot.original(of: document), let original = OriginalForm(stored), original.isExact else {
            return nil
        }
        guard let before = try linesBefore(range, passage, of: document, isPlain: original == .plain) else { return nil }
        return before + 1 + OpenIndex.bestLine(of: words, in: passage)
    }

    /// The number of line feeds before the line of a text with most of some words.
    static func bestLine(of words: [String], in text: [UInt8]) -> Int {
        let sought = MatchedWords(words)
        var best = (line: 0, found: -1)
        for (number, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let line = Array(line)
            let held = sought.count(in: line)
            if held > best.found, !line.isEmpty { best = (number, held) }
        }
        return best.line
    }

    /// The most passages that are reconstructed to count their lines.
    private static let mostCounted = 32

    /// The number of line feeds before a passage, from its file where it is as it was, or from the passages before.
    private func linesBefore(
        _ range: Range<Int>, _ passage: [UInt8], of document: StoredDocument, isPlain: Bool
    ) throws -> Int? {
        if range.lowerBound == 0 { return 0 }
        if isPlain, let count = linesOfFile(before: range, passage, of: document) { return count }
        var start = 0
        var earlier: [PassageID] = []
        let segment = try snapshot.segment(document.id.segment)
        for id in document.passageIDs where start < range.lowerBound {
            earlier.append(id)
            start += segment.byteCount(of: id.index)
        }
        guard earlier.count <= OpenIndex.mostCounted else { return nil }
        return try reconstruction.texts(of: earlier).reduce(0) { $0 + $1.count(where: { $0 == UInt8(ascii: "\n") }) }
    }

    /// The number of line feeds before a passage in its file; nil where the file does not hold the passage there.
    private func linesOfFile(before range: Range<Int>, _ passage: [UInt8], of document: StoredDocument) -> Int? {
        for path in document.paths {
            guard let file = roots.filePath(of: path), OpenIndex.isRegular(file),
                let data = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe),
                data.count == document.byteLength, data[range].elementsEqual(passage)
            else { continue }
            return data[..<range.lowerBound].count { $0 == UInt8(ascii: "\n") }
        }
        return nil
    }

    private static func isRegular(_ file: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
