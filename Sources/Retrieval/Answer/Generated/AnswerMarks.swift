import Bytes

/// Sentences, quotations and citations of a generated answer, as byte ranges.
struct AnswerMarks {
    /// The text between quotation marks.
    private(set) var quotations: [Range<Int>] = []
    /// `[1]`, `[1, 2]`, `[1-3]`.
    private(set) var citations: [(range: Range<Int>, numbers: [Int])] = []
    private(set) var sentences: [Range<Int>] = []

    private static let pairs: [(open: [UInt8], close: [[UInt8]])] = [
        ("\"", ["\""]), ("„", ["“", "”"]), ("“", ["”"]), ("«", ["»"]), ("»", ["«"]),
    ].map { (Array($0.0.utf8), $0.1.map { Array($0.utf8) }) }

    init(_ text: [UInt8]) {
        findQuotations(text)
        findCitations(text)
        findSentences(text)
    }

    private mutating func findQuotations(_ text: [UInt8]) {
        var i = 0
        while i < text.count {
            guard let pair = AnswerMarks.pairs.first(where: { text[i...].starts(with: $0.open) }) else {
                i += 1
                continue
            }
            let start = i + pair.open.count
            // A quotation ends in its paragraph.
            let limit =
                text[start...].indices.first { text[$0] == 10 && $0 + 1 < text.count && text[$0 + 1] == 10 } ?? text.count
            let end = (start..<max(start, limit)).first { at in pair.close.contains { text[at..<limit].starts(with: $0) } }
            if let end, end > start {
                quotations.append(start..<end)
                i = end + (pair.close.first { text[end...].starts(with: $0) }?.count ?? 1)
            } else {
                i = start
            }
        }
    }

    private mutating func findCitations(_ text: [UInt8]) {
        var i = 0
        while let open = text[i...].firstIndex(of: UInt8(ascii: "[")) {
            i = open + 1
            guard let close = text[i...].firstIndex(of: UInt8(ascii: "]")), close - i <= 40 else { continue }
            let inside = String(decoding: text[i..<close], as: UTF8.self).replacing("–", with: "-")
            let numbers = inside.split(whereSeparator: { $0 == "," || $0 == ";" }).map { AnswerMarks.numbers(in: $0) }
            guard !numbers.isEmpty, numbers.allSatisfy({ !$0.isEmpty }), !quotations.contains(where: { $0.contains(open) })
            else { continue }
            citations.append((open..<close + 1, numbers.flatMap { $0 }))
            i = close + 1
        }
    }

    /// The numbers of "3" or "2-4"; none for any other text.
    private static func numbers(in text: Substring) -> [Int] {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.filter { $0 != " " }) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last, last - first < 100
        else { return [] }
        return Array(first...last)
    }

    private mutating func findSentences(_ text: [UInt8]) {
        // To the splitter, quotation marks and citations are marks that close a sentence. Every byte keeps its place.
        var plain = text
        for mark in Set(AnswerMarks.pairs.flatMap { [$0.open] + $0.close }) where mark.count > 1 {
            for i in plain.indices where plain[i] == mark[0] && plain[i...].starts(with: mark) {
                for j in mark.indices { plain[i + j] = UInt8(ascii: "\"") }
            }
        }
        for citation in citations {
            for i in citation.range { plain[i] = UInt8(ascii: "]") }
        }
        for range in Sentences.ranges(in: plain) {
            let start = range.lowerBound
            if let last = sentences.last,
                quotations.contains(where: {
                    $0.contains(start) && $0.lowerBound >= last.lowerBound && $0.lowerBound < start
                })
            {
                sentences[sentences.count - 1] = last.lowerBound..<range.upperBound
            } else {
                sentences.append(range)
            }
        }
        giveBackLeadingMarks(text)
    }

    /// Gives citations that begin a sentence to the sentence before: "… in 30 days. [1] The battery …". A sentence that goes
    /// on from its citation ("[1] says") keeps it.
    private mutating func giveBackLeadingMarks(_ text: [UInt8]) {
        var out: [Range<Int>] = []
        for sentence in sentences {
            var start = sentence.lowerBound
            while let mark = citations.first(where: { $0.range.lowerBound == start }) {
                start = mark.range.upperBound
                while start < sentence.upperBound,
                    text[start] == 32 || text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: ",")
                {
                    start += 1
                }
            }
            let goesOn = start < sentence.upperBound && text[start].isLowercase
            if start > sentence.lowerBound, !goesOn, let last = out.last {
                var end = start
                while end > last.upperBound, text[end - 1] == 32 { end -= 1 }
                out[out.count - 1] = last.lowerBound..<end
                if start < sentence.upperBound { out.append(start..<sentence.upperBound) }
            } else {
                out.append(sentence)
            }
        }
        sentences = out
    }
}
