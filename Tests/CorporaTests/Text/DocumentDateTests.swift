import Corpora
import Foundation
import TestSupport
import Testing

@Suite struct DocumentDateTests {
    @Test(arguments: [
        ("2024-05-17", "2024-05-17"), ("2024-05", "2024-05"), ("2024", "2024"), (" 2024/5/7 ", "2024-05-07"),
        ("2024-05-17T10:30:00Z", "2024-05-17T10:30:00Z"), ("2024-05-17 10:30", "2024-05-17T10:30:00"),
        ("2024-05-17T01:30:15.250+02:00", "2024-05-16T23:30:15Z"), ("2024-02-28T23:00:00-0530", "2024-02-29T04:30:00Z"),
        ("Fri, 17 May 2024 10:30:00 +0200", "2024-05-17T08:30:00Z"), ("17 May 2024 10:30:00 GMT", "2024-05-17T10:30:00Z"),
        ("May 17, 2024", "2024-05-17"), ("September 3rd, 1999", "1999-09-03"), ("May 2024", "2024-05"),
        ("17.05.2024", "2024-05-17"), ("17. Mai 2024", "2024-05-17"), ("3. März 1969", "1969-03-03"),
        ("<2024-05-17 Fri>", "2024-05-17"), ("Freitag, 17. Mai 2024", "2024-05-17"), ("Tues 17 May 2024", "2024-05-17"),
        ("May 17, 2024 11:30 PM", "2024-05-17"), ("Sept. 3, 1999", "1999-09-03"),
        ("1900-03-01T00:10:00+01:00", "1900-02-28T23:10:00Z"),
    ])
    func datesAreReadAsTheyAreWritten(_ text: String, _ date: String) {
        #expect(DocumentDate.normalised(text) == date)
        #expect(DocumentDate.normalised(date) == date)
    }

    @Test(arguments: [
        "", "soon", "05/06/2024", "2024-13-01", "2024-02-30", "1.2.3", "20240517", "May", "2024 bottles", "12:30",
        "99999-01-01", "2024-5-", "---", "Friday", "2024-05 bottles", "since 2019", "Fridge 2024-05-17", "Market 3, 2024",
    ])
    func whatIsNoCertainDateIsNone(_ text: String) { #expect(DocumentDate.normalised(text) == nil) }

    private func date(_ text: String, _ path: String) -> String? {
        guard case .document(let document) = Readers.read(Array(text.utf8), path: path) else { return "no document" }
        return document.date
    }

    @Test func frontMatterStatesTheDate() {
        #expect(date("---\ntitle: A\ndate: 2023-02-01\n---\nText 2019-01-01.\n", "a.md") == "2023-02-01")
        #expect(
            date("---\ndate: \"2023-02-01\"  # first\nupdated: 2024-03-05T08:00:00Z\n---\nText.\n", "a.md")
                == "2024-03-05T08:00:00Z")
        #expect(date("+++\ntitle = 'A'\ndate = 2023-02-01T10:00:00+01:00\n+++\nText.\n", "a.md") == "2023-02-01T09:00:00Z")
        #expect(
            date("---\r\npublished: May 4, 2021\r\n---\r\nText\nin lines of both kinds.\r\n", "a.markdown") == "2021-05-04")
        #expect(date("---\nauthor: x\n  date: 2001-01-01\n---\nText.\n", "a.md") == nil)
        #expect(date("---\ndate: 2023-02-01\n\nNo line closes it.\n", "a.md") == nil)
        #expect(date("Text.\n\n---\ndate: 2023-02-01\n---\n", "a.md") == nil)
    }

    @Test func theTitleOfTOMLFrontMatterIsTheTitle() {
        guard
            case .document(let document) = Readers.read(Array("+++\ntitle = \"Winter\"\n+++\n# Other\n".utf8), path: "a.md")
        else {
            return #expect(Bool(false))
        }
        #expect(document.title == "Winter")
    }

    @Test func otherTextsStateDatesInTheirFirstLines() {
        #expect(date("#+TITLE: A\n#+DATE: <2024-05-17 Fri>\n\n* Head\n", "a.org") == "2024-05-17")
        #expect(date("Title\n=====\n\n:Author: x\n:Date: 2024-05-17\n", "a.rst") == "2024-05-17")
        #expect(date("= Title\n:revdate: 17 May 2024\n\nText.\n", "a.adoc") == "2024-05-17")
        #expect(date("Some text of 2024-05-17.\n", "a.txt") == nil)
    }

    @Test func pagesStateDatesInTheirHeadOrAsTheirOnlyTime() {
        func page(_ head: String, _ body: String = "") -> String {
            "<html><head>\(head)</head><body><p>Text.</p>\(body)</body></html>"
        }
        let published = "<meta property=\"article:published_time\" content=\"2022-01-02T03:04:05Z\">"
        #expect(date(page(published), "a.html") == "2022-01-02T03:04:05Z")
        #expect(date(page(published + "<meta name=DC.date.modified content=2023-06-01>"), "a.html") == "2023-06-01")
        #expect(date(page("<meta name=date content=unknown>"), "a.html") == nil)
        #expect(date(page("", "<time datetime=2021-07-08>8 July</time>"), "a.html") == "2021-07-08")
        let times = "<time datetime=2021-07-08>a</time><time datetime=2025-01-01>b</time>"
        #expect(date(page("", times), "a.html") == nil)
        let marked = "<time itemprop=datePublished datetime=2021-07-08>a</time><time datetime=2025-01-01>b</time>"
        #expect(date(page("", marked), "a.html") == "2021-07-08")
    }

    @Test func aMailHasTheDateOfItsHeader() {
        #expect(
            date("From: a@b.org\nDate: Fri, 17 May 2024 10:30:00 +0200\nSubject: x\n\nText.\n", "a.eml")
                == "2024-05-17T08:30:00Z")
    }

    @Test func theDateCrossesTheChannelOfTheWorker() throws {
        guard case .document(let document) = Readers.read(Array("---\ndate: 2023\n---\nText.\n".utf8), path: "a.md") else {
            return #expect(Bool(false))
        }
        let reply = ExtractionReply(extraction: .document(document), peakBytes: 1)
        #expect(try ExtractionReply(frame: Array(reply.frame.dropFirst(4))) == reply)
        #expect(document.date == "2023")
    }
}
