import Corpora
import Foundation
import TestSupport

extension TemporaryFolder {
    func write(_ bytes: [UInt8], to name: String) throws { try write(name, Data(bytes)) }

    /// The file as a walk would list it.
    func file(_ name: String) throws -> CorpusFile {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return CorpusFile(
            path: name, absolutePath: path(name), size: (attributes[.size] as! NSNumber).intValue, modified: 0,
            inode: 0)
    }
}

extension Extraction {
    var document: Document? { if case .document(let document) = self { document } else { nil } }
    var skipReason: String? { if case .skipped(let reason) = self { reason } else { nil } }
    var failReason: String? {
        switch self {
        case .failed(let reason), .unread(let reason): reason
        case .document, .skipped: nil
        }
    }
}

extension Document {
    var string: String { String(decoding: text, as: UTF8.self) }
}
