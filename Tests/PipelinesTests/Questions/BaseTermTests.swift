import Retrieval
import Testing

/// Words with capitals inside that ship with the model, "PowerShell" and "JavaScript".
struct BaseTermTests {
    @Test(arguments: [("javascript", "javascript"), ("shell", "powershell"), ("hub", "github")])
    func theyAreFoundByWordAndByPart(query: String, found: String) throws {
        let corpus = try TestCorpus()
        try corpus.write(
            "tools.md", "# Tools\n\nThe jobs are written for PowerShell, the pages in JavaScript, all of it on GitHub.\n")
        try corpus.write("other.md", "# Garden\n\nThe beds are watered in the evening. Our github page is old.\n")
        try corpus.makeIndex()
        let first = try #require(try corpus.open().search(query).first)
        #expect(first.matched.contains(found), "\(first.matched)")
        #expect(query == "hub" || first.citation.path == "tools.md")
    }
}
