import Interface
import Retrieval

extension Page {
    /// The results of a search.
    static func results(_ found: FoundPassages, index: String, _ query: PageQuery) -> HTML {
        var html = hints(found.corrections)
        guard !found.results.isEmpty else {
            let near = found.suggestions.flatMap(\.used)
            let advice =
                near.isEmpty ? "Try other words, or fewer conditions." : "Did you mean \(near.joined(separator: " or "))?"
            html += notice("Nothing found", "No document fits “\(found.query)”. \(advice)")
            return html
        }
        if !found.results.contains(where: { !$0.matched.isEmpty }) {
            html += "<p class=\"hint\">No passage holds a word of the query; these are the nearest in meaning.</p>"
        }
        let items = found.results.map { result -> HTML in
            let matched = MatchedWords(result.matched)
            let snippet = Snippet(result.text, around: matched, longest: 420)
            let before: HTML = snippet.range.lowerBound > 0 ? "… " : ""
            let after: HTML = snippet.range.upperBound < result.text.utf8.count ? " …" : ""
            let link = link(result.citation, index: index, query)
            // Rows of a table keep their lines; other text has its lines from the file, which are of no width of the page.
            let kind: HTML = snippet.text.contains(" | ") ? "snippet rows" : "snippet"
            return """
                <li><article>
                <h3><a class="go" href="\(link)">\(result.citation.title)</a></h3>
                <p>\(place(result.citation, line: result.line))</p>
                <p class="\(kind)">\(before)\(HTML(snippet.text[...], marking: matched))\(after)</p>
                </article></li>
                """
        }
        html +=
            """
            <section><h2 class="hidden">\(found.results.count) passages</h2>
            <ol class="results">\(items)</ol></section>
            """
        return html
    }

    /// What was looked for instead of words that the documents lack.
    private static func hints(_ corrections: [Correction]) -> HTML {
        let hints = corrections.map { correction -> HTML in
            """
            <p class="hint">“\(correction.word)” is in none of the documents; looked for \
            “\(correction.used.joined(separator: "”, “"))”.</p>
            """
        }
        return "\(hints)"
    }

    /// An answer: the short one first, then the quotations.
    static func answer(_ answer: Answer, index: String, _ query: PageQuery) -> HTML {
        let sources = sources(answer, index: index, query)
        guard answer.isFound, !answer.sentences.isEmpty else {
            let missing = answer.missing.map { "“\($0)”" }.joined(separator: ", ")
            let lack = missing.isEmpty ? "" : " They say nothing of \(missing)."
            let html: HTML =
                "\(hints(answer.corrections))\(notice("Nothing found", "The documents do not answer this.\(lack)"))\(sources)"
            return html
        }
        var short: HTML = ""
        if let generated = answer.generated {
            short = Page.generated(generated)
        } else if let best = answer.shortAnswer, best.text != answer.sentences[0].text {
            short = "<p class=\"short\">\(best.text)</p>"
            for other in answer.otherAnswers {
                let path = answer.sentences[other.sentence - 1].citation.path
                short += "<p class=\"hint\">but \(path) says: \(other.text)</p>"
            }
        }
        let marks = MatchedWords(answer.sources.flatMap(\.matched))
        let quotes = answer.sentences.map { quote($0, index: index, query, marks) }
        return """
            \(hints(answer.corrections))
            <section><h2 class="hidden">Answer</h2>
            \(short)
            <ol class="quotes">\(quotes)</ol></section>
            \(sources)
            """
    }

    private static func quote(_ sentence: Answer.Sentence, index: String, _ query: PageQuery, _ marks: MatchedWords) -> HTML
    {
        let context = sentence.context.map { context -> HTML in "<p class=\"context\">\(context.text)</p>" }
        var version: HTML = ""
        if let text = sentence.version {
            let superseded: HTML = sentence.isSuperseded ? " (superseded)" : ""
            version = "<span class=\"version\">\(text)\(superseded)</span>"
        }
        let link = link(sentence.citation, index: index, query)
        return """
            <li>\(context)<blockquote>\(HTML(sentence.text[...], marking: marks))</blockquote>
            <p><a class="go" href="\(link)">\(sentence.citation.title)</a>
            \(place(sentence.citation)) \(version)</p></li>
            """
    }

    /// The text of a language model, with its sentences without support marked.
    private static func generated(_ generated: GeneratedAnswer) -> HTML {
        let sentences = generated.sentences.map { sentence -> HTML in
            sentence.isSupported
                ? "<span>\(sentence.text) </span>"
                : "<span class=\"unsupported\" title=\"no support in the documents\">\(sentence.text) </span>"
        }
        return """
            <p class="generated">\(sentences)</p>
            <p class="hint">Written by \(generated.model) from the passages below. Underlined sentences have no support there.</p>
            """
    }

    private static func sources(_ answer: Answer, index: String, _ query: PageQuery) -> HTML {
        guard !answer.sources.isEmpty else { return "" }
        let items = answer.sources.map { result -> HTML in
            let link = link(result.citation, index: index, query)
            return """
                <li><a class="go" href="\(link)">\(result.citation.title)</a>
                \(place(result.citation, line: result.line))</li>
                """
        }
        let heading: HTML = answer.isFound ? "Passages that were read" : "The nearest passages"
        let isOpen: HTML = answer.isFound ? "" : " open"
        return "<details class=\"sources\"\(isOpen)><summary>\(heading)</summary><ol>\(items)</ol></details>"
    }
}
