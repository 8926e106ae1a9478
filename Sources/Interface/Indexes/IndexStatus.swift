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
    /// When the index was verified last.
    let lastVerification: Verification

    /// Looks at an index and at its roots.
    ///
    /// - Parameter explain: the words for why the roots cannot be looked at.
    package init(_ index: ServedIndex, in shelf: Shelf, explain: (any Error) -> RequestError) throws {
        let open = try shelf.current([index])
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
        lastVerification = statistics.lastVerification
        do {
            freshness = try open.freshness()
            problem = nil
        } catch {
            freshness = nil
            problem = explain(error).message
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
        "lastVerification": verification,
    ])

    /// The last verification as JSON Schema.
    package static let verification = Schema.object(
        [
            "state": [
                "enum": ["never", "verified", "damaged", "changed"],
                "description": "changed: something was committed after the index was verified",
            ], "time": Schema.optional(Schema.text("in UTC; missing where the index was never verified")),
            "wrong": Schema.optional(Schema.integer("the number of wrong parts that were found")),
        ], "when 'r3mem verify' reconstructed every document and compared its hash")
}
