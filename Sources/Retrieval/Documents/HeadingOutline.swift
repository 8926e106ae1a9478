import Corpora

/// Where the headings of a Markdown document stand and how deep: their text is in the document and not stored twice.
package enum HeadingOutline {
    package struct Entry: Sendable, Equatable {
        /// Byte offset of the heading's line; headings above it, itself included.
        package let start: Int, depth: Int
    }

    package static func pack(_ spans: [SourceSpan]) -> [UInt8] {
        var out: [UInt8] = [], at = 0
        for span in spans {
            guard case .heading(let path) = span.place, !path.isEmpty else { continue }
            SpanBytes.append((span.start - at) << 3 | min(path.count, 7), to: &out)
            at = span.start
        }
        return out
    }

    /// nil where the bytes are no outline.
    package static func unpack(_ bytes: [UInt8]) -> [Entry]? {
        var reader = SpanBytes.Reader(bytes), entries: [Entry] = [], at = 0
        while !reader.isAtEnd {
            guard let value = reader.number() else { return nil }
            at += value >> 3
            guard at < SpanBytes.placeLimit else { return nil }
            entries.append(Entry(start: at, depth: value & 7))
        }
        return entries
    }

    /// Starts of the headings that an offset stands under, outermost first.
    package static func chain(_ entries: [Entry], at offset: Int) -> [Int] {
        var chain: [Int] = [], depth = Int.max
        for entry in entries.reversed() where entry.start <= offset && entry.depth < depth {
            chain.append(entry.start)
            depth = entry.depth
        }
        return chain.reversed()
    }
}
