import Corpora
import Foundation

/// How a file is regained from its text, as stored bytes: none for plain UTF-8, one byte for extracted text, else JSON.
package enum OriginalBytes {
    /// The order of keys is otherwise another one in each process.
    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }

    package static func pack(_ form: OriginalForm) -> [UInt8] {
        switch form {
        case .plain: []
        case .extracted: [0]
        default: Array((try? encoder.encode(form)) ?? Data([0]))  // a form of plain values always encodes
        }
    }

    /// nil where the bytes are no form.
    package static func unpack(_ bytes: [UInt8]) -> OriginalForm? {
        bytes.isEmpty ? .plain : bytes == [0] ? .extracted : try? JSONDecoder().decode(OriginalForm.self, from: Data(bytes))
    }
}
