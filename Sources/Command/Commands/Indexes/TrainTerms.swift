import ArgumentParser
import Pipelines
import Retrieval

/// Learns what a model file says of terms in general. The recipe of the model calls this command.
struct TrainTerms: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train-terms", abstract: "Learn the term statistics of a model file from texts.",
        discussion: "Each file is one document of plain text.", shouldDisplay: false)

    @Argument(help: "Folders of text files.", completion: .directory)
    var folders: [String]

    @Option(name: .customLong("to"), help: "The file to write the statistics to.")
    var output: String

    @OptionGroup var model: ModelOption

    func run() throws {
        try TermTraining.run(folders: folders, output: output, model: model.load())
    }
}
