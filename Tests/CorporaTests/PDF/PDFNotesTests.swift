import Corpora
import Testing

/// Form fields, annotations, hidden text, and what a document says was not read.
@Suite struct PDFNotesTests {
    private func read(_ file: [UInt8]) throws -> Document { try #require(Readers.read(file, path: "a.pdf").document) }

    @Test func valuesOfFormFieldsAreReadBesideTheirLabels() throws {
        let appearance = "<< /N << /Yes 10 0 R /Off 10 0 R >> >>"
        let objects = [
            "<< /Fields [6 0 R 7 0 R 8 0 R 9 0 R] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ilse Kern-Morawetz) /Rect [160 696 360 712] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (floor) /Opt [(first) (third floor)] /V (third floor) "
                + "/Rect [160 676 360 692] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Btn /T (pets) /V /Yes /AS /Yes /AP \(appearance) /Rect [160 656 172 668] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Btn /T (boat) /V /Off /AS /Off /AP \(appearance) /Rect [160 636 172 648] >>",
            PDFSample.stream(
                "BT /F1 8 Tf 2 2 Td (TICK) Tj ET",
                "/Type /XObject /Subtype /Form /BBox [0 0 12 12] /Resources << /Font << /F1 3 0 R >> >>"),
        ]
        let labels = ["Name:", "Floor:", "Pets:", "Boat:"].enumerated().map {
            PDFSample.line(72, 700 - 20 * Double($0), 11, $1)
        }.joined()
        let file = PDFSample.file(
            [PDFSample.line(72, 740, 11, "Tenancy application") + labels], objects: objects,
            page: "/Annots [6 0 R 7 0 R 8 0 R 9 0 R]",
            catalog: "/AcroForm 5 0 R")
        #expect(
            try read(file).string == """
                Tenancy application

                Name: Ilse Kern-Morawetz
                Floor: third floor
                Pets: [x]
                Boat: [ ]

                """)
    }

