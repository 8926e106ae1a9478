import Bytes

/// A glob over paths with "/" between their parts.
///
/// The syntax has `*`, `?`, `[a-z]`, `[!a-z]`, `[[:digit:]]`, `\x`, and `**` for any number of folders.
package struct GlobPattern: Sendable {
    private enum Piece: Sendable, Equatable {
        /// This byte.
        case byte(UInt8)
        /// `?`: any one Unicode scalar except "/".
        case anyScalar
        /// `*`: any run of scalars without "/".
        case anyRun
        /// `**/`: any number of whole folders, or none.
        case anyFolders
        /// `**` at the end: everything below a folder.
        case anything
        /// `[...]`: one scalar in one of the ranges, or in none of them when negated. Never "/".
        case set(negated: Bool, ranges: [ClosedRange<UInt32>])
    }

    private let pieces: [Piece]

    /// Parses a pattern. A pattern matches whole paths.
    package init(_ pattern: some Sequence<UInt8>) throws(CorporaError) {
        let bytes = Array(pattern)
        func refuse(_ fault: CorporaError.PatternFault) -> CorporaError {
            CorporaError(.badPattern(fault), subject: String(decoding: bytes, as: UTF8.self))
        }
        var pieces: [Piece] = []
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            switch byte {
            case UInt8(ascii: "*"):
                var end = i
                while end < bytes.count, bytes[end] == UInt8(ascii: "*") { end += 1 }
                let atStart = i == 0 || bytes[i - 1] == UInt8(ascii: "/")
                if end - i == 2, atStart, end < bytes.count, bytes[end] == UInt8(ascii: "/") {
                    pieces.append(.anyFolders)
                    end += 1
                } else if end - i == 2, atStart, end == bytes.count {
                    pieces.append(.anything)
                } else {
                    pieces.append(.anyRun)
                }
                i = end
            case UInt8(ascii: "?"):
                pieces.append(.anyScalar)
                i += 1
            case UInt8(ascii: "\\"):
                guard i + 1 < bytes.count else { throw refuse(.endsInBackslash) }
                pieces.append(.byte(bytes[i + 1]))
                i += 2
            case UInt8(ascii: "["):
                guard let (piece, end) = Self.set(bytes, i) else { throw refuse(.openBracket) }
                pieces.append(piece)
                i = end
            default:
                pieces.append(.byte(byte))
                i += 1
            }
        }
        self.pieces = pieces
    }

    /// Parses `[...]` at `start`, and returns the offset after it. Nil when the bracket is not closed.
    private static func set(_ bytes: [UInt8], _ start: Int) -> (Piece, Int)? {
        var i = start + 1
        var negated = false
        if i < bytes.count, bytes[i] == UInt8(ascii: "!") || bytes[i] == UInt8(ascii: "^") {
            negated = true
            i += 1
        }
        var ranges: [ClosedRange<UInt32>] = []
        var first = true
        func scalar() -> UInt32? {
            if i < bytes.count, bytes[i] == UInt8(ascii: "\\") { i += 1 }
            guard i < bytes.count else { return nil }
            let (value, length) = Self.scalar(bytes, i)
            i += length
            return value
        }
        while i < bytes.count, first || bytes[i] != UInt8(ascii: "]") {
            first = false
            if let (members, end) = characterClass(bytes, i) {
                ranges += members
                i = end
                continue
            }
            guard let low = scalar() else { return nil }
            if i + 1 < bytes.count, bytes[i] == UInt8(ascii: "-"), bytes[i + 1] != UInt8(ascii: "]") {
                i += 1
                guard let high = scalar() else { return nil }
                if low <= high { ranges.append(low...high) }
            } else {
                ranges.append(low...low)
            }
        }
        guard i < bytes.count else { return nil }
        return (.set(negated: negated, ranges: ranges), i + 1)
    }

    /// The ranges of a class such as `[:digit:]` at `start`, and the offset after it. Nil where there is none.
    private static func characterClass(_ bytes: [UInt8], _ start: Int) -> ([ClosedRange<UInt32>], Int)? {
        let rest = bytes[start...]
        guard rest.starts(with: "[:".utf8), let colon = rest.dropFirst(2).firstIndex(of: UInt8(ascii: ":")),
            colon + 1 < bytes.count, bytes[colon + 1] == UInt8(ascii: "]"),
            let ranges = classes[String(decoding: bytes[(start + 2)..<colon], as: UTF8.self)]
        else { return nil }
        return (ranges, colon + 2)
    }

    /// The classes of POSIX, of ASCII alone as in Git.
    private static let classes: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "blank": [9...9, 32...32],
        "cntrl": [0...31, 127...127], "digit": [0x30...0x39], "graph": [33...126], "lower": [0x61...0x7A],
        "print": [32...126], "punct": [33...47, 58...64, 91...96, 123...126], "space": [9...13, 32...32],
        "upper": [0x41...0x5A], "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    /// The scalar at `i` and its length in bytes. A byte that starts no scalar stands for itself.
    private static func scalar(_ bytes: [UInt8], _ i: Int) -> (value: UInt32, length: Int) {
        let character = UTF8Character(in: bytes.span, at: i)
        return (character.scalar ?? UInt32(bytes[i]), character.length)
    }

    /// Whether the whole path matches. The time is at most proportional to pieces × bytes, whatever the pattern is.
    package func matches(_ path: [UInt8]) -> Bool {
        // The positions in `pieces` that the scalars read so far can reach. There is no backtracking, so no pattern is slow.
        var current = [Bool](repeating: false, count: pieces.count + 1)
        current[0] = true
        var atFolderStart = true
        var i = 0
        while true {
            for p in pieces.indices where current[p] {
                switch pieces[p] {
                case .anyRun, .anything: current[p + 1] = true
                case .anyFolders: if atFolderStart { current[p + 1] = true }
                default: break
                }
            }
            guard i < path.count else { return current[pieces.count] }
            let (value, length) = Self.scalar(path, i)
            var next = [Bool](repeating: false, count: pieces.count + 1)
            // A literal piece matches one byte. Every other piece matches a whole scalar.
            for p in pieces.indices where current[p] {
                switch pieces[p] {
                case .byte(let byte):
                    if byte == path[i], length == 1 || literalRun(p, path, i, length) {
                        next[p + (length == 1 ? 1 : length)] = true
                    }
                case .anyScalar: if value != 0x2F { next[p + 1] = true }
                case .anyRun: if value != 0x2F { next[p] = true }
                case .anyFolders, .anything: next[p] = true
                case .set(let negated, let ranges):
                    if value != 0x2F, ranges.contains(where: { $0.contains(value) }) != negated { next[p + 1] = true }
                }
            }
            atFolderStart = value == 0x2F
            current = next
            i += length
        }
    }

    /// Whether the pieces from `p` on are the bytes of the scalar at `i`.
    private func literalRun(_ p: Int, _ path: [UInt8], _ i: Int, _ length: Int) -> Bool {
        guard p + length <= pieces.count else { return false }
        return (0..<length).allSatisfy { pieces[p + $0] == .byte(path[i + $0]) }
    }
}
