import ArgumentParser
import Console
import Foundation
import Retrieval

/// `r3mem ask`.
struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer a question with checked quotations.",
        discussion: """
            Quotes the best one to three sentences, each with its place, or says that nothing in the index answers. With \
            --generator, an OpenAI-compatible server writes the answer from the passages found. Only that server is \
            contacted. Every quotation in its answer is looked up in the text, and sentences without support are marked.

              r3mem ask indexes/handbook.r3 "Who edits this handbook?"
              r3mem ask notes.r3 "Who signs?" --generator http://127.0.0.1:8080 \\
                --model-name qwen3
            """)

    @Argument(help: "The index file.", completion: .file(extensions: ["r3"]))
    var file: String

    @Argument(help: "The question.")
    var question: [String]

    @OptionGroup var generator: GeneratorOptions
    @OptionGroup var top: TopOption
    @OptionGroup var threads: ThreadsOption
    @OptionGroup var model: ModelOption
    @OptionGroup var json: JSONOption

    func validate() throws {
        guard question.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            throw ValidationError("the question is empty")
        }
    }

    func run() throws {
        let words = question.joined(separator: " ")
        let generator = try generator.generator()
        let index = try OpenIndex(path: file, model: model.load(), threads: threads.count)
        let answer = try Answering(index, generator: generator).answer(words, top.search)
        if json.isOn { return try Output.json(answer) }
        if let generated = answer.generated {
            show(generated, sources: answer.sources)
        } else {
            show(answer)
        }
    }

    private func show(_ answer: Answer) {
        guard answer.isFound, !answer.sentences.isEmpty else {
            Output.line("nothing in \(Printable.line(file)) answers this")
            let percent = Int((answer.confidence * 100).rounded())
            if let near = answer.sources.first { Output.line("  nearest: \(near.citation.place) (confidence \(percent) %)") }
            return
        }
        let width = min(Terminal.columns(), 120)
        for sentence in answer.sentences {
            Output.line(Printable.wrapped("“\(sentence.text)”", width: width, indent: ""))
            let citation = sentence.citation
            Output.line("  " + Terminal.styled("\(citation.place), bytes \(citation.start)–\(citation.end)", .cyan))
        }
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
