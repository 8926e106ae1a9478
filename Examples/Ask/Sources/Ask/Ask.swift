import Foundation
import R3Mem

/// Asks an index a question: Ask INDEX QUESTION. The environment variable R3MEM_MODEL names the model file.
@main
enum Ask {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { end("usage: Ask INDEX QUESTION", status: 64) }
        do {
            let index = try DocumentIndex(at: arguments[1], model: Model())
            let answer = try index.ask(arguments[2])
            guard answer.isFound else { end("nothing found", status: 3) }
            if let short = answer.short { print(short) }
            for quotation in answer.quotations {
                let place = quotation.place
                print("“\(quotation.text)”")
                print("  \(([place.path] + place.headings).joined(separator: " › ")), bytes \(place.bytes)")
            }
        } catch {
            end("\(error)", status: 1)
        }
    }

    private static func end(_ message: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("Ask: \(message)\n".utf8))
        exit(status)
    }
}
