import Pipelines
import Retrieval

/// What an index holds, and whether it is up to date.
package struct IndexStatus: Encodable, Sendable {
    let name: String
    let documents: Int
    let passages: Int
    let textBytes: Int
    let indexBytes: Int
    /// The number of files in each state.
    let files: [String: Int]
    /// Files that are not in the index, the first ones.
    let notIndexed: [RefusedFile]
    let modelName: String
    let modelHash: String
    let formatVersion: Int
    /// Whether the files are as they were read; nil where the roots cannot be looked at.
    let freshness: Freshness?
    /// Why the roots cannot be looked at.
    let problem: String?
    /// When the index was verified last: no record of that is kept.
    let lastVerification = "unknown"

    /// Looks at an index and at its roots.
    package init(_ index: ServedIndex) throws {
        let open = try index.current()
        let statistics = try open.statistics()
        name = index.name
        documents = statistics.documents
        passages = statistics.passages
        textBytes = statistics.textBytes
        indexBytes = statistics.indexBytes
        files = statistics.fileStates
        notIndexed = Array(statistics.notIndexed.prefix(20))
        modelName = statistics.modelName
        modelHash = statistics.modelHash
        formatVersion = statistics.formatVersion
        do {
            freshness = try open.freshness()
            problem = nil
        } catch {
            freshness = nil
            problem = RequestError(error).message
        }
    }

    static let schema = Schema.object([
        "name": Schema.text(), "documents": Schema.integer(), "passages": Schema.integer(),
        "textBytes": Schema.integer(), "indexBytes": Schema.integer(),
        "files": ["type": "object", "additionalProperties": Schema.integer(), "description": "files by state"],
        "notIndexed": Schema.list(
            of: Schema.object([
                "path": Schema.text(), "reason": Schema.optional(Schema.text()), "number": Schema.integer(),
                "details": Schema.list(of: Schema.text()),
            ]), "files that are not in the index, at most 20"),
        "modelName": Schema.text(), "modelHash": Schema.text("SHA-256 of the model"), "formatVersion": Schema.integer(),
        "freshness": Schema.optional(
            Schema.object([
                "isFresh": Schema.boolean("whether a refresh would find nothing to do"),
                "changed": Schema.integer("files that are new or changed"), "gone": Schema.integer("files that are gone"),
            ])), "problem": Schema.optional(Schema.text("why the folders cannot be looked at")),
        "lastVerification": Schema.text("unknown: no record is kept; 'r3mem verify' checks every hash"),
    ])
}
