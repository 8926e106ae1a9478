internal import Retrieval

/// An index of documents, opened for reading: a view of its last commit, which no writer changes.
///
/// Calls block their thread while they compute, from milliseconds to some tenths of a second. Any number of threads may call
/// the same value. Nothing is written but SQLite's own files beside an index that another process writes.
///
///     let index = try DocumentIndex(at: "handbook.r3", model: Model())
///     let answer = try index.ask("Who edits this handbook?")
///     for quotation in answer.quotations { print(quotation.text, quotation.place.path) }
public struct DocumentIndex: Sendable {
    let index: OpenIndex

    /// Opens an index file.
    ///
    /// - Parameter threads: the number of threads that one call may use; 0 for as many as the machine has cores.
    /// - Throws: `ReadingError`.
    public init(at path: String, model: Model, threads: Int = 0) throws {
        try self.init(at: [path], model: model, threads: threads)
    }

    /// Opens several index files, which are searched as one. The paths of their documents begin with the names of the files.
    ///
    /// - Precondition: at least one path.
    /// - Throws: `ReadingError`.
    public init(at paths: [String], model: Model, threads: Int = 0) throws {
        precondition(!paths.isEmpty, "no index is named")
        index = try ReadingError.translating { try OpenIndex(paths: paths, model: model.file, threads: threads) }
    }

    private init(_ index: OpenIndex) { self.index = index }

    /// This value where nothing was committed since it was opened; else the index in its present state.
    ///
    /// Drop the old value: while it lives, the log beside the index cannot shrink.
    public func current() throws -> DocumentIndex {
        try ReadingError.translating { try index.isCurrent() ? self : DocumentIndex(index.reopened()) }
    }
}

// MARK: Search and questions

extension DocumentIndex {
    /// The passages that fit a query best, the best first.
    ///
    /// - Parameters:
    ///   - query: words; `"words in quotation marks"` must follow one another, and `-word` must not occur. The fields `path:`,
    ///     `type:`, `title:`, `after:` and `before:` are conditions.
    ///   - limit: the number of passages at most.
    /// - Throws: `ReadingError`.
    public func search(_ query: String, limit: Int = 5, where conditions: Conditions = .none) throws -> [FoundPassage] {
        precondition(limit > 0, "a search for \(limit) passages")
        return try ReadingError.translating {
            let syntax = try QuerySyntax(query)
            guard !syntax.text.allSatisfy(\.isWhitespace) else { return [] }
            var options = SearchOptions()
            options.take(top: limit)
            options.filter = syntax.filter.and(try conditions.filter())
            return try index.search(syntax.text, options).map(FoundPassage.init)
        }
    }

    /// An answer in quotations, with the short answer where there is one. `Answer.isFound` says whether the documents answer.
    /// Fields such as `type:pdf` are conditions, as in `search`; quotation marks belong to the question.
    ///
    /// - Throws: `ReadingError`.
    public func ask(_ question: String, where conditions: Conditions = .none) throws -> Answer {
        try ReadingError.translating {
            let syntax = try QuerySyntax(question, .fields)
            var options = SearchOptions()
            options.filter = syntax.filter.and(try conditions.filter())
            return Answer(try Answering(index).answer(syntax.text, options))
        }
    }
}

// MARK: Documents

extension DocumentIndex {
    /// The documents in the order of their paths.
    ///
    /// - Parameter pattern: a glob such as `rules/*.md`, or a part of the path; without it all documents.
    /// - Throws: `ReadingError`.
    public func documents(matching pattern: String? = nil) throws -> [DocumentSummary] {
        try ReadingError.translating { try index.documents(fitting: pattern).page.map(DocumentSummary.init) }
    }

    /// A document with its whole text, compared with its hash.
    ///
    /// - Parameter name: the path of the document, or an ending of the path that no other document has.
    /// - Throws: `ReadingError`.
    public func document(named name: String) throws -> Document {
        try ReadingError.translating { Document(try index.document(named: name)) }
    }

    /// A passage of a document with those around it. Only these are reconstructed.
    ///
    /// - Parameters:
    ///   - number: the number of the passage in its document, from 0; `FoundPassage.passage` gives it.
    ///   - neighbours: the number of passages before it and after it.
    ///   - name: as for `document(named:)`.
    /// - Throws: `ReadingError`.
    public func passages(around number: Int, neighbours: Int = 0, of name: String) throws -> [Passage] {
        precondition(neighbours >= 0, "\(neighbours) neighbours")
        return try ReadingError.translating {
            let shown = try index.passages(around: number, neighbours: neighbours, ofDocumentNamed: name)
            return shown.passages.map { Passage($0, of: shown.path, title: shown.title) }
        }
    }
}
