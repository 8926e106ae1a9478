import Bytes

/// A text with runs of white space as one space and typographic apostrophes as plain ones, and the place of each byte in the
/// original.
struct FoldedText: Sendable {
    private var bytes: [UInt8] = []
    private var places: [Int] = []

    init(_ text: [UInt8]) {
        var i = 0
        while i < text.count {
            let space = text.spaceLength(at: i)
            if space > 0 {
                if bytes.last != UInt8(ascii: " ") { append(UInt8(ascii: " "), at: i) }
                i += space
            } else if text[i...].starts(with: [0xE2, 0x80, 0x99]) || text[i...].starts(with: [0xE2, 0x80, 0x98]) {
                append(UInt8(ascii: "'"), at: i)
                i += 3
            } else {
                append(text[i], at: i)
                i += 1
            }
        }
        places.append(text.count)
    }

    private mutating func append(_ byte: UInt8, at place: Int) {
        bytes.append(byte)
        places.append(place)
    }

    /// Where a quotation stands in the original text. The parts around an ellipsis must follow one another. Stops at the
    /// ends of parts are not compared: the writer may have added them.
    func range(of quotation: ArraySlice<UInt8>) -> Range<Int>? {
        let parts = FoldedText(Array(quotation)).parts
        var found: Range<Int>?
        var from = 0
        for part in parts {
            guard let at = find(part, from: from) else { return nil }
            from = at + part.count
            found = (found?.lowerBound ?? places[at])..<places[from]
        }
        return found
    }

    private static let ellipses = ["[...]", "[…]", "(...)", "(…)", "...", "…"].map { Array($0.utf8) }

    /// The stretches between ellipses, without spaces at their ends and without closing stops.
    private var parts: [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var i = 0
        func close(_ end: Int) {
            var part = bytes[start..<end]
            while part.first == 32 { part.removeFirst() }
            while let last = part.last, last == 32 || ".,;:!?".utf8.contains(last) { part.removeLast() }
            if !part.isEmpty { parts.append(part) }
        }
        while i < bytes.count {
            if let ellipsis = FoldedText.ellipses.first(where: { bytes[i...].starts(with: $0) }) {
                close(i)
                i += ellipsis.count
                start = i
            } else {
                i += 1
            }
        }
        close(bytes.count)
        return parts
    }

    /// The first place of a part that begins and ends between words. Only ASCII letters and digits tell where a word goes
    /// on.
    private func find(_ part: ArraySlice<UInt8>, from: Int) -> Int? {
        guard let head = part.first, let tail = part.last, part.count <= bytes.count else { return nil }
        var at = from
        while at + part.count <= bytes.count {
            if bytes[at] == head, bytes[at..<at + part.count].elementsEqual(part) {
                let end = at + part.count
                let cutsStart = at > 0 && bytes[at - 1].isAlphanumeric && head.isAlphanumeric
                let cutsEnd = end < bytes.count && bytes[end].isAlphanumeric && tail.isAlphanumeric
                if !cutsStart, !cutsEnd { return at }
            }
            at += 1
        }
        return nil
    }
}
