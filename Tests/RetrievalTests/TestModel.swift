import Foundation
import Retrieval
import TestSupport

/// The model that ships with the program.
enum TestModel {
    static let shared: LoadedModel = {
        let path = Program.root.appendingPathComponent("models/default.safetensors").path
        do { return try ModelLocation.load(explicit: path) } catch { fatalError("\(error)") }
    }()
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
