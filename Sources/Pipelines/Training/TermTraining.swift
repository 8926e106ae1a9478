import Corpora
import Foundation
import Indexes
import Memory
import Retrieval

/// Learns what a model file says of terms in general.
package enum TermTraining {
    /// About as many bytes of text are taken together as a segment has.
    private static let segmentBytes = 4 << 20

    /// Reads the text files of some folders, in the order of their names, and writes the statistics.
    package static func run(folders: [String], output: String, model: LoadedModel) throws {
        var segments: [[TrainingDocument]] = []
        for folder in folders {
            var documents: [TrainingDocument] = []
            var size = 0
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                let text = Array(try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name)))
                documents.append(document(text, model))
                size += text.count
                if size >= segmentBytes {
                    segments.append(documents)
                    documents = []
                    size = 0
                }
            }
            if !documents.isEmpty { segments.append(documents) }
        }
        let statistics = try TermStatistics(learntFrom: segments, prior: model.termPrior())
        try Data(statistics.bytes).write(to: URL(fileURLWithPath: output))
    }

    private static func document(_ text: [UInt8], _ model: LoadedModel) -> TrainingDocument {
        let ends = model.vocabulary.tokenizer.encodeWithEnds(text).ends
        let ranges = PassageCutter.cut(text: text, tokenEnds: ends, limit: model.backbone.shape.passageLimit)
        let firstLine = text.prefix { $0 != 10 }
        return TrainingDocument(
            title: firstLine.count < 100 ? Array(firstLine) : [],
            passages: ranges.map { range in
                let start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
                let bytes = Array(text[start..<ends[range.upperBound - 1]])
                return (range.count, model.vocabulary.termSet(of: bytes.span))
            })
    }
}
