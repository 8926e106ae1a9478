import ArgumentParser
import Pipelines

/// The options of `eval` that name a set of documents and questions.
struct EvaluationSetOptions: ParsableArguments {
    @Option(help: "A file in the SQuAD form.", completion: .file(extensions: ["json"]))
    var squad: String?

    @Option(help: "A file in the HotpotQA form.", completion: .file(extensions: ["json"]))
    var hotpot: String?

    @Option(help: "A file in the PubMedQA form.", completion: .file(extensions: ["json"]))
    var pubmedqa: String?

    @Option(help: ArgumentHelp("A folder in the SMART form.", valueName: "dir"), completion: .directory)
    var smart: String?

    @Option(help: ArgumentHelp("A folder in the BEIR form.", valueName: "dir"), completion: .directory)
    var beir: String?

    /// How many sets are given.
    var count: Int { [squad, hotpot, pubmedqa, smart, beir].count { $0 != nil } }

    /// Whether a set is given.
    var isGiven: Bool { count > 0 }

    /// The sets.
    func read() throws -> [EvaluationSet] {
        try [
            squad.map(EvaluationSet.squad), hotpot.map(EvaluationSet.hotpot), pubmedqa.map(EvaluationSet.pubMed),
            smart.map(EvaluationSet.smart), beir.map(EvaluationSet.beir),
        ].compactMap(\.self)
    }
}
