import Bytes
import Memory

/// A word that is typed in parts: with hyphens, such as on-line, or with points between single letters, such as U.S.A.
struct PartedWord: Sendable {
    /// The folded parts.
    let parts: [[UInt8]]
    /// The word in one, folded.
    let joined: [UInt8]

    /// The hyphens of typewriters and of print, and the one that breaks no line.
    private static let hyphens: [[UInt8]] = ["-", "\u{2010}", "\u{2011}"].map { Array($0.utf8) }

    /// The words of a text that are typed in parts.
    static func all(in text: [UInt8]) -> [PartedWord] {
        var rows: [[Range<Int>]] = []
        for range in Words.forms(in: text.span) where !text[range.lowerBound].isDigit {
            if let last = rows.last?.last, joins(text[last.upperBound..<range.lowerBound], last.count, range.count) {
                rows[rows.count - 1].append(range)
            } else {
                rows.append([range])
            }
        }
        return rows.filter { 2...4 ~= $0.count }.map { row in
            let parts = row.map { Words.fold(Array(text[$0])) }
            return PartedWord(parts: parts, joined: Array(parts.joined()))
        }
    }

    /// Whether a sign between two words of some lengths makes them one.
    private static func joins(_ sign: ArraySlice<UInt8>, _ first: Int, _ second: Int) -> Bool {
        hyphens.contains { sign.elementsEqual($0) } || first == 1 && second == 1 && sign.elementsEqual(".".utf8)
    }
}
