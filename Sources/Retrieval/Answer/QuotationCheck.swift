import Memory

/// Holds what a language model wrote against the passages that it was given.
package struct QuotationCheck: Sendable {
    /// Of the content words of a sentence without citation or quotation, this share must occur in one source.
    private static let shareFrom = 0.5

    private let sources: [SearchResult]
    private let texts: [FoldedText], words: [Set<[UInt8]>]

    /// - Parameter sources: the passages in the order of their numbers, from 1.
    package init(sources: [SearchResult]) {
        self.sources = sources
        texts = sources.map { FoldedText(Array($0.text.utf8)) }
        words = sources.map { Set(QuotationCheck.contentWords(Array($0.text.utf8))) }
    }

    /// The sentences of an answer in order, each with its sources, its quotations and whether it is supported.
    ///
    /// A sentence is not supported where a quotation of it is in no source, where a number that it cites does not exist, or where it neither cites
    /// nor quotes and fewer than half of its content words occur in any one source.
    package func sentences(of answer: String) -> [GeneratedAnswer.Sentence] {
        let text = Array(answer.utf8), marks = Marks(text)
        return marks.sentences.map { range in
            let cited = marks.citations.filter { range.contains($0.range.lowerBound) }.flatMap(\.numbers)
            let numbers = cited.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
            let quotations = marks.quotations.filter { range.contains($0.lowerBound) }.map { inner in
                GeneratedAnswer.Quotation(text: String(decoding: text[inner], as: UTF8.self), citation: locate(text[inner], first: numbers))
            }
            var isSupported = quotations.allSatisfy { $0.citation != nil } && numbers.allSatisfy { sources.indices.contains($0 - 1) }
            if numbers.isEmpty, quotations.isEmpty { isSupported = isSupported && sharesWords(text[range]) }
            return GeneratedAnswer.Sentence(
                text: String(decoding: text[range], as: UTF8.self), isSupported: isSupported, sources: numbers, quotations: quotations)
        }
    }

    /// Where a quotation stands: in the sources that its sentence cites, else in any.
    private func locate(_ quotation: ArraySlice<UInt8>, first cited: [Int]) -> Citation? {
        let order = cited.map { $0 - 1 }.filter(sources.indices.contains) + sources.indices.filter { !cited.contains($0 + 1) }
        for index in order {
            guard let range = texts[index].range(of: quotation) else { continue }
            let citation = sources[index].citation
            return Citation(
                path: citation.path, alsoAt: citation.alsoAt, title: citation.title, page: citation.page, headings: citation.headings,
                start: citation.start + range.lowerBound, end: citation.start + range.upperBound)
        }
        return nil
    }

    private func sharesWords(_ sentence: ArraySlice<UInt8>) -> Bool {
        let wanted = Set(QuotationCheck.contentWords(Array(sentence)))
        guard !wanted.isEmpty else { return true }
        let best = words.map { wanted.intersection($0).count }.max() ?? 0
        return Double(best) >= QuotationCheck.shareFrom * Double(wanted.count)
    }

    /// Stems of the words of four and more bytes, and all numbers: the short words of a language say little.
    private static func contentWords(_ text: [UInt8]) -> [[UInt8]] {
        Words.forms(in: text.span).map { Words.fold(Array(text[$0])) }.filter { $0.count > 3 || $0.allSatisfy { $0 >= 48 && $0 <= 57 } }.map(Stem.of)
    }
}

/// A text with white space folded and typographic apostrophes made plain, which remembers where each byte stood.
private struct FoldedText: Sendable {
    private(set) var bytes: [UInt8] = []
    private var places: [Int] = []

