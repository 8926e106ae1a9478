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

    /// An error about this place.
    /// - Parameter fact: what is said of the key.
    func wrong(_ fault: PipelineFault, _ fact: String) -> PipelineError {
        let place = node.mark.map { "\(file):\($0.line)" } ?? file
        return PipelineError(.badPipeline(fault), subject: place, fact: "\(key) \(fact)")
    }

    /// The values by key. An unknown key is an error, and a null value counts as absent.
    func mapping(keys: [String]) throws -> [String: PipelineNode] {
        guard let mapping = node.mapping else {
            throw wrong(.notMapping(keys: keys), "is no mapping")
        }
        var out: [String: PipelineNode] = [:]
        for (name, value) in mapping {
            guard let text = name.string, keys.contains(text) else {
                throw PipelineNode(name, file: file, key: name.string ?? "a key").wrong(
                    .unknownKey(known: keys), "is not known here")
            }
            if value.null == nil { out[text] = PipelineNode(value, file: file, key: text) }
        }
        return out
    }

    func sequence() throws -> [PipelineNode] {
        guard let sequence = node.sequence else { throw wrong(.notList, "is no list") }
        return sequence.map { PipelineNode($0, file: file, key: key) }
    }

    /// One text or a list of texts.
    func strings() throws -> [String] { isSequence ? try sequence().map { try $0.string() } : [try string()] }

    func string() throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong(.notString, "is no text") }
        return text
    }

    func bool() throws -> Bool {
        guard let value = node.bool else { throw wrong(.notBoolean, "is neither true nor false") }
        return value
    }

    func int(in range: ClosedRange<Int>) throws -> Int {
        guard let value = node.int, range.contains(value) else {
            throw wrong(.notNumber(range), "is no whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
