/// Decides what becomes of a hyphen at the end of a line: it stays in state-of-the-art and goes from ware-housing.
///
/// The words of the document decide first, then a word list of the system where one is installed.
struct PDFHyphens {
    /// All words of the document in lower case, except words that a line end breaks.
    private var words: Set<String> = []
    /// Whether the document draws its hyphens as soft ones, so that they say nothing about the word.
    private var hasSoftHyphens = false

    /// A decision without a document.
    init() {}

    init(_ pages: [[PDFLine]]) {
        for line in pages.joined() {
            let scalars = line.text.unicodeScalars
            if !hasSoftHyphens, let soft = scalars.firstIndex(of: Self.soft) {
                let next = scalars.index(after: soft)
                hasSoftHyphens = next < scalars.endIndex && scalars[next].properties.isAlphabetic
            }
            for word in line.text.utf8.split(separator: 32) where word.last != UInt8(ascii: "-") {
                guard word.count < 60 else { continue }
                var core = word.drop { !$0.isWordByte }
                while let last = core.last, !last.isWordByte { core.removeLast() }
                if !core.isEmpty { words.insert(Self.lowered(core)) }
            }
        }
    }

    private static let soft: Unicode.Scalar = "\u{AD}"
    private static let marks: Set<Unicode.Scalar> = ["-", "\u{2010}", soft]
    /// Words that stand after a part of a compound whose end comes later: "Haupt- und Nebensachen".
    private static let links: Set<String> = [
        "und", "oder", "bzw", "bis", "and", "or", "to", "et", "ou", "y", "o", "e", "en", "of",
    ]

    /// A line with the hyphens that readers see. A soft hyphen inside a line is one where the document draws all hyphens so.
    func visible(_ line: String) -> String {
        guard hasSoftHyphens else { return line }
        return String(String.UnicodeScalarView(line.unicodeScalars.map { $0 == Self.soft ? "-" : $0 }))
    }

    /// How many bytes of the text go, where it ends with a hyphen and the next line continues its word.
    ///
    /// - Returns: nil where a space parts the lines.
    func joint(_ text: [UInt8], _ next: String) -> Int? {
        let end = String(decoding: text.suffix(80), as: UTF8.self).unicodeScalars
        guard let mark = end.last, Self.marks.contains(mark) else { return nil }
        let token = end.dropLast().reversed().prefix { !$0.properties.isWhitespace }.reversed()
        guard let before = token.last, before.properties.isAlphabetic || before.properties.numericType != nil,
            let first = next.unicodeScalars.first
        else { return nil }
        let length = String(mark).utf8.count
        if mark == Self.soft, !hasSoftHyphens { return length }
        guard first.properties.isAlphabetic else { return first.properties.numericType != nil ? 0 : nil }
        let head = String(String.UnicodeScalarView(token.reversed().prefix { $0.properties.isAlphabetic }.reversed()))
        let tail = String(String.UnicodeScalarView(next.unicodeScalars.prefix { $0.properties.isAlphabetic }))
        return decide(head, tail, isCompound: token.contains { Self.marks.contains($0) }, length: length)
    }

    private func decide(_ head: String, _ tail: String, isCompound: Bool, length: Int) -> Int? {
        let isCapitals =
            head.count > 1 && tail.count > 1 && !(head + tail).unicodeScalars.contains { !$0.properties.isUppercase }
        guard head.count > 1, isCapitals || tail.unicodeScalars.first?.properties.isUppercase != true else { return 0 }
        let (low, rest) = (head.lowercased(), tail.lowercased())
        if words.contains(low + rest) { return length }
        if words.contains(low + "-" + rest) { return 0 }
        if WordList.shared.holds(low + rest) { return length }
        if Self.links.contains(rest) { return nil }
        let areWords =
            WordList.shared.isEmpty
            ? isCompound || low.count > 2 && rest.count > 2 && words.contains(low) && words.contains(rest)
            : isKnown(low) && isKnown(rest)
        return areWords ? 0 : length
    }

    private func isKnown(_ word: String) -> Bool { word.count > 1 && WordList.shared.holds(word) }

    private static func lowered(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased()
    }

    /// Two lines of a cell as one.
    func joined(_ a: String, _ b: String) -> String {
        guard let length = joint(Array(a.utf8), b) else { return a + " " + b }
        return String(decoding: a.utf8.dropLast(length), as: UTF8.self) + b
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool { self >= 0x80 || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
}
