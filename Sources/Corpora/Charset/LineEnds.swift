import Glibc

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

extension EncodedForm.LineEnds {
    /// The line ends of a text: `.crlf` or `.cr` only when every line end of the text is of that kind.
    init(of text: [UInt8]) {
        // Most files have no CR at all. `memchr` finds that out fastest.
        let hasReturn = text.withUnsafeBytes { $0.baseAddress.map { memchr($0, 13, text.count) != nil } ?? false }
        guard hasReturn else {
            self = .asTheyStand
            return
        }
        var crs = 0
        var lfs = 0
        var pairs = 0
        var previous: UInt8 = 0
        for byte in text {
            if byte == lineFeed {
                lfs += 1
                if previous == carriageReturn { pairs += 1 }
            } else if byte == carriageReturn {
                crs += 1
            }
            previous = byte
        }
        self = crs == 0 ? .asTheyStand : pairs == crs && pairs == lfs ? .crlf : lfs == 0 ? .cr : .asTheyStand
    }

    /// Makes every line end LF, and corrects the offsets of the repairs.
    func collapse(_ text: inout [UInt8], repairs: inout [EncodedForm.Repair]) {
        switch self {
        case .asTheyStand: return
        case .cr:
            for i in text.indices where text[i] == carriageReturn { text[i] = lineFeed }
        case .crlf:
            var target = 0
            var next = 0
            for source in text.indices {
                if next < repairs.count, repairs[next].offset == source {
                    repairs[next] = EncodedForm.Repair(
                        offset: target, bytes: repairs[next].bytes, count: repairs[next].count)
                    next += 1
                }
                if text[source] == carriageReturn { continue }
                text[target] = text[source]
                target += 1
            }
            text.removeLast(text.count - target)
        }
    }

    /// The text with the line ends of the file.
    func expanded(_ text: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + text.count / 16)
        for i in text.indices {
            let byte = text[i]
            if byte == lineFeed, self != .asTheyStand {
                result.append(carriageReturn)
                if self == .crlf { result.append(lineFeed) }
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
