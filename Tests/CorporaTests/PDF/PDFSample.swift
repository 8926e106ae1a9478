import Corpora
import Testing

/// Writes small PDF files.
struct PDFSample {
    /// A line of a page: its place in points from the lower left corner, its font size, and its text in ASCII.
    typealias Line = (x: Int, y: Int, size: Int, text: String)

    /// Makes a file with one page for each list of lines.
    ///
    /// - Parameters:
    ///   - kids: the children of the page tree, in place of the pages.
    ///   - stream: the content stream of every page with its dictionary entries, in place of the lines.
    ///   - trailer: further entries of the trailer.
    static func make(
        _ pages: [[Line]], title: String? = nil, kids: String? = nil, stream: (entries: String, data: String)? = nil,
        trailer: String = ""
    ) -> [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        objects.append(title.map { "<< /Title (\($0)) >>" } ?? "<< >>")
        var references: [String] = []
        for lines in pages {
            let drawn = lines.map { "BT /F1 \($0.size) Tf \($0.x) \($0.y) Td (\($0.text)) Tj ET" }.joined(
                separator: "\n")
            let content = stream?.data ?? drawn
            objects.append("<< /Length \(content.utf8.count) \(stream?.entries ?? "") >>\nstream\n\(content)\nendstream")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(objects.count) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            references.append("\(objects.count) 0 R")
        }
        objects[1] =
            "<< /Type /Pages /Kids [\(kids ?? references.joined(separator: " "))] /Count \(max(1, pages.count)) >>"
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (i, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(i + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 4 0 R \(trailer) >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }
}

extension PDFSample {
    /// Makes a file of pages with these content streams.
    ///
    /// - Parameters:
    ///   - objects: further objects, with the numbers from 5 on.
    ///   - fonts: further entries of the fonts; F1 is Helvetica.
    ///   - resources: further entries of the resources.
    ///   - page: further entries of every page.
    ///   - catalog: further entries of the catalogue.
    static func file(
        _ contents: [String], objects further: [String] = [], fonts: String = "", resources: String = "", page: String = "",
        catalog: String = ""
    ) -> [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R \(catalog) >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< >>",
        ]
        objects += further
        var kids: [String] = []
        for content in contents {
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(objects.count) 0 R "
                    + "/Resources << /Font << /F1 3 0 R \(fonts) >> \(resources) >> \(page) >>")
            kids.append("\(objects.count) 0 R")
        }
        objects[1] = "<< /Type /Pages /Kids [\(kids.joined(separator: " "))] /Count \(kids.count) >>"
        var file = "%PDF-1.6\n"
        var offsets: [Int] = []
        for (i, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(i + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 4 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    /// The operators that draw a line of text.
    static func line(_ x: Double, _ y: Double, _ size: Double, _ text: String, font: String = "F1") -> String {
        "BT /\(font) \(size) Tf \(x) \(y) Td (\(text)) Tj ET\n"
    }

    /// A stream object.
    static func stream(_ data: String, _ entries: String = "") -> String {
        "<< /Length \(data.utf8.count) \(entries) >>\nstream\n\(data)\nendstream"
    }

    /// A font whose letters from "a" on are those of `letters`, as an object and the map that it needs at the number `map`.
    static func font(_ letters: String, map: Int) -> [String] {
        let pairs = letters.unicodeScalars.enumerated().map { "<\(hex(97 + UInt32($0), 2))> <\(hex($1.value, 4))>" }
        return [
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode \(map) 0 R >>",
            stream(characterMap(pairs, "<00> <FF>")),
        ]
    }

    /// A font of vertical or horizontal writing whose codes from 1 on are the letters, as the objects from `first` on.
    static func wideFont(_ letters: String, first: Int, encoding: String) -> [String] {
        let pairs = letters.unicodeScalars.enumerated().map { "<\(hex(UInt32($0) + 1, 4))> <\(hex($1.value, 4))>" }
        return [
            "<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /\(encoding) /DescendantFonts [\(first + 1) 0 R] "
                + "/ToUnicode \(first + 2) 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Sample /DW 1000 "
                + "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            stream(characterMap(pairs, "<0000> <FFFF>")),
        ]
    }

    /// A string of such a font: the codes of some letters.
    static func codes(_ text: String, of letters: String) -> String {
        let all = Array(letters.unicodeScalars)
        return "<" + text.unicodeScalars.map { hex(UInt32(all.firstIndex(of: $0)! + 1), 4) }.joined() + ">"
    }

    private static func characterMap(_ pairs: [String], _ codes: String) -> String {
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Sample def 1 begincodespacerange \(codes) "
            + "endcodespacerange \(pairs.count) beginbfchar \(pairs.joined(separator: " ")) endbfchar endcmap end end"
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension PDFSample {
    /// The operators that draw texts at their places, in points from the lower left corner.
    static func drawn(_ texts: [(Double, Double, String)], size: Double = 10) -> String {
        texts.map { line($0.0, $0.1, size, $0.2) }.joined()
    }

    /// What is read of a page with this content stream.
    static func text(_ content: String, resources: String = "") throws -> String {
        try #require(Readers.read(file([content], resources: resources), path: "a.pdf").document).string
    }

    /// What is read of a page with these lines.
    static func text(of lines: [Line]) throws -> String {
        try #require(Readers.read(make([lines]), path: "a.pdf").document).string
    }
}
