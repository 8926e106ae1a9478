import ArgumentParser
import Console
import Foundation
import Retrieval

/// `r3mem ask`.
struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer a question with checked quotations.",
        discussion: """
            Prints the short answer where there is one, and quotes the best one to three sentences, table rows or lists that say \
            so, each with its place. Of several versions of a document the one in force comes first. Where nothing in the index \
            answers, it says so, names the words that are missing, and exits with code 3. Several index files are asked as one: \
            after the first, each word that ends with .r3 or names an index, as long as a word is left for the question; -- \
            ends the files. With --generator, an \
            OpenAI-compatible server writes the answer from the passages found. Only that server is contacted. Every quotation \
            in its answer is looked up in the text, and sentences without support are marked.

              r3mem ask indexes/handbook.r3 "Who edits this handbook?"
              r3mem ask notes.r3 "Who signs?" --generator http://127.0.0.1:8080 \\
                --model-name qwen3
            """)

    @Argument(help: "The index file; more may follow.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(parsing: .allUnrecognized, help: "The question.")
    var question: [String]

    private var asked: AskedIndexes { AskedIndexes(first: file, question) }

    @OptionGroup var filters: FilterOptions
    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var top: TopOption
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        try asked.check("question")
        try TypedWords.check(
            asked.words, of: "question", .fields,
            ifNothingIsAsked: "the question says only where to look; add what you want to know")
    }

    func run() throws {
        let asked = asked
        let syntax = try QuerySyntax(TypedWords.text(asked.words), .fields)
        var options = top.search
        options.filter = syntax.filter.and(try filters.filter())
        let generator = try generator.generator()
        let index = try OpenIndex(paths: asked.files, model: model.load(), threads: threads.count)
        defer { index.abandon() }
        let answer = try Answering(index, generator: generator).answer(syntax.text, options)
        if json.isOn {
            try Output.json(answer)
        } else if let generated = answer.generated {
            show(generated, sources: answer.sources)
        } else {
            show(answer)
        }
        if !answer.isFound { throw ExitCode(Ask.nothingFound) }
    }

    /// The exit code where nothing in the index answers.
    static let nothingFound: Int32 = 3

    private func show(_ answer: Answer) {
        asked.note(answer.corrections)
        guard answer.isFound, !answer.sentences.isEmpty else { return showNothing(answer) }
        let width = min(Terminal.columns(), 120)
        if let short = answer.shortAnswer, short.text != answer.sentences[0].text {
            Output.line(Printable.wrapped(short.text, width: width, indent: ""))
            for other in answer.otherAnswers {
                let place = answer.sentences[other.sentence - 1].citation.place
                Output.line(Printable.wrapped("but \(Printable.line(place)): \(other.text)", width: width, indent: "  "))
            }
            Output.line()
        }
        for sentence in answer.sentences {
            for context in sentence.context {
                Output.line(Terminal.styled(Printable.wrapped(context.text, width: width, indent: ""), .dim))
            }
            Output.line(Printable.wrapped("“\(sentence.text)”", width: width, indent: ""))
            let citation = sentence.citation
            let version =
                sentence.version.map { ", \(Printable.line($0))\(sentence.isSuperseded ? " (superseded)" : "")" } ?? ""
            Output.line(
                "  " + Terminal.styled("\(citation.place), bytes \(citation.start)–\(citation.end)", .cyan) + version)
        }
    }

    private func showNothing(_ answer: Answer) {
        let missing = answer.missing.map { "“\(Printable.line($0))”" }.joined(separator: ", ")
        let lack = missing.isEmpty ? "" : ": it says nothing of \(missing)"
        Output.line("nothing in \(Printable.line(asked.named)) answers this\(lack)")
        let percent = Int((answer.confidence * 100).rounded())
        if let near = answer.sources.first { Output.line("  nearest: \(near.citation.place) (confidence \(percent) %)") }
    }

    private func show(_ generated: GeneratedAnswer, sources: [SearchResult]) {
        let width = min(Terminal.columns(), 120)
        for sentence in generated.sentences {
            if sentence.isSupported {
                Output.line(Printable.wrapped(sentence.text, width: width, indent: ""))
            } else {
                Output.line(
                    Terminal.styled(Printable.wrapped("[unsupported] " + sentence.text, width: width, indent: ""), .yellow))
            }
            for quotation in sentence.quotations {
                let found =
                    quotation.citation.map { "\($0.place), bytes \($0.start)–\($0.end)" } ?? "in none of the passages"
                Output.line(
                    "  “\(Printable.line(quotation.text, atMost: 60))”  \(Terminal.styled(found, quotation.citation == nil ? .red : .cyan))"
                )
            }
        }
        let cited = Set(generated.sentences.flatMap(\.sources)).sorted().filter { sources.indices.contains($0 - 1) }
        if !cited.isEmpty { Output.line() }
        for number in cited { Output.line("[\(number)] \(Terminal.styled(sources[number - 1].citation.place, .cyan))") }
        let unsupported = generated.sentences.filter { !$0.isSupported }.count
        if unsupported > 0 {
            Output.line(
                "\(Units.count(unsupported, "sentence")) of \(Printable.line(generated.model)) without support in the passages"
            )
        }
    }
}
