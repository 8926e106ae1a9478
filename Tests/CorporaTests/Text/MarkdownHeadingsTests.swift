import Corpora
import Testing

@Suite struct MarkdownHeadingsTests {
    private func paths(_ text: String) -> [String] {
        MarkdownHeadings.spans(in: Array(text.utf8)).map { span in
            guard case .heading(let path) = span.place else { return "?" }
            return "\(span.start):" + path.joined(separator: "/")
        }
    }

    @Test func headingsNest() {
        #expect(paths("# A\n\ntext\n## B ##\n### C\n## D\n# E\n") == ["0:A", "10:A/B", "18:A/B/C", "24:A/D", "29:E"])
    }

    @Test func underlinesMakeHeadingsOfSingleLines() {
        #expect(paths("Title\n=====\n\nPart\n---\n") == ["0:Title", "13:Title/Part"])
        #expect(paths("one\ntwo\n---\n").isEmpty)
        #expect(paths("one\ntwo\nthree\n---\n").isEmpty)
        #expect(paths("- item\n---\n").isEmpty)
        #expect(paths("\n---\n").isEmpty)
    }

    @Test func codeHasNoHeadings() {
        #expect(paths("```sh\n# no\n```\n# yes\n") == ["15:yes"])
        #expect(paths("~~~~\n# no\n~~~\n# no\n~~~~\n# yes\n") == ["24:yes"])
        #expect(paths("    # no\n").isEmpty)
        #expect(paths("``` open\n# no\n").isEmpty)
    }

    @Test func whatOnlyLooksLikeAHeadingIsNone() {
        #expect(paths("#hashtag\n####### seven\n#\n").isEmpty)
    }

    @Test func markupIsTakenOutOfHeadings() {
        #expect(paths("# The *big* `code` [link](http://x) {#id}\n") == ["0:The big code link"])
    }

    @Test func frontMatterGivesTheTitleAndNoHeadings() {
        let text = "---\ntitle: \"The Book\"\n# comment\n---\n# One\n"
        #expect(paths(text) == ["36:One"])
        #expect(Readers.read(Array(text.utf8), path: "a.md").document?.title == "The Book")
        #expect(Readers.read(Array("x\n\n# First\n".utf8), path: "a.md").document?.title == "First")
        let untitled = Readers.read(Array("no heading\n".utf8), path: "d/name.md").document
        #expect(untitled != nil && untitled?.title == nil)
    }

    @Test func aPlaceHoldsUntilTheNextOfItsKind() {
        let spans = [
            SourceSpan(start: 0, place: .page(1)), SourceSpan(start: 4, place: .heading(["A"])),
            SourceSpan(start: 10, place: .page(2)),
        ]
        #expect(spans.page(at: 9) == 1)
        #expect(spans.page(at: 10) == 2)
        #expect(spans.headings(at: 3).isEmpty)
        #expect(spans.headings(at: 12) == ["A"])
    }
}
