import Corpora
import Foundation
import Testing

/// Text that no reader sees, and what no reader of the text alone would see: scanned pages, covered letters, what is beside the page.
@Suite struct PDFUnseenTests {
    private static let image = PDFSample.stream(
        "0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
    private static let masked = PDFSample.stream(
        "0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /SMask 5 0 R")
    private static let scan = "q 612 0 0 792 0 0 cm /I Do Q\n"

    private func read(_ content: String, page: String = "", catalog: String = "") throws -> Document {
        let file = PDFSample.file(
            [content], objects: [Self.image, Self.masked],
            resources: "/XObject << /I 5 0 R /M 6 0 R >> /ExtGState << /T << /ca 0.4 >> /B << /BM /Multiply >> >>",
            page: page,
            catalog: catalog)
        return try #require(Readers.read(file, path: "a.pdf").document)
    }

    @Test(arguments: [
        PDFSample.line(500, 20, 9, "TRAWLER-0042"),
        PDFSample.line(60, 770, 9, "Case 12 of the harbour court, filed in May, page 7 of 19"),
        PDFSample.line(200, 400, 20, "COPY"), "",
    ])
    func aScannedPageWithAStampIsTold(_ stamp: String) throws {
        let text = PDFSample.line(72, 700, 12, "A typed page with its own words.")
        let resources = "/XObject << /I 5 0 R >>"
        let file = PDFSample.file([text, Self.scan + stamp], objects: [Self.image], resources: resources)
        let document = try #require(Readers.read(file, path: "a.pdf").document)
        #expect(document.notes == [.pagesWithoutText(1, of: 2)])
        if stamp.contains("TRAWLER") { #expect(document.string.contains("TRAWLER-0042")) }
    }

    @Test func pagesOfTextOverPicturesAreRead() throws {
        let lines = (0..<8).map {
            PDFSample.line(72, 600 - 16 * Double($0), 12, "Line \($0) of the slide tells what the ferry costs.")
        }
        #expect(try read(Self.scan + lines.joined()).notes.isEmpty)
        // The text of recognition below a scanned page, unpainted or covered by the page.
        let layer = "BT 3 Tr /F1 12 Tf 72 300 Td (The scanned deed.) Tj ET\n"
        #expect(try read(Self.scan + layer).notes.isEmpty)
        let below = try read(lines.joined() + Self.scan)
        #expect(below.notes.isEmpty && below.string.contains("Line 3 of the slide") && !below.string.contains("Hidden"))
        // A picture among few words.
        #expect(try read("q 200 0 0 200 72 300 cm /I Do Q " + PDFSample.line(72, 700, 12, "The pier.")).notes.isEmpty)
    }

    /// A price with a box over it, and then other words.
    private static let price = PDFSample.line(72, 700, 12, "The price is") + PDFSample.line(150, 700, 12, "forty")

    @Test(arguments: [
        "1 g 148 695 40 16 re f", "0 g 148 695 40 16 re f 1 g", "q 40 0 0 16 148 695 cm /I Do Q",
        "q 148 695 40 16 re W n 0.5 g 0 600 600 200 re f Q",
    ])
    func coveredLettersAreHidden(_ cover: String) throws {
        let document = try read(Self.price + cover + " 0 g " + PDFSample.line(150, 700, 12, "fifty"))
        #expect(document.string == "The price is fifty\n\n[Hidden text: forty]\n")
        #expect(document.notes == [.hiddenText(characters: 5)])
    }

    @Test(arguments: [
        // Transparent, multiplied, masked, a shape, two boxes, a box that is clipped to a shape.
        "/T gs 0.9 0.9 0 rg 148 695 40 16 re f", "/B gs 0.9 0.9 0 rg 148 695 40 16 re f", "q 40 0 0 16 148 695 cm /M Do Q",
        "0.5 g 148 695 m 190 695 l 190 711 l f", "148 695 40 16 re 140 690 60 40 re f*",
        "q 148 695 m 190 695 l 190 711 l W n 0.5 g 0 600 600 200 re f Q", "0 0 0 RG 148 695 40 16 re S",
        "BT 7 Tr /F1 30 Tf 140 695 Td (WW) Tj ET 0.5 g 148 695 40 16 re f",
    ])
    func whatIsSeenThroughCoversNothing(_ cover: String) throws {
        let document = try read(Self.price + "q " + cover + " Q")
        #expect(document.string.hasPrefix("The price is forty\n"), "\(document.string)")
    }

    @Test func backgroundsCoverNothing() throws {
        let document = try read("0.8 g 60 690 200 30 re f 0 g " + Self.price)
        #expect(document.string == "The price is forty\n" && document.notes.isEmpty)
    }

    @Test func textBesideTheCropBoxIsNotRead() throws {
        let content =
            PDFSample.line(72, 780, 8, "Proof of 3 May") + PDFSample.line(72, 500, 12, "The price is fifty crowns.")
        let document = try read(content, page: "/CropBox [40 100 560 700]")
        #expect(document.string == "The price is fifty crowns.\n")
        #expect(document.notes == [.textOutsidePage(characters: 14)])
        // A box beside the page shows nothing, so that programs take the page.
        #expect(try read(content, page: "/CropBox [2000 2000 2100 2100]").string.contains("Proof"))
    }

    private static let template = """
        <template xmlns="http://www.xfa.org/schema/xfa-template/3.0/"><subform><draw><value><text>Mooring permit</text></value></draw>\
        <field name="ship"><caption><value><text>Ship</text></value></caption></field>\
        <field name="oars"><ui><checkButton/></ui><items><text>1</text></items><caption><value><text>Oars</text></value></caption></field>\
        <field name="secret" presence="hidden"><value><text>none</text></value></field>\
        <field><event><script>app.alert(7)</script></event></field></subform></template>
        """
    private static let data =
        "<xfa:datasets xmlns:xfa=\"http://www.xfa.org/schema/xfa-data/1.0/\"><xfa:data><f><ship>Kestrel</ship>"
        + "<oars>1</oars><berth>12</berth></f></xfa:data></xfa:datasets>"

    @Test func aFormThatItsPagesDoNotShowIsReadFromItsXML() throws {
        let wait = PDFSample.line(72, 700, 12, "Please wait...")
        let whole = PDFSample.stream(
            "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\">\(Self.template)\(Self.data)</xdp:xdp>")
        let parts = [PDFSample.stream(Self.template), PDFSample.stream(Self.data)]
        let forms = [
            PDFSample.file([wait], objects: [whole], catalog: "/AcroForm << /Fields [] /XFA 5 0 R >>"),
            PDFSample.file(
                [wait], objects: parts,
                catalog: "/NeedsRendering true /AcroForm << /Fields [3 0 R] /XFA [(template) 5 0 R (datasets) 6 0 R] >>"),
        ]
        for form in forms {
            let document = try #require(Readers.read(form, path: "a.pdf").document)
            #expect(document.string == "Mooring permit\n\nShip: Kestrel\n\n[x] Oars\n\nberth: 12\n\nPlease wait...\n")
            #expect(document.notes == [.dynamicForm(lines: 4)] && document.title == "Mooring permit")
        }
        let broken = PDFSample.file(
            [wait], objects: [PDFSample.stream("no xml")], catalog: "/AcroForm << /Fields [] /XFA 5 0 R >>")
        #expect(Readers.read(broken, path: "a.pdf").document?.notes == [.dynamicForm(lines: 0)])
        // The pages show a form whose fields are theirs, too.
        let shown = PDFSample.file([wait], objects: [whole], catalog: "/AcroForm << /Fields [3 0 R] /XFA 5 0 R >>")
        #expect(Readers.read(shown, path: "a.pdf").document?.notes == [])
    }

    @Test func aListOfAFormIsReadOnceWithWhatIsChosen() throws {
        let objects = [
            "<< /Fields [6 0 R] >>",
            "<< /Type /Annot /Subtype /Widget /FT /Ch /T (day) /Opt [(Monday) (Tuesday) (Sunday)] /V (Tuesday) /Rect [160 640 300 700] "
                + "/AP << /N 7 0 R >> >>",
            PDFSample.stream(
                "BT /F1 8 Tf 2 40 Td (Monday) Tj 0 -12 Td (Tuesday) Tj ET",
                "/Type /XObject /Subtype /Form /BBox [0 0 140 60] /Resources << /Font << /F1 3 0 R >> >>"),
        ]
        let file = PDFSample.file(
            [PDFSample.line(72, 760, 12, "Day of arrival")], objects: objects, page: "/Annots [6 0 R]",
            catalog: "/AcroForm 5 0 R")
        let text = try #require(Readers.read(file, path: "a.pdf").document).string
        #expect(text.components(separatedBy: "Tuesday").count == 2 && text.contains("[x] Tuesday"), "\(text)")
        #expect(text.contains("Monday") && text.contains("Sunday"))
    }
}
