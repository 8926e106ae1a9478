import Corpora
import Foundation

/// Reads every file below a folder as `index` does, in one worker process, and prints a line of JSON for each: path, format,
/// seconds, bytes, bytes of text, or the number of the reason why it was not read.
///
///     extract FOLDER
///
/// The worker is this program too: it reads by the same code as the worker of r3mem.
@main enum Extract {
    private struct Line: Encodable {
        let path: String
        var format: String?
        var refusal: Int?
        let seconds: Double
        let bytes: Int
        var textBytes = 0
    }

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: extract FOLDER\n".utf8))
            exit(64)
        }
        if CommandLine.arguments[1] == Worker.argument { Worker.serve() }
        var limits = ExtractionLimits()
        // Files are measured up to 1 GB.
        limits.fileBytes = 1 << 30
        limits.longTextBytes = 1 << 30
        limits.pdfBytes = 1 << 30
        limits.textBytes = 1 << 30
        let program = Worker.Program(executable: CommandLine.arguments[0])
        let extractor = Extractor(program, limits: limits, workers: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for file in try CorpusWalk(root: CommandLine.arguments[1]).listing().files {
            let start = ContinuousClock.now
            let extraction = try extractor.extract(file)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            var line = Line(path: file.path, seconds: seconds, bytes: file.size)
            switch extraction {
            case .document(let document):
                line.format = document.mediaType.rawValue
                line.textBytes = document.content.count
            case .refused(let refusal): line.refusal = refusal.number
            }
            FileHandle.standardOutput.write(try encoder.encode(line) + Data("\n".utf8))
        }
    }
}
