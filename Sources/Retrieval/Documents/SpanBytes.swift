import Corpora

/// Source spans as bytes: for each, the distance from the one before, then a page number or a heading path. Markdown's are stored by `HeadingOutline`.
package enum SpanBytes {
    package static func pack(_ spans: [SourceSpan]) -> [UInt8] {
        var out: [UInt8] = [], at = 0, headings: [String] = []
        for span in spans {
            append(span.start - at, to: &out)
            at = span.start
            switch span.place {
            case .page(let number): append(number << 1, to: &out)
            case .heading(let path):
                // Headings that the one before has too are counted, the rest spelled.
                let kept = zip(path, headings).prefix { $0 == $1 }.count
                append(((path.count - kept) << 5 | min(kept, 15) << 1 | 1), to: &out)
                for heading in path.dropFirst(min(kept, 15)).prefix(path.count - kept) {
                    append(heading.utf8.count, to: &out)
                    out += heading.utf8
                }
                headings = path
            }
        }
        return out
    }

    /// Places beyond it are damage; sums of a place and a number stay far from overflow.
    static let placeLimit = 1 << 60

    /// nil where the bytes are no spans.
    package static func unpack(_ bytes: [UInt8]) -> [SourceSpan]? {
        var reader = Reader(bytes), spans: [SourceSpan] = [], at = 0, headings: [String] = []
        while !reader.isAtEnd {
            guard let step = reader.number(), let kind = reader.number() else { return nil }
            at += step
            guard at < placeLimit else { return nil }
            if kind & 1 == 0 {
                spans.append(SourceSpan(start: at, place: .page(kind >> 1)))
                continue
            }
            let kept = kind >> 1 & 15
            guard kept <= headings.count else { return nil }
            var path = Array(headings.prefix(kept))
            for _ in 0..<(kind >> 5) {
                guard let heading = reader.string() else { return nil }
                path.append(heading)
            }
            spans.append(SourceSpan(start: at, place: .heading(path)))
            headings = path
        }
        return spans
    }

    /// Reads numbers of seven bits a byte and strings with their length before them.
    struct Reader {
        private let bytes: [UInt8]
        private var at = 0
        init(_ bytes: [UInt8]) { self.bytes = bytes }
        var isAtEnd: Bool { at >= bytes.count }

        mutating func number() -> Int? {
            var value = 0, shift = 0
            while at < bytes.count, shift < 56 {
                let byte = bytes[at]
                at += 1
                value |= Int(byte & 127) << shift
                if byte < 128 { return value }
                shift += 7
            }
            return nil
        }

        mutating func string() -> String? {
            guard let length = number(), length <= bytes.count - at else { return nil }
            defer { at += length }
            return String(decoding: bytes[at..<at + length], as: UTF8.self)
        }
    }

    static func append(_ value: Int, to out: inout [UInt8]) {
        var rest = UInt(value)
        while rest >= 128 {
            out.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        out.append(UInt8(rest))
    }
}
