/// Writes an answer from passages.
package protocol AnswerGenerator: Sendable {
    /// The name of the language model that writes.
    var model: String { get }

    /// Writes an answer to a question from numbered passages.
    ///
    /// - Parameter whenWritten: is given the text in pieces, each as soon as it is written; nil where only the whole is
    ///   wanted. The pieces together are the text.
    func text(
        answering question: String, from passages: [SearchResult], whenWritten: ((String) -> Void)?
    ) throws -> String
}

/// Answers questions from one index: by quotation, and where there is a generator also in its words.
package struct Answering: Sendable {
    /// The index that is asked.
    package let index: OpenIndex
    /// The generator that writes answers; nil for quotations only.
    package let generator: (any AnswerGenerator)?

    /// Answers from an index.
    package init(_ index: OpenIndex, generator: (any AnswerGenerator)? = nil) {
        self.index = index
        self.generator = generator
    }

    /// The answer to a question.
    ///
    /// The generator is used only when the index has an answer, so passages that do not fit a question are sent nowhere. The
    /// text of the generator is checked against the passages.
    package func answer(_ question: String, _ options: SearchOptions = SearchOptions()) throws -> Answer {
        let answer = try index.ask(question, options)
        return try generator.map { try answer.written(by: $0) } ?? answer
    }
}

extension Answer {
    /// This answer with what a generator writes from its sources; as it is where nothing was found.
    ///
    /// - Parameter whenWritten: is given the generator's text in pieces, each as soon as it is written. They are not checked
    ///   yet.
    package func written(by generator: some AnswerGenerator, whenWritten: ((String) -> Void)? = nil) throws -> Answer {
        guard isFound else { return self }
        var answer = self
        let text = try generator.text(answering: question, from: sources, whenWritten: whenWritten)
        answer.generated = GeneratedAnswer(
            model: generator.model, text: text, sentences: QuotationCheck(sources: sources).sentences(of: text))
        return answer
    }
}
