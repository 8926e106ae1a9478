/// Makes small documents of Microsoft Office and LibreOffice.
package enum OfficeSample {
    private static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    /// Relationships: identifier, last word of the type, target.
    package static func relationships(_ list: [(id: String, kind: String, target: String)]) -> String {
        "<Relationships>"
            + list.map { "<Relationship Id=\"\($0.id)\" Type=\"\(types)\($0.kind)\" Target=\"\($0.target)\"/>" }.joined()
            + "</Relationships>"
    }

    /// A Word document with this body and other parts, each with the kind of its relationship.
    package static func word(_ body: String, parts: [(kind: String, name: String, xml: String)] = []) -> [UInt8] {
        let links = parts.enumerated().map { (id: "r\($0.offset)", kind: $0.element.kind, target: $0.element.name) }
        return ZipSample.make(
            [
                ("_rels/.rels", relationships([("r1", "officeDocument", "word/document.xml")])),
                (
                    "word/document.xml",
                    "<w:document xmlns:w=\"w\" xmlns:r=\"r\" xmlns:m=\"m\" xmlns:wp=\"wp\"><w:body>\(body)</w:body></w:document>"
                ),
                ("word/_rels/document.xml.rels", relationships(links)),
            ] + parts.map { ("word/\($0.name)", $0.xml) })
    }

    /// A paragraph of Word.
    package static func paragraph(_ text: String, style: String? = nil, properties: String = "") -> String {
        let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
        return "<w:p><w:pPr>\(style)\(properties)</w:pPr><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
    }

    /// A workbook of sheets, each with the XML of its rows.
    package static func workbook(
        _ sheets: [(name: String, rows: String)], strings: [String] = [], styles: String = "", attributes: String = "",
        merged: [String] = []
    ) -> [UInt8] {
        let merges =
            merged.isEmpty ? "" : "<mergeCells>" + merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
        let list = sheets.indices.map {
            "<sheet name=\"\(sheets[$0].name)\" sheetId=\"\($0 + 1)\" r:id=\"r\($0)\" \(attributes)/>"
        }.joined()
        let links = sheets.indices.map { (id: "r\($0)", kind: "worksheet", target: "worksheets/sheet\($0).xml") }
        return ZipSample.make(
            [
                ("_rels/.rels", relationships([("r1", "officeDocument", "xl/workbook.xml")])),
                ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets>\(list)</sheets></workbook>"),
                (
                    "xl/_rels/workbook.xml.rels",
                    relationships(links + [("s", "sharedStrings", "sharedStrings.xml"), ("t", "styles", "styles.xml")])
                ),
                ("xl/sharedStrings.xml", "<sst>" + strings.map { "<si><t>\($0)</t></si>" }.joined() + "</sst>"),
                ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
            ]
                + sheets.indices.map {
                    (
                        "xl/worksheets/sheet\($0).xml",
                        "<worksheet><sheetData>\(sheets[$0].rows)</sheetData>\(merges)</worksheet>"
                    )
                })
    }

    /// A presentation of slides, each with the XML of its shapes and of its notes.
    package static func slides(_ slides: [(shapes: String, notes: String)]) -> [UInt8] {
        let list = slides.indices.map { "<p:sldId id=\"\(256 + $0)\" r:id=\"r\($0)\"/>" }.joined()
        var parts: [(String, String)] = [
            ("_rels/.rels", relationships([("r1", "officeDocument", "ppt/presentation.xml")])),
            (
                "ppt/presentation.xml",
                "<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst>\(list)</p:sldIdLst></p:presentation>"
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                relationships(slides.indices.map { (id: "r\($0)", kind: "slide", target: "slides/slide\($0).xml") })
            ),
        ]
        for (index, slide) in slides.enumerated() {
            parts.append(
                (
                    "ppt/slides/slide\(index).xml",
                    "<p:sld xmlns:p=\"p\" xmlns:a=\"a\" xmlns:r=\"r\"><p:cSld><p:spTree>\(slide.shapes)</p:spTree></p:cSld></p:sld>"
                ))
            guard !slide.notes.isEmpty else { continue }
            parts.append(
                ("ppt/slides/_rels/slide\(index).xml.rels", relationships([("n", "notesSlide", "../notes\(index).xml")])))
            parts.append(
                (
                    "ppt/notes\(index).xml",
                    "<p:notes xmlns:p=\"p\" xmlns:a=\"a\">\(shape(slide.notes, kind: "body"))</p:notes>"
                ))
        }
        return ZipSample.make(parts)
    }

    /// A shape with text.
    package static func shape(_ text: String, kind: String? = nil) -> String {
        let kind = kind.map { "<p:ph type=\"\($0)\"/>" } ?? ""
        return
            "<p:sp><p:nvSpPr><p:nvPr>\(kind)</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>"
    }

    /// A document of LibreOffice: the XML inside `office:body`, and automatic styles.
    package static func open(
        _ body: String, styles: String = "", manifest: String = "", master: String = "", parts: [(String, String)] = []
    ) -> [UInt8] {
        ZipSample.make(
            parts + [
                ("mimetype", "application/vnd.oasis.opendocument"),
                (
                    "content.xml",
                    "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\" xmlns:draw=\"d\" "
                        + "xmlns:dc=\"c\" xmlns:presentation=\"p\" xmlns:svg=\"v\"><office:automatic-styles>\(styles)</office:automatic-styles>"
                        + "<office:body>\(body)</office:body></office:document-content>"
                ),
                (
                    "styles.xml",
                    "<o:s xmlns:o=\"o\" xmlns:style=\"s\" xmlns:text=\"t\"><o:master-styles>\(master)</o:master-styles></o:s>"
                ),
                ("META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\">\(manifest)</m:manifest>"),
            ])
    }

    /// A document of a format, by its extension, with this XML in its main part. Nil for a format that is no archive.
    package static func wrapping(_ xml: String, as format: String) -> [UInt8]? {
        switch format {
        case "docx":
            ZipSample.make([
                ("_rels/.rels", relationships([("r1", "officeDocument", "word/document.xml")])), ("word/document.xml", xml),
                (
                    "word/_rels/document.xml.rels",
                    relationships([
                        ("s", "styles", "styles.xml"), ("n", "numbering", "styles.xml"), ("f", "footnotes", "document.xml"),
                    ])
                ),
                ("word/styles.xml", xml),
            ])
        case "xlsx":
            ZipSample.make([
                ("_rels/.rels", relationships([("r1", "officeDocument", "xl/workbook.xml")])),
                ("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"r0\"/></sheets></workbook>"),
                (
                    "xl/_rels/workbook.xml.rels",
                    relationships([("r0", "worksheet", "s.xml"), ("s", "sharedStrings", "s.xml"), ("t", "styles", "s.xml")])
                ),
                ("xl/s.xml", xml),
            ])
        case "pptx":
            ZipSample.make([
                ("_rels/.rels", relationships([("r1", "officeDocument", "ppt/p.xml")])),
                ("ppt/p.xml", "<p xmlns:r=\"r\"><sldIdLst><sldId r:id=\"r0\"/></sldIdLst></p>"),
                ("ppt/_rels/p.xml.rels", relationships([("r0", "slide", "s.xml")])), ("ppt/s.xml", xml),
                ("ppt/_rels/s.xml.rels", relationships([("c", "chart", "s.xml"), ("n", "notesSlide", "s.xml")])),
            ])
        case "odt", "ods", "odp":
            ZipSample.make([("content.xml", xml), ("styles.xml", xml), ("META-INF/manifest.xml", xml)])
        case "epub":
            ZipSample.make([
                ("META-INF/container.xml", "<c><rootfile full-path=\"b.opf\"/></c>"),
                (
                    "b.opf",
                    "<p><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></p>"
                ),
                ("a.xhtml", xml),
            ])
        default: nil
        }
    }
}