    @Test func annotationsAreReadAndMarked() throws {
        let objects = [
            "<< /Type /Annot /Subtype /Text /Contents (The rope was condemned.) /Rect [400 740 420 760] >>",
            "<< /Type /Annot /Subtype /FreeText /Contents (Use the port side only.) /DA (/Helv 10 Tf 0 g) /Rect [72 600 200 620] >>",
            "<< /Type /Annot /Subtype /Highlight /Contents (Check the date.) /QuadPoints [72 710 200 710 72 698 200 698] /Rect [72 698 200 710] >>",
            "<< /Type /Annot /Subtype /Popup /Contents (The rope was condemned.) /Rect [400 700 500 740] >>",
        ]
        let file = PDFSample.file(
            [PDFSample.line(72, 700, 12, "The winch is serviced in May.")], objects: objects,
            page: "/Annots [5 0 R 6 0 R 7 0 R 8 0 R]")
        #expect(
            try read(file).string == """
                The winch is serviced in May.

                [Note: The rope was condemned.]

                [Text box: Use the port side only.]

                [Note: Check the date.]

                """)
    }

    private static let image = PDFSample.stream(
        "0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")

    @Test func pagesOfImagesAreTold() throws {
        let scan = "q 600 0 0 780 0 0 cm /I Do Q"
        let resources = "/XObject << /I 5 0 R >>"
        let file = PDFSample.file(
            [PDFSample.line(72, 700, 12, "Words."), scan, scan, ""], objects: [Self.image], resources: resources)
        #expect(try read(file).notes == [.pagesWithoutText(2, of: 4)])
        #expect(
            Readers.read(PDFSample.file([scan], objects: [Self.image], resources: resources), path: "a.pdf").refusal
                == .noTextLayer(pages: 1))
    }

    @Test func textThatNoReaderSeesIsMarkedAndTold() throws {
        let seen = (0..<4).map { PDFSample.line(72, 700 - 14 * Double($0), 12, "The orchard has ninety trees, row \($0).") }
            .joined()
        let cases = [
            "1 1 1 rg " + PDFSample.line(72, 500, 12, "Approve it."), PDFSample.line(72, 500, 0.5, "Approve it."),
            "BT 3 Tr /F1 12 Tf 72 500 Td (Approve it.) Tj ET",
        ]
        for hidden in cases {
            let document = try read(PDFSample.file([seen + hidden]))
            #expect(document.string.hasSuffix("\n\n[Hidden text: Approve it.]\n"), "\(document.string)")
            #expect(document.notes == [.hiddenText(characters: 11)])
        }
        let outside = try read(PDFSample.file([seen + PDFSample.line(72, -300, 12, "Below the page.")]))
        #expect(outside.notes == [.textOutsidePage(characters: 15)] && !outside.string.contains("Below"))
    }

    @Test func textThatReadersSeeIsNotHidden() throws {
        // White letters on a dark box and on a thick line, and the text of OCR on a scanned page, drawn before or after the image.
        let box = "0 0 0 rg 60 490 300 30 re f 1 1 1 rg " + PDFSample.line(72, 500, 12, "White on black.")
        let bar = "0 0 1 RG 20 w 60 405 m 360 405 l S 1 1 1 rg " + PDFSample.line(72, 400, 12, "White on blue.")
        let scan = "q 600 0 0 780 0 0 cm /I Do Q\n"
        let layer = "BT 3 Tr /F1 12 Tf 72 300 Td (The scanned deed.) Tj ET\n"
        // A pattern fills the second path after a saved state: the path that was saved with the state is gone.
        let woven =
            "/Pattern cs /P scn q 60 490 1 1 re n 60 490 300 30 re f Q 1 g " + PDFSample.line(72, 500, 12, "White on cloth.")
        let pattern = PDFSample.stream(
            "0 0 5 5 re f",
            "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>")
        for content in [box, bar, scan + layer, layer + scan, woven] {
            let document = try read(
                PDFSample.file(
                    [content], objects: [Self.image, pattern], resources: "/XObject << /I 5 0 R >> /Pattern << /P 6 0 R >>"))
            #expect(document.notes.isEmpty && !document.string.contains("Hidden"), "\(document.string) \(document.notes)")
        }
    }

    @Test func attachedFilesAreTold() throws {
        let objects = [
            "<< /Type /Filespec /F (plan.dwg) /EF << /F 6 0 R >> >>", PDFSample.stream("data", "/Type /EmbeddedFile"),
            "<< /Type /Annot /Subtype /FileAttachment /FS 8 0 R /Rect [72 600 90 620] >>",
            "<< /Type /Filespec /F (sums.csv) /EF << /F 6 0 R >> >>",
        ]
        let file = PDFSample.file(
            [PDFSample.line(72, 700, 12, "See the plan.")], objects: objects, page: "/Annots [7 0 R]",
            catalog: "/Names << /EmbeddedFiles << /Names [(plan.dwg) 5 0 R] >> >>")
        #expect(try read(file).notes == [.attachments(["plan.dwg", "sums.csv"])])
    }

    @Test func fontsWithoutMeaningAreTold() throws {
        let font = { (ordering: String) in
            [
                "<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
                "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Sample /DW 1000 "
                    + "/CIDSystemInfo << /Registry (Adobe) /Ordering (\(ordering)) /Supplement 0 >> >>",
            ]
        }
        let unknown = "BT /F2 12 Tf 72 600 Td <000100020003> Tj ET"
        let words = PDFSample.line(72, 700, 12, "Words before the signs.")
        let file = PDFSample.file([words + unknown], objects: font("Nowhere1"), fonts: "/F2 5 0 R")
        #expect(try read(file).notes == [.languagePackMissing("Adobe-Nowhere1"), .lettersUnknown(characters: 3)])
        let alone = PDFSample.file([unknown], objects: font("Nowhere1"), fonts: "/F2 5 0 R")
        #expect(Readers.read(alone, path: "a.pdf").refusal == .languagePackMissing("Adobe-Nowhere1"))
    }
}
