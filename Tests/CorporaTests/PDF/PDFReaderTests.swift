import Corpora
import Testing

@Suite struct PDFReaderTests {
    private func read(_ bytes: [UInt8]) -> Extraction { Readers.read(bytes, path: "paper.pdf") }

    @Test func pagesGiveTextAndSpans() throws {
        let file = PDFSample.make(
            [[(72, 700, 12, "First page.")], [], [(72, 700, 12, "Third page.")]], title: "A Fine Title")
        let document = try #require(read(file).document)
        #expect(document.title == "A Fine Title")
        #expect(document.string == "First page.\n\nThird page.\n")
        #expect(document.spans == [SourceSpan(start: 0, place: .page(1)), SourceSpan(start: 13, place: .page(3))])
        #expect(document.original == .extracted)
    }

    @Test func linesBecomeParagraphsAndBrokenWordsAreMended() throws {
        let file = PDFSample.make([
            [
                (72, 700, 12, "The quick brown fox jumps over the lazy dog and then exam-"),
                (72, 686, 12, "ines the well-known garden where the roses grow in long straight"),
                (72, 672, 12, "rows beside the wall."),
                (72, 644, 12, "A second paragraph starts here after a gap, and it says well-"),
                (72, 630, 12, "known things."),
            ]
        ])
        #expect(
            read(file).document?.string == """
                The quick brown fox jumps over the lazy dog and then examines the well-known garden where the roses grow \
                in long straight rows beside the wall.

                A second paragraph starts here after a gap, and it says well-known things.

                """)
    }

    @Test func columnsAreReadOneAfterTheOther() throws {
        var lines: [PDFSample.Line] = [(150, 740, 18, "A Title over Two Columns of Text")]
        for i in 0..<8 {
            lines.append((72, 700 - 14 * i, 10, "left column line \(i) with some words in it"))
            lines.append((330, 700 - 14 * i, 10, "right column line \(i) with other words"))
        }
        let text = try #require(read(PDFSample.make([lines])).document).string
        let left = try #require(text.range(of: "left column line 7"))
        let right = try #require(text.range(of: "right column line 0"))
        #expect(left.lowerBound < right.lowerBound)
        #expect(text.hasPrefix("A Title over Two Columns of Text\n\n"))
    }

    @Test func tablesAreReadByRow() throws {
        var lines: [PDFSample.Line] = []
        for i in 0..<4 {
            lines += [
                (72, 700 - 16 * i, 10, "name\(i)"), (250, 700 - 16 * i, 10, "\(i)1"), (400, 700 - 16 * i, 10, "\(i)2"),
            ]
        }
        #expect(read(PDFSample.make([lines])).document?.string.contains("name1 | 11 | 12\nname2 | 21 | 22") == true)
    }

    private static let words = ["One", "Two", "Three", "Four", "Five", "Six"]

    /// The text of six pages with a header, a sentence and a footer each.
    private func pages(header: (Int) -> String, footer: (Int) -> String) throws -> String {
        let pages: [[PDFSample.Line]] = Self.words.indices.map { page in
            [
                (72, 760, 9, header(page)), (72, 600, 12, "\(Self.words[page]) is what the page says."),
                (300, 30, 9, footer(page)),
            ]
        }
        let text = try #require(read(PDFSample.make(pages)).document).string
        #expect(Self.words.allSatisfy { text.contains("\($0) is what the page says.") })
        return text
    }

    @Test func runningLinesAreKeptOnceAndPageNumbersAreNot() throws {
        let text = try pages { _ in
            "Annual Report of the Society"
        } footer: {
            "Page \($0 + 1) of 6"
        }
        #expect(text.components(separatedBy: "Annual Report").count == 2 && !text.contains("of 6"))
        let beside = try pages {
            "Annual Report of the Society \($0 + 13)"
        } footer: {
            $0 % 2 == 0 ? "left" : "right"
        }
        #expect(beside.components(separatedBy: "Annual Report").count == 2 && beside.contains("Society 13"))
        #expect(beside.components(separatedBy: "left").count == 2 && beside.components(separatedBy: "right").count == 2)
    }

    @Test(arguments: [
        "%d / 6", "- %d -", "Seite %d von 6", "Harbour Society | Page %d of 6 | Confidential",
        "Tide tables, %d/6, edition 2024",
        "Edition 2024, p. %d, draft",
    ])
    func theNumberOfThePageIsPartOfARunningLine(_ form: String) throws {
        let text = try pages { _ in
            ""
        } footer: {
            form.replacing("%d", with: "\($0 + 1)")
        }
        let words = form.split(separator: "%d").map(String.init).filter { $0.contains(where: \.isLetter) }
        for part in words where form.count > 16 { #expect(text.components(separatedBy: part).count == 2, "\(text)") }
        if form.count <= 16 { #expect(!text.contains("6") && !text.contains("2"), "\(text)") }
    }

    @Test(arguments: [
        "Invoice number 2024-00%d", "Delivery of the week 12.%d", "Order of the harbour, number %d", "Lesson %d of 6",
        "Batch 1,00%d", "Measured on 3/%d/2024 at noon",
    ])
    func digitsThatAreNoPageNumberStay(_ form: String) throws {
        let line = { (page: Int) in form.replacing("%d", with: "\(page + 1)") }
        let text = try pages(header: line) { _ in "" }
        for page in 0..<6 { #expect(text.contains(line(page)), "\(line(page)): \(text)") }
    }

    /// Lines that differ in digits are data: numbers of invoices, sums, years.
    @Test func linesThatDifferInDigitsStay() throws {
        let numbers = try pages {
            "Invoice \($0 + 1)"
        } footer: {
            "Total due \($0 * 7 + 840).00 crowns"
        }
        let years = try pages {
            "Rent contract of the year \($0 * 3 + 1990)"
        } footer: {
            "No. \(20_417 + $0)"
        }
        for page in 0..<6 {
            #expect(numbers.contains("Invoice \(page + 1)") && numbers.contains("Total due \(page * 7 + 840).00 crowns"))
            #expect(years.contains("year \(page * 3 + 1990)") && years.contains("No. \(20_417 + page)"))
        }
    }

    /// A clause that ends every contract is text: no gap parts it from the lines before.
    @Test func linesThatBelongToTheTextStay() throws {
        let pages: [[PDFSample.Line]] = Self.words.map { word in
            [
                (72, 738, 12, "The parties agree as follows."), (72, 720, 12, "\(word) is the tenant."),
                (72, 702, 12, "The rent is due in May."), (72, 684, 12, "The lease ends in June."),
            ]
        }
        let text = try #require(read(PDFSample.make(pages)).document).string
        #expect(text.components(separatedBy: "The parties agree").count == 7)
        #expect(text.components(separatedBy: "The lease ends in June.").count == 7)
    }

    @Test func linesOfFewPagesStay() throws {
        let text = try pages {
            $0 < 2 ? "Chapter of beginnings" : "\(Self.words[$0]) heads this page"
        } footer: { _ in
            ""
        }
        #expect(text.components(separatedBy: "Chapter of beginnings").count == 3)
    }

    @Test func aFileWithoutTextNeedsOCR() {
        #expect(read(PDFSample.make([[], []])).refusal == .noTextLayer(pages: 2))
    }

    @Test func damagedFilesFail() {
        let whole = PDFSample.make([[(72, 700, 12, "Text.")]])
        guard case .pdfDamaged = read(Array("%PDF-1.7\ngarbage".utf8)).refusal else {
            Issue.record("a PDF file of garbage was read")
            return
        }
        for cut in stride(from: 10, to: whole.count, by: 37) {
            // Reading must give a document or a refusal, and must not end the process, wherever the file is cut.
            switch read(Array(whole[..<cut])) {
            case .document(let document): #expect(document.string == "Text.\n")
            case .refused(let refusal): #expect(refusal.kind != .unread)
            }
        }
    }

    /// Fuzzing found these cases: letters of any size at any place.
    @Test(arguments: [
        "/F1 99999999999999999999 Tf 72 400 Td", "/F1 -99999999999999999999 Tf 72 400 Td",
        "/F1 12 Tf 99999999999999999999 Tz 72 400 Td",
        "/F1 12 Tf 99999999999999999999 400 Td", "/F1 12 Tf 99999999999999999999 0 0 99999999999999999999 72 400 Tm",
    ])
    func lettersOfAbsurdSizesAndPlacesAreRead(operators: String) throws {
        let plain = (0..<8).map {
            "BT /F1 12 Tf 72 \(700 - 14 * $0) Td (A line of plain text, number \($0).) Tj ET\n"
        }.joined()
        let file = PDFSample.make([[]], stream: ("", plain + "BT \(operators) (Strange letters.) Tj ET"))
        let text = try #require(read(file).document).string
        for i in 0..<8 { #expect(text.contains("A line of plain text, number \(i).")) }
    }

    @Test func aLoopInThePageTreeEnds() {
        let loop = PDFSample.make([[(72, 700, 12, "Text.")]], kids: "2 0 R 2 0 R 6 0 R")
        switch read(loop) {
        case .document(let document): #expect(document.string == "Text.\n")
        case .refused(let refusal): #expect(refusal.kind != .unread)
        }
    }
}
