import Foundation
import Indexes
import Memory

/// The model, for modules that do not import `Memory`.
package typealias LoadedModel = ModelFile
/// The error of a model file, for modules that do not import `Memory`.
package typealias ModelError = MemoryError

/// Where the default model is looked for.
package enum ModelLocation {
    static let fileName = "default.safetensors"

    /// The path of the model file: `explicit`, else `R3MEM_MODEL`, else the first file that exists beside the program, in
    /// `share/r3mem` or `models` of a folder above the program, or in `models` of the working folder.
    package static func path(explicit: String?) throws -> String {
        if let explicit { return explicit }
        if let named = ProcessInfo.processInfo.environment["R3MEM_MODEL"], !named.isEmpty { return named }
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        var tried: [String] = []
        for _ in 0..<6 {
            for place in [fileName, "share/r3mem/\(fileName)", "models/\(fileName)"] {
                tried.append(folder.appendingPathComponent(place).path)
            }
            if folder.path == "/" { break }
            folder.deleteLastPathComponent()
        }
        tried.append("models/\(fileName)")
        if let found = tried.first(where: { FileManager.default.isReadableFile(atPath: $0) }) { return found }
        throw RetrievalError(.modelMissing, subject: fileName, fact: "not found beside the program nor in models/")
    }

    /// Reads the model.
    package static func load(explicit: String?) throws -> LoadedModel { try LoadedModel(path: path(explicit: explicit)) }
}

extension ModelFile {
    /// The name of this model in an index.
    package var identity: ModelIdentity {
        ModelIdentity(
            hash: hash, name: name, passageMemorySize: codes == nil ? 0 : MemoryCodes.passageBytes,
            file: path)
    }

    /// The term prior of this model: the base lexicon in the form that `Indexes` codes term sets with.
    /// - Throws: `ModelError` where the term statistics of the file have another size than those of this program.
    package func termPrior() throws -> TermPrior {
        guard let statistics = termStatistics.isEmpty ? TermStatistics.blank : TermStatistics(bytes: termStatistics) else {
            let fact = "tensor 'terms.statistics' has \(termStatistics.count) bytes, not \(TermStatistics.byteCount)"
            throw ModelError(.invalid(fact), subject: name)
        }
        let baseLexicon = vocabulary.baseLexicon
        var hasher = SHA256()
        for (word, frequency) in zip(baseLexicon.words, baseLexicon.frequency) {
            hasher.update(word + [10, UInt8(frequency & 255), UInt8(frequency >> 8)])
        }
        hasher.update(termStatistics)
        return TermPrior(
            terms: baseLexicon.words, frequency: baseLexicon.frequency, id: hasher.finalize(), statistics: statistics,
            fold: { Words.fold($0) }, key: { Words.key($0) }, parts: { Identifier.parts(of: $0) })
    }
}
