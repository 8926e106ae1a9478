import Memory

/// A query as it is typed: words, phrases in quotation marks, `-word`, and fields such as `path:` and `after:`.
package struct QuerySyntax: Sendable {
    /// What is understood beside words.
    package enum Extent: Sendable {
        /// Everything.
        case everything
        /// Only fields. The quotation marks of a question are part of it.
        case fields
    }

    /// The words to look for, with those of phrases.
    package private(set) var text = ""
    /// What the syntax demands of passages.
    package private(set) var filter = SearchFilter()

    /// - Throws: `RetrievalError` where a field has no sense, such as a date that is none.
    package init(_ query: String, _ extent: Extent = .everything) throws {
        var rest = Substring(query)
        var pieces: [Substring] = []
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
                continue
            }
            if try takeField(&rest) { continue }
            if extent == .everything {
                if takeExclusion(&rest) { continue }
                if let phrase = QuerySyntax.quoted(&rest) {
                    filter.phrases.append(QuotedWords(phrase))
                    pieces.append(phrase)
                    continue
                }
            }
            let word = rest.prefix { !$0.isWhitespace }
            pieces.append(word)
            rest = rest.dropFirst(word.count)
        }
        filter.phrases.removeAll(where: \.words.isEmpty)
        text = filter.isEmpty ? query : pieces.joined(separator: " ")
    }

    /// Takes a field with its value from the start of a query: `path:*.md`, `-type:pdf`, `title:"winter guests"`.
    private mutating func takeField(_ rest: inout Substring) throws -> Bool {
        let isUnwanted = rest.first.map(QuerySyntax.minus.contains) ?? false
        var tail = isUnwanted ? rest.dropFirst() : rest
        let name = tail.prefix { $0.isLetter }
        tail = tail.dropFirst(name.count)
        guard let field = Field(rawValue: name.lowercased()), tail.first == ":" else { return false }
        tail.removeFirst()
        let value: Substring
        if let quoted = QuerySyntax.quoted(&tail) {
            value = quoted
        } else {
            let whole = tail.prefix { !$0.isWhitespace }
            tail = tail.dropFirst(whole.count)
            value = field.trimmed(whole)
        }
        guard !value.isEmpty, !isUnwanted || field.canBeUnwanted else { return false }
        try filter.add(field, String(value), isUnwanted: isUnwanted)
        rest = tail
        return true
    }

    /// Takes `-word` or `-"some words"`. A number after the sign is a number below zero.
    private mutating func takeExclusion(_ rest: inout Substring) -> Bool {
        guard rest.first.map(QuerySyntax.minus.contains) == true else { return false }
        var tail = rest.dropFirst()
        let value: Substring
        if let quoted = QuerySyntax.quoted(&tail) {
            value = quoted
        } else {
            guard let first = tail.first, first.isLetter else { return false }
            value = tail.prefix { !$0.isWhitespace }
            tail = tail.dropFirst(value.count)
        }
        let words = QuotedWords(value)
        guard !words.words.isEmpty else { return false }
        filter.excluded.append(words)
        rest = tail
        return true
    }

    /// The sign before what is left out, also as telephones and word processors write it.
    private static let minus: Set<Character> = ["-", "–", "−"]

    /// Takes a text in quotation marks; nil where none closes it.
    private static func quoted(_ rest: inout Substring) -> Substring? {
        guard let first = rest.first, let closing = marks[first] else { return nil }
        let inside = rest.dropFirst()
        guard let end = inside.firstIndex(where: closing.contains), end > inside.startIndex else { return nil }
        rest = inside[inside.index(after: end)...]
        return inside[..<end]
    }

    private static let marks: [Character: Set<Character>] = [
        "\"": ["\""], "“": ["”", "\""], "„": ["“", "”", "\""], "”": ["”"], "«": ["»"], "»": ["«"], "「": ["」"],
    ]
}

extension SearchFilter {
    /// A property of documents that a query can name.
    package enum Field: String, Sendable, CaseIterable {
        case path, type, title, after, since, before

        var canBeUnwanted: Bool { self == .path || self == .type || self == .title }

        /// A value without the marks that end a sentence behind it. In a path they may be meant.
        func trimmed(_ value: Substring) -> Substring {
            var value = value
            while self != .path, let last = value.last, "?!.,;:".contains(last) { value.removeLast() }
            return value
        }
    }

    /// Adds a condition.
    package mutating func add(_ field: Field, _ value: String, isUnwanted: Bool = false) throws {
        func add(_ value: String, to choice: inout Choice) {
            if isUnwanted { choice.unwanted.append(value) } else { choice.wanted.append(value) }
        }
        switch field {
        case .path:
            _ = try PathPattern(value)
            add(value, to: &path)
        case .type:
            // Several types may stand in one field: type:csv,md.
            let types = value.split(separator: ",").map(String.init)
            for one in types.isEmpty ? [value] : types { add(one, to: &type) }
        case .title: add(value, to: &title)
        case .after, .since:
            guard let date = FileDate.start(of: value) else { throw SearchFilter.noDate(field, value) }
            since = [since, date].compactMap { $0 }.max()
        case .before:
            guard let date = FileDate.start(of: value) else { throw SearchFilter.noDate(field, value) }
            before = [before, date].compactMap { $0 }.min()
        }
    }

    private static func noDate(_ field: Field, _ value: String) -> RetrievalError {
        RetrievalError(.badDate, subject: "\(field.rawValue):\(value)", fact: "is no date")
    }
}

extension QuerySyntax {
    typealias Field = SearchFilter.Field
}
