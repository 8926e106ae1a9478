import Corpora
import Foundation
import TestSupport

extension TemporaryFolder {
    func write(_ bytes: [UInt8], to name: String) throws { try write(name, Data(bytes)) }

    /// The file as a walk would list it, but with the time 0.
    func file(_ name: String) throws -> CorpusFile {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return CorpusFile(path: name, absolutePath: path(name), size: (attributes[.size] as! NSNumber).intValue, modified: 0)
    }
}

extension Worker.Program {
    /// The program under test, as a worker.
    static let underTest = Worker.Program(executable: Program.path)
}

/// Reads a file in this process.
func readHere(_ file: CorpusFile, limits: ExtractionLimits = ExtractionLimits()) -> Extraction {
    do throws(Refusal) {
        let bytes = try FileBytes.read(file, atMost: limits.longestFile)
        return Readers.read(bytes.withUnsafeBytes { Array($0) }, path: file.path, limits: limits)
    } catch {
        return .refused(error)
    }
}

extension Extraction {
    var document: Document? { if case .document(let document) = self { document } else { nil } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

extension Document {
    var string: String { String(decoding: text, as: UTF8.self) }
}
