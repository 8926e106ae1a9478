import Foundation
import TestSupport
import Testing

/// The page of `r3mem serve`, as a browser without scripts sees it.
struct PageTests {
    private static let shared = Result { () -> Shared in
        let folder = try TemporaryFolder()
        try folder.write(
            "notes/fees.txt", "The yearly fee for a bike stand is forty-two euros.\nIt is due on the first of May.\n")
        try folder.write(
            "notes/<img src=x onerror=alert(1)>.md",
            "# <script>alert(1)</script>\n\nThe \"moon\" lantern & its <b onmouseover='x'>glow</b> \u{202E}hang in the attic.\n"
        )
        let outcome = try Command.run("index", folder.path("notes"), "--to", folder.path("notes.r3"), "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        return Shared(folder: folder, server: try RunningServer(folder.path("notes.r3")))
    }

    private struct Shared: Sendable {
        let folder: TemporaryFolder
        let server: RunningServer
    }

    private let server: RunningServer

    init() throws { server = try PageTests.shared.get().server }

    @Test func theAnswerComesFirstAndItsQuotationLeadsToItsPlace() throws {
        let page = try server.get("/?q=What+is+the+yearly+fee+for+a+bike+stand%3F&mode=ask")
        #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
        let text = page.text
        let quote = try #require(text.firstRange(of: "<blockquote>"))
        let sources = try #require(text.firstRange(of: "Passages that were read"))
        #expect(quote.lowerBound < sources.lowerBound && text.contains("<mark>fee</mark>"))
        let link = try #require(text.firstMatch(of: #/href="(\/document\/[^"#]+)#quote"/#)).output.1
        let document = try server.get(String(link).replacing("&amp;", with: "&"))
        #expect(document.status == 200 && document.text.contains("<span class=\"quoted\" id=\"quote\" tabindex=\"-1\">"))
        let quoted = try #require(document.text.firstMatch(of: #/id="quote" tabindex="-1">(.*?)<\/span>/#)).output.1
        #expect(quoted.replacing(#/<.?mark>/#, with: "") == "The yearly fee for a bike stand is forty-two euros.")
    }

    /// A document leads back to the words, what was done with them, the index and the conditions.
    @Test func backLeadsToWhatWasAsked() throws {
        let asked = "/?q=fee&mode=search&index=notes&path=fees%2A&type=txt"
        let link = try #require(server.get(asked).text.firstMatch(of: #/href="(\/document\/[^"#]+)#quote"/#)).output.1
        let document = try server.get(String(link).replacing("&amp;", with: "&")).text
        let back = try #require(document.firstMatch(of: #/class="back" href="([^"]+)"/#)).output.1
        for part in ["q=fee", "mode=search", "index=notes", "path=fees", "type=txt"] {
            #expect(back.contains(part), "\(back)")
        }
        let again = try server.get(String(back).replacing("&amp;", with: "&"))
        #expect(try again.status == 200 && again.text == server.get(asked).text)
    }

    @Test func textOfDocumentsIsNeverMarkup() throws {
        for target in ["/?q=moon+lantern&mode=search", "/?q=Where+does+the+moon+lantern+hang%3F", "/browse/notes"] {
            let text = try server.get(target).text
            #expect(!text.contains("<script>alert") && !text.contains("<img") && !text.contains("<b onmouse"), "\(text)")
            #expect(text.contains("&lt;img src=x onerror=alert(1)&gt;.md") && !text.contains("\u{202E}"), "\(target)")
        }
        let path = "/document/notes/%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E.md?q=lantern"
        let text = try server.get(path).text
        #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && text.contains("<mark>lantern</mark>"), "\(text)")
    }

    @Test(arguments: [
        "/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/?q=x&path=%22%3E%3Cscript%3E",
        "/document/notes/fees.txt?q=x&path=%22%3E%3Cscript%3E",
        "/browse/notes?glob=%22%3E%3Cscript%3E",
        "/document/notes/fees.txt?q=%22%3E%3Cscript%3E", "/document/%3Cscript%3E/x", "/?mode=%3Cscript%3E",
    ])
    func whatIsTypedIsNeverMarkup(target: String) throws {
        let text = try server.get(target).text
        #expect(!text.contains("<script>") && text.contains("<!doctype html>"), "\(text)")
    }

    @Test func everyStateHasWords() throws {
        try #expect(server.get("/").text.contains("Ask a question in your own words"))
        let nothing = try server.get("/?q=Which+zebra+composed+the+xylophone+concerto%3F")
        #expect(nothing.status == 200 && nothing.text.contains("Nothing found"))
        let wrong = try server.get("/?q=fee&since=soon")
        #expect(wrong.status == 400 && wrong.text.contains("is no date"))
        try #expect(server.get("/document/notes/none.txt").status == 404)
    }

    @Test func aScriptGetsOnlyTheResults() throws {
        let part = try server.get("/?q=fee&mode=search&part=results").text
        #expect(!part.contains("<html") && part.contains("<ol class=\"results\">"))
    }

    @Test func thePageAsksNothingOfAnotherMachine() throws {
        for target in ["/", "/page.css", "/page.js", "/icon.svg", "/?q=fee"] {
            let text = try server.get(target).text.replacing("http://www.w3.org/2000/svg", with: "")
            #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("//cdn"), "\(target)")
        }
    }
}
