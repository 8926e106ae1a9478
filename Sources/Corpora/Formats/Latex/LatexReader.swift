import Bytes

extension MediaType {
    /// LaTeX source.
    package static let latex = MediaType(rawValue: "latex")
}

/// Reads LaTeX. The text is the source, in which accents are letters; the spans are the paths of its headings.
struct LatexReader: Reader {
    let format = Format(.latex, extensions: ["tex", "latex", "ltx"], signatures: [.opening("\\documentclass")])

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let source = try TextReader.decode(bytes)
        let decoding = source.edited(source.avoidingRepairs(LatexAccents.edits(source.text)), of: bytes)
        let headings = LatexHeadings(decoding.text)
        return Document(
            title: headings.title ?? headings.headings.first?.text, mediaType: .latex, text: decoding.text,
            spans: Heading.spans(headings.headings), original: .encoded(decoding.form))
    }
}

/// The headings of LaTeX source.
struct LatexHeadings {
    private(set) var headings: [Heading] = []
    /// The argument of `\title`.
    private(set) var title: String?

    private static let levels = [
        "part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6, "subparagraph": 7,
        "frametitle": 5,
    ]

    init(_ text: [UInt8]) {
        var i = 0
        while i < text.count {
            switch text[i] {
            case UInt8(ascii: "%"): i = text[i...].firstIndex(of: 10) ?? text.count
            case 0x5C:
                let start = i
                let name = text[(i + 1)...].prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
                i += max(2, name.count + 1)
                let word = String(decoding: name, as: UTF8.self)
                guard word == "title" || Self.levels[word] != nil, let words = Self.argument(text, i) else { continue }
                if word == "title" {
                    title = title ?? words
                } else {
                    headings.append(Heading(start: start, level: Self.levels[word]!, text: words))
                }
            default: i += 1
            }
        }
    }

    /// The words of the argument in braces that starts after an offset, a star and an argument in brackets.
    private static func argument(_ text: [UInt8], _ start: Int) -> String? {
        var i = start
        func skip() { while i < text.count, text[i].isSpace || text[i] == UInt8(ascii: "*") { i += 1 } }
        skip()
        if i < text.count, text[i] == UInt8(ascii: "[") {
            guard let end = text[i...].prefix(500).firstIndex(of: UInt8(ascii: "]")) else { return nil }
            i = end + 1
            skip()
        }
        guard i < text.count, text[i] == UInt8(ascii: "{") else { return nil }
        var depth = 0
        var words: [UInt8] = []
        while i < text.count, i - start < 2000 {
            let byte = text[i]
            i += 1
            switch byte {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return DocumentTitle.clean(words) }
            case 0x5C:
                let name = text[i...].prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
                if name.isEmpty, i < text.count, text[i] != 0x5C { words.append(text[i]) } else { words.append(32) }
                i += max(1, name.count)
            case UInt8(ascii: "$"), UInt8(ascii: "~"): words.append(32)
            default: words.append(byte)
            }
        }
        return nil
    }
}
