import ArgumentParser

/// The root of all subcommands.
struct R3Mem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "r3mem",
        abstract: "Turn a folder of documents into one small, exact, searchable index.",
        discussion: """
            The index file holds the documents themselves: text and Markdown come back byte for byte, other formats as \
            their text. Every answer quotes text whose place was checked. Nothing leaves this machine.

              r3mem index corpora/handbook --to indexes/handbook.r3
              r3mem ask indexes/handbook.r3 "Who edits this handbook?"
              r3mem refresh indexes/handbook.r3
            """,
        version: version,
        subcommands: [
            Index.self, Refresh.self, Search.self, Ask.self, Show.self, Export.self, Verify.self, Stats.self, Compact.self,
            Merge.self, Run.self, Eval.self, Serve.self, MCP.self, TrainTerms.self,
        ])

    static let version = "0.1.0"
}
