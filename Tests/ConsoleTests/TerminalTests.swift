import Console
import Testing

@Suite struct TerminalTests {
    @Test func aLinkEscapesWhatCouldEndIt() {
        let link = Terminal.link("a.txt", to: "/x y/\u{1B}\\ü;%.txt", host: "h")
        #expect(link == "\u{1B}]8;;file://h/x%20y/%1B%5C%C3%BC%3B%25.txt\u{1B}\\a.txt\u{1B}]8;;\u{1B}\\")
    }

    @Test func withoutATerminalThereAreNeitherLinksNorColours() {
        guard !Terminal.isOutput else { return }
        #expect(Terminal.linked("a", to: "/a") == "a" && Terminal.styled("a", .bold) == "a")
    }
}
