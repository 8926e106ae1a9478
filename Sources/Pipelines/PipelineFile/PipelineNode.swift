import Yams

/// A place in a pipeline file with its line and its key, and the values that may stand there.
struct PipelineNode {
    private let node: Yams.Node
    private let file: String
    private let key: String

    init(_ node: Yams.Node, file: String, key: String) {
        self.node = node
        self.file = file
        self.key = key
    }

    var isSequence: Bool { node.sequence != nil }
    var isText: Bool { node.scalar != nil }

    func wrong(_ fact: String, _ remedy: String) -> PipelineError {
        let place = node.mark.map { "\(file):\($0.line)" } ?? file
        return PipelineError(.badPipeline, place, "\(key) \(fact)", remedy: remedy)
    }

    /// The values by key. An unknown key is an error, and a null value counts as absent.
    func mapping(keys: [String]) throws -> [String: PipelineNode] {
        guard let mapping = node.mapping else {
            throw wrong("is no mapping", "write it as key: value with the keys \(keys.joined(separator: ", "))")
        }
        var out: [String: PipelineNode] = [:]
        for (name, value) in mapping {
            guard let text = name.string, keys.contains(text) else {
                throw PipelineNode(name, file: file, key: name.string ?? "a key").wrong(
                    "is not known here", "use one of \(keys.joined(separator: ", "))")
            }
            if value.null == nil { out[text] = PipelineNode(value, file: file, key: text) }
        }
        return out
    }

    func sequence() throws -> [PipelineNode] {
        guard let sequence = node.sequence else { throw wrong("is no list", "write it as a list") }
        return sequence.map { PipelineNode($0, file: file, key: key) }
    }

    /// One text or a list of texts.
    func strings() throws -> [String] { isSequence ? try sequence().map { try $0.string() } : [try string()] }

    func string() throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong("is no text", "write a text") }
        return text
    }

    func bool() throws -> Bool {
        guard let value = node.bool else { throw wrong("is neither true nor false", "write true or false") }
        return value
    }

    func int(in range: ClosedRange<Int>) throws -> Int {
        guard let value = node.int, range.contains(value) else {
            throw wrong("is no whole number from \(range.lowerBound) to \(range.upperBound)", "write such a number")
        }
        return value
    }
}
