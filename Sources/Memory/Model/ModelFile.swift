/// A model file: a vocabulary, the backbone that codes text with it, and word vectors where the file has them.
///
/// Immutable, and shared by all threads. `docs/model-format.md` describes the file.
package final class ModelFile: Sendable {
    /// The name that the metadata gives the model.
    package let name: String
    /// The file, from which most weights are read where they lie.
    private let file: MappedFile
    /// The path of the file, as it was given.
    package let path: String
    private let hashing: Deferred<[UInt8]>
    /// The tokenizer, the lexical constraint and the base lexicon.
    package let vocabulary: Vocabulary
    /// The reversible network.
    package let backbone: Backbone
    /// The vectors of words, or nil where the file has none.
    package let wordVectors: WordVectorTable?
    /// What the model knows of terms in general, as bytes that the index reads; empty where the file has nothing of it.
    package let termStatistics: [UInt8]
    /// The sentence encoder, or nil where the file has none.
    package let encoder: SentenceEncoder?
    /// How the sentence encoder's vectors become memory codes, or nil where the file does not say.
    package let codes: MemoryCodes?
    /// The reader of passages, or nil where the file has none.
    package let reader: PassageReader?

    /// Reads and checks a model file.
    package init(path: String) throws(MemoryError) {
        let tensors = ModelTensors(try SafeTensors(path: path))
        try tensors.checkFormat()
        name = tensors.file.metadata["name"] ?? "unnamed"
        self.path = tensors.file.path
        file = tensors.file.file
        // Three parts of the file that need nothing of one another.
        hashing = Deferred { tensors.file.file.hash() }
        hashing.prepare()
        let encodings = Deferred { () -> Result<Encoding, MemoryError> in
            Result { () throws(MemoryError) in try Encoding(tensors) }
        }
        encodings.prepare()
        vocabulary = try Vocabulary(tensors)
        backbone = try Backbone(tensors, vocabulary)
        wordVectors = try WordVectorTable(tensors, vocabulary)
        termStatistics = tensors.file.tensors["terms.statistics"] == nil ? [] : try tensors.file.uint8("terms.statistics")
        let encoding = try encodings.value.get()
        encoder = encoding.encoder
        codes = encoding.codes
        reader = encoding.reader
    }

    /// The SHA-256 of the file. An index names the model that coded it by this hash. Another thread makes the hash meanwhile.
    package var hash: [UInt8] { hashing.value }

    /// The size of the file in bytes.
    package var size: Int { file.bytes.count }

    /// Throws where somebody has written to the file since it was opened: what was coded since then may be wrong.
    package func checkUnchanged() throws(MemoryError) {
        guard file.isUnchanged else { throw MemoryError(.changed, subject: path) }
    }
}

/// The sentence encoder of a model file with what rests on it.
private struct Encoding: Sendable {
    let encoder: SentenceEncoder?
    let codes: MemoryCodes?
    let reader: PassageReader?

    init(_ tensors: ModelTensors) throws(MemoryError) {
        encoder = try SentenceEncoder(tensors)
        codes = try MemoryCodes(tensors, encoder)
        reader = try PassageReader(tensors, encoder)
    }
}