    init(_ text: [UInt8]) {
        var i = 0
        while i < text.count {
            let rest = text[i...]
            if FoldedText.isSpace(text[i]) || rest.starts(with: [0xC2, 0xA0]) || rest.starts(with: [0xE2, 0x80, 0xAF]) {
                let length = text[i] == 0xC2 ? 2 : text[i] == 0xE2 ? 3 : 1
                if bytes.last != 32 { append(32, at: i) }
                i += length
            } else if rest.starts(with: [0xE2, 0x80, 0x99]) || rest.starts(with: [0xE2, 0x80, 0x98]) {
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

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }

    /// Where a quotation stands in the text as it was; parts around an ellipsis must follow one another. A stop at its end may be the writer's.
    func range(of quotation: ArraySlice<UInt8>) -> Range<Int>? {
        let parts = FoldedText(Array(quotation)).parts
        var found: Range<Int>?, from = 0
        for part in parts {
            guard let at = find(part, from: from) else { return nil }
            from = at + part.count
            found = (found?.lowerBound ?? places[at])..<places[from]
        }
        return found
    }

    /// The stretches between ellipses, without spaces at their ends and without a closing stop.
    private var parts: [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = [], start = 0, i = 0
        let ellipses: [[UInt8]] = ["[...]", "[…]", "(...)", "(…)", "...", "…"].map { Array($0.utf8) }
        func close(_ end: Int) {
            var part = bytes[start..<end]
            while part.first == 32 { part.removeFirst() }
            while let last = part.last, last == 32 || ".,;:!?".utf8.contains(last) { part.removeLast() }
            if !part.isEmpty { parts.append(part) }
        }
        while i < bytes.count {
            if let ellipsis = ellipses.first(where: { bytes[i...].starts(with: $0) }) {
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

    /// The first place of a part that begins and ends between words.
    private func find(_ part: ArraySlice<UInt8>, from: Int) -> Int? {
        guard let head = part.first, let tail = part.last, part.count <= bytes.count else { return nil }
        var at = from
        while at + part.count <= bytes.count {
            if bytes[at] == head, bytes[at..<at + part.count].elementsEqual(part) {
                let end = at + part.count
                let cutsStart = at > 0 && FoldedText.isWordy(bytes[at - 1]) && FoldedText.isWordy(head)
                let cutsEnd = end < bytes.count && FoldedText.isWordy(bytes[end]) && FoldedText.isWordy(tail)
                if !cutsStart, !cutsEnd { return at }
            }
            at += 1
        }
        return nil
    }

    /// ASCII letters and digits; other scripts may run on.
    private static func isWordy(_ byte: UInt8) -> Bool { (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) }
}

/// Sentences, quotations and citation marks of an answer, as byte ranges.
private struct Marks {
    /// What stands between quotation marks.
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
            guard let pair = Marks.pairs.first(where: { text[i...].starts(with: $0.open) }) else {
                i += 1
                continue
            }
            let start = i + pair.open.count
            // A quotation ends in its paragraph.
            let limit = text[start...].indices.first { text[$0] == 10 && $0 + 1 < text.count && text[$0 + 1] == 10 } ?? text.count
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
            let numbers = inside.split(whereSeparator: { $0 == "," || $0 == ";" }).map { Marks.numbers(in: $0) }
            guard !numbers.isEmpty, numbers.allSatisfy({ !$0.isEmpty }), !quotations.contains(where: { $0.contains(open) }) else { continue }
            citations.append((open..<close + 1, numbers.flatMap { $0 }))
            i = close + 1
        }
    }

    /// "3" or "2-4"; nothing where it is neither.
    private static func numbers(in text: Substring) -> [Int] {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.filter { $0 != " " }) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last, last - first < 100 else { return [] }
        return Array(first...last)
    }

    private mutating func findSentences(_ text: [UInt8]) {
        // Quotation marks and citations are closers of a sentence to the splitter; every byte keeps its place.
        var plain = text
        for mark in Set(Marks.pairs.flatMap { [$0.open] + $0.close }) where mark.count > 1 {
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
                quotations.contains(where: { $0.contains(start) && $0.lowerBound >= last.lowerBound && $0.lowerBound < start })
            {
                sentences[sentences.count - 1] = last.lowerBound..<range.upperBound
            } else {
                sentences.append(range)
            }
        }
        giveBackLeadingMarks(text)
    }

    /// Marks after a full stop belong to the sentence before: "… in 30 days. [1] The battery …", unless the sentence goes on from them ("[1] says").
    private mutating func giveBackLeadingMarks(_ text: [UInt8]) {
        var out: [Range<Int>] = []
        for sentence in sentences {
            var start = sentence.lowerBound
            while let mark = citations.first(where: { $0.range.lowerBound == start }) {
                start = mark.range.upperBound
                while start < sentence.upperBound, text[start] == 32 || text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: ",") {
                    start += 1
                }
            }
            let goesOn = start < sentence.upperBound && text[start] >= 97 && text[start] <= 122
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
