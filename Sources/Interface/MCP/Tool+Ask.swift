import Retrieval

extension Tool {
    static let ask = Tool(
        name: "ask", title: "Ask the documents",
        about: """
            Answers a question from the user's documents with one to three exact quotations, and the short answer where there \
            is one. Says so where the documents do not answer, and names the words that are missing. Of several versions of a \
            document the one in force comes first.
            """,
        form: Form(
            [
                .init(
                    "question", .text(1...longestText), "The question, as a person would ask it.", isRequired: true)
            ] + Filters.fields(until: "until") + [indexField, indexesField]),
        output: Schema.object([
            "question": Schema.text(), "isFound": Schema.boolean("false where nothing answers well enough"),
            "confidence": Schema.number("estimated probability that the answer is right"),
            "shortAnswer": Schema.optional(QuotedAnswer.Short.schema),
            "otherAnswers": Schema.list(
                of: QuotedAnswer.Short.schema, "short answers of other documents that say something else"),
            "missing": Schema.list(of: Schema.text(), "words of the question that the nearest text lacks"),
            "corrections": Schema.list(
                of: FoundPassages.correction, "words that the documents lack, with those that were looked for instead"),
            "quotes": Schema.list(
                of: Schema.merged(
                    Quote.schema,
                    Schema.object([
                        "context": Schema.list(of: Schema.text(), "the head of the table or the lead-in it belongs to"),
                        "version": Schema.optional(Schema.text("date, year or number of the document's version")),
                        "isSuperseded": Schema.boolean("whether another version of the document is in force"),
                    ])), "the quotations, the best first"),
            "generated": Schema.optional(
                Schema.object(
                    [
                        "model": Schema.text(), "text": Schema.text(),
                        "unsupported": Schema.list(of: Schema.text(), "its sentences without support in the documents"),
                    ], "the answer of a language model, where the server has one")),
        ])
    ) { entries, server in
        let request = try AskRequest(entries)
        let index = try server.shelf.current(server.shelf.indexes(request.indexes))
        return QuotedAnswer(try request.answer(from: index, generator: server.generator))
    }
}

/// An answer as an agent gets it: the quotations without the passages around them.
private struct QuotedAnswer: Encodable, Sendable {
    struct Short: Encodable, Sendable {
        let text: String
        let kind: Answer.Short.Kind
        let quote: Int
        let confidence: Double

        static let schema = Schema.object([
            "text": Schema.text("the words that answer"), "kind": Schema.text(),
            "quote": Schema.integer("the number of its quotation, from 1"), "confidence": Schema.number(),
        ])

        init(_ short: Answer.Short) {
            text = short.text
            kind = short.kind
            quote = short.sentence
            confidence = short.confidence
        }
    }

    struct Sentence: Encodable, Sendable {
        let quote: Quote
        let sentence: Answer.Sentence

        private enum Key: String, CodingKey { case context, version, isSuperseded }

        func encode(to encoder: any Encoder) throws {
            try quote.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(sentence.context.map(\.text), forKey: .context)
            try container.encodeIfPresent(sentence.version, forKey: .version)
            try container.encode(sentence.isSuperseded, forKey: .isSuperseded)
        }
    }

    struct Generated: Encodable, Sendable {
        let model: String
        let text: String
        let unsupported: [String]
    }

    let question: String
    let isFound: Bool
    let confidence: Double
    let shortAnswer: Short?
    let otherAnswers: [Short]
    let missing: [String]
    let corrections: [Correction]
    let quotes: [Sentence]
    let generated: Generated?

    init(_ answer: Answer) {
        question = answer.question
        isFound = answer.isFound
        confidence = answer.confidence
        shortAnswer = answer.shortAnswer.map(Short.init)
        otherAnswers = answer.otherAnswers.map(Short.init)
        missing = answer.missing
        corrections = answer.corrections
        quotes = answer.sentences.map { Sentence(quote: Quote($0), sentence: $0) }
        generated = answer.generated.map { generated in
            Generated(
                model: generated.model, text: generated.text,
                unsupported: generated.sentences.filter { !$0.isSupported }.map(\.text))
        }
    }
}
