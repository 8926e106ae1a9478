import Foundation
import Indexes

/// The options in the settings of an index.
enum IndexSettings {
    private static let key = "options"

    static func pack(_ options: IndexOptions) throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [key: String(decoding: try encoder.encode(options), as: UTF8.self)]
    }

    static func unpack(_ header: IndexHeader, path: String) throws -> IndexOptions {
        guard let text = header.settings[key], let options = try? JSONDecoder().decode(IndexOptions.self, from: Data(text.utf8)) else {
            throw PipelineError(.rootsDiffer, path, "does not say what it was made from", remedy: "index the corpus anew")
        }
        return options
    }
}
