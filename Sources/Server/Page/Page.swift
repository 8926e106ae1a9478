import Interface
import Retrieval

/// The pages that people see.
enum Page {
    /// A whole page around its contents.
    static func frame(title: String, _ contents: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title)</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/page.css">
        <script src="/page.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#results">Skip to the results</a>
        \(contents)
        </body>
        </html>

        """
    }

    /// The page with the form and its results.
    static func start(_ query: PageQuery, indexes: [String], results: HTML) -> HTML {
        let title = query.text.isEmpty ? "r3mem" : query.text + " – r3mem"
        return frame(
            title: title,
            """
            <header class="top">
            <h1><a href="/">r3mem</a></h1>
            \(form(query, indexes: indexes))
            </header>
            <main id="results" tabindex="-1" aria-live="polite" aria-busy="false">
            \(results)
            </main>
            <footer><p>Everything stays on this machine. <kbd>/</kbd> to ask, <kbd>j</kbd> and <kbd>k</kbd> to go through \
            the results.</p></footer>
            """)
    }

    private static func form(_ query: PageQuery, indexes: [String]) -> HTML {
        let chosen = (indexes.map { ($0, $0) } + [(PageQuery.all, "all of them")]).map { value, name -> HTML in
            let mark: HTML = value == query.index ? " selected" : ""
            return "<option value=\"\(value)\"\(mark)>\(name)</option>"
        }
        let index: HTML =
            indexes.count < 2
            ? "" : "<label>Documents <select name=\"index\">\(chosen)</select></label>"
        let isOpen: HTML = query.filters.isEmpty ? "" : " open"
        let focus: HTML = query.text.isEmpty ? " autofocus" : ""
        func field(_ name: String, _ label: String, _ hint: String) -> HTML {
            """
            <label>\(label) <input name="\(name)" value="\(query.filters[name] ?? "")" placeholder="\(hint)" \
            autocomplete="off" spellcheck="false"></label>
            """
        }
        return """
            <form action="/" method="get" role="search">
            <div class="ask">
            <label class="hidden" for="q">Question or words</label>
            <input id="q" name="q" type="search" value="\(query.text)" placeholder="Ask the documents" required \
            maxlength="4096"\(focus) enterkeyhint="go">
            <button name="mode" value="ask">Ask</button>
            <button name="mode" value="search" class="second">Search</button>
            </div>
            <details\(isOpen)>
            <summary>Where to look</summary>
            <div class="filters">
            \(index)
            \(field("path", "Path", "rules/*.md"))
            \(field("type", "Type", "pdf"))
            \(field("since", "Changed since", "2024-05"))
            \(field("before", "Changed before", "30d"))
            </div>
            </details>
            </form>
            """
    }

    /// A notice with a heading.
    static func notice(_ heading: String, _ text: String, kind: String = "notice") -> HTML {
        """
        <section class="\(kind)" role="status">
        <h2>\(heading)</h2>
        <p>\(text)</p>
        </section>
        """
    }

    /// What a reader sees before the first question.
    static func welcome(_ indexes: [(name: String, documents: Int?)]) -> HTML {
        let list = indexes.map { index -> HTML in
            let count: HTML = index.documents.map { "<span class=\"place\">\($0) documents</span>" } ?? ""
            return "<li><a href=\"/browse/\(link: index.name)\">\(index.name)</a> \(count)</li>"
        }
        return """
            <section class="welcome">
            <p>Ask a question in your own words. The answer quotes the documents exactly, with the place where it stands.</p>
            <h2>Documents</h2>
            <ul>\(list)</ul>
            </section>
            """
    }

    /// A link to a place in a document, which leads back to what was asked.
    static func link(_ citation: Citation, index: String, _ query: PageQuery) -> HTML {
        """
        /document/\(link: index)/\(link: citation.path)?start=\(citation.start)&amp;end=\(citation.end)\
        &amp;\(query.link)#quote
        """
    }

    /// Page or headings of a place, behind the path.
    static func place(_ citation: Citation, line: Int? = nil) -> HTML {
        var parts: [HTML] = ["<span class=\"path\">\(citation.path)</span>"]
        if let line { parts.append("<span>line \(line)</span>") }
        if let page = citation.page { parts.append("<span>page \(page)</span>") }
        // The first heading is often the title, which stands before the place.
        let headings = citation.headings.first == citation.title ? citation.headings.dropFirst() : citation.headings[...]
        if !headings.isEmpty { parts.append("<span>\(headings.joined(separator: " › "))</span>") }
        if !citation.alsoAt.isEmpty { parts.append("<span>also \(citation.alsoAt.joined(separator: ", "))</span>") }
        return "<span class=\"place\">\(parts)</span>"
    }
}

extension HTML.StringInterpolation {
    /// A text as a part of a URL; slashes stay.
    mutating func appendInterpolation(link text: String) { appendInterpolation(URLText.escaped(text)) }
}
