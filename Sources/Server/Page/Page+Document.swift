import Interface
import Retrieval

extension Page {
    /// A document, or a part of it, with a quotation and the words of a query marked.
    ///
    /// - Parameters:
    ///   - asked: the index, or all of them, that the query was for.
    ///   - quote: bytes of the document's text.
    ///   - isWhole: whether all passages are shown.
    static func document(
        _ shown: ShownPassages, index: String, asked: String, quote: Range<Int>?, _ query: PageQuery,
        _ marks: MatchedWords, isWhole: Bool
    ) -> HTML {
        let text = shown.passages.map { passage -> HTML in
            var html: HTML = ""
            let before = shown.passages.last { $0.number < passage.number }
            if let page = passage.page, before?.page != page {
                html += "<span class=\"page\" role=\"heading\" aria-level=\"2\">page \(page)</span>"
            }
            html += Page.text(of: passage, quote: quote, marks)
            return html
        }
        let rest: HTML =
            isWhole
            ? ""
            : """
            <p class="hint">This is a part of the document.
            <a href="/document/\(link: index)/\(link: shown.path)?all=true&amp;\(query.link)">\
            Show all of it</a></p>
            """
        let back: HTML =
            query.text.isEmpty ? "/" : "/?index=\(link: asked)&amp;\(query.link)"
        let jump: HTML = quote == nil ? "" : " <a href=\"#quote\">To the quotation</a>"
        return frame(
            title: shown.title + " – r3mem",
            """
            <header class="top document">
            <p><a class="back" href="\(back)">← Back</a>\(jump)</p>
            <h1>\(shown.title)</h1>
            <p class="place"><span class="path">\(shown.path)</span><span>\(shown.mediaType)</span></p>
            </header>
            <main id="results" tabindex="-1">
            \(rest)
            <div class="text">\(text)</div>
            \(rest)
            </main>
            """)
    }

    /// A passage with the part of the quotation that lies in it.
    private static func text(of passage: ShownPassage, quote: Range<Int>?, _ marks: MatchedWords) -> HTML {
        let bytes = passage.text.utf8
        guard let quote, quote.overlaps(passage.start..<passage.end) else { return HTML(passage.text[...], marking: marks) }
        func index(_ place: Int) -> String.Index {
            let offset = min(max(0, place - passage.start), bytes.count)
            let index = bytes.index(bytes.startIndex, offsetBy: offset)
            return index.samePosition(in: passage.text.unicodeScalars) ?? passage.text.startIndex
        }
        let (start, end) = (index(quote.lowerBound), index(quote.upperBound))
        guard start < end else { return HTML(passage.text[...], marking: marks) }
        // Only the first part of a quotation that runs over a cut gets the name.
        let name: HTML = quote.lowerBound >= passage.start ? " id=\"quote\" tabindex=\"-1\"" : ""
        return """
            \(HTML(passage.text[..<start], marking: marks))<span class="quoted"\(name)>\
            \(HTML(passage.text[start..<end], marking: marks))</span>\(HTML(passage.text[end...], marking: marks))
            """
    }

    /// A list of documents.
    static func list(_ list: DocumentList, index: String, glob: String) -> HTML {
        let items = list.documents.map { document -> HTML in
            """
            <li><a class="go" href="/document/\(link: index)/\(link: document.path)">\(document.title)</a>
            <span class="place"><span class="path">\(document.path)</span><span>\(document.mediaType)</span></span></li>
            """
        }
        let next: HTML =
            list.nextCursor.map {
                "<p><a href=\"/browse/\(link: index)?glob=\(link: glob)&amp;cursor=\(link: $0)\">More documents</a></p>"
            } ?? ""
        let contents: HTML =
            items.isEmpty ? notice("Nothing found", "No path fits.") : "<ol class=\"list\">\(items)</ol>\(next)"
        return frame(
            title: index + " – r3mem",
            """
            <header class="top"><h1><a href="/">r3mem</a></h1>
            <form action="/browse/\(link: index)" method="get" role="search"><div class="ask">
            <label class="hidden" for="q">Path</label>
            <input id="q" name="glob" type="search" value="\(glob)" placeholder="A part of a path, or rules/*.md" \
            maxlength="400"><button>Show</button></div></form></header>
            <main id="results" tabindex="-1"><h2>\(index)</h2>\(contents)</main>
            """)
    }
}
