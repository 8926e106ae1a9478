import Corpora

/// Source spans as bytes: for each, the distance from the one before, then a page number or a heading path. Markdown's are read off its text and not stored.
enum SpanBytes {
    static func pack(_ spans: [SourceSpan]) -> [UInt8] {
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

    /// nil where the bytes are no spans.
    static func unpack(_ bytes: [UInt8]) -> [SourceSpan]? {
        var spans: [SourceSpan] = [], i = 0, at = 0, headings: [String] = []
        func number() -> Int? {
            var value = 0, shift = 0
            while i < bytes.count, shift < 56 {
                let byte = bytes[i]
                i += 1
                value |= Int(byte & 127) << shift
                if byte < 128 { return value }
                shift += 7
            }
            return nil
        }
        while i < bytes.count {
            guard let step = number(), let kind = number() else { return nil }
            at += step
            if kind & 1 == 0 {
                spans.append(SourceSpan(start: at, place: .page(kind >> 1)))
                continue
            }
            let kept = kind >> 1 & 15
            guard kept <= headings.count else { return nil }
            var path = Array(headings.prefix(kept))
            for _ in 0..<(kind >> 5) {
                guard let length = number(), length <= bytes.count - i else { return nil }
                path.append(String(decoding: bytes[i..<i + length], as: UTF8.self))
                i += length
            }
            spans.append(SourceSpan(start: at, place: .heading(path)))
            headings = path
        }
        return spans
    }

    private static func append(_ value: Int, to out: inout [UInt8]) {
        var rest = UInt(value)
        while rest >= 128 {
            out.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        out.append(UInt8(rest))
    }
}
