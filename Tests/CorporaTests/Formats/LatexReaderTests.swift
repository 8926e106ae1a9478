import Corpora
import Testing

@Suite struct LatexReaderTests {
    @Test func headingsAndTitleAreFoundAndAccentsAreLetters() throws {
        let source = #"""
            \documentclass{article}
            \title{Tides at Besan\c{c}on\\and Odde}
            % \section{not this}
            \section*{Caf\'e hours}
            The na\"{\i}ve Stra\ss e, \'{E}tude, Erd\H{o}s, \v Capek, {\O}resund, \textbf{\'a}.
            \subsection[short]{Long \emph{name}}
            \begin{verbatim}
            printf(\"hello\");
            \end{verbatim}
            """#
        let document = try #require(Readers.read(Array(source.utf8), path: "a.tex").document)
        #expect(document.string.contains("The naïve Straße, Étude, Erdős, Čapek, Øresund, \\textbf{á}."))
        #expect(document.string.contains(#"printf(\"hello\")"#))
        #expect(document.title == "Tides at Besançon and Odde")
        let end = document.text.count - 1
        #expect(document.spans.headings(at: end) == ["Café hours", "Long name"])
        #expect(try document.original.bytes(from: document.text) == Array(source.utf8))
    }
}

extension LatexReaderTests {
    @Test func theSpaceAfterALetterWithoutItsDotIsNotShown() {
        #expect(Readers.text("A na\\\"\\i ve map", "a.tex") == "A naïve map")
    }

    @Test func codeInALineHasNoAccents() {
        for code in [#"\verb|\"o|"#, #"\verb*+\'e+"#, #"\lstinline[language=C]{\"o}"#, #"\url{quay.example/\~user}"#] {
            #expect(Readers.text(code + #" \'e"#, "a.tex") == code + " é", "\(code)")
        }
    }
}
