import Corpora
import Foundation
import Retrieval
import Yams

/// A pipeline: sources, index, model, retrieval, generator and questions in one YAML file. Relative paths are relative to the file.
package struct PipelineFile: Sendable {
    /// A language model server.
    struct GeneratorSettings: Sendable {
        var url: String, model: String, keyVariable: String?, timeout = 120.0
    }

    /// Absolute path of the index.
    package let index: String
    let path: String
    let options: IndexOptions
    let model: String?
    let retrieval: SearchOptions
    let generator: GeneratorSettings?
    let questions: [PipelineQuestion]

    /// Reads and checks a pipeline file, and the questions that it names.
    package init(path: String) throws {
        let file = URL(fileURLWithPath: path)
        guard let text = String(data: try PipelineError.contents(of: path, .badPipeline), encoding: .utf8) else {
            throw PipelineError(.badPipeline, path, "is not UTF-8 text", remedy: "name a pipeline file")
        }
        let root: PipelineNode
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw PipelineError(.badPipeline, path, "is empty", remedy: "see pipelines/README.md")
            }
            root = PipelineNode(node, file: path, key: "the file")
        } catch let error as YamlError {
            let fact = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw PipelineError(.badPipeline, path, "is not YAML (\(fact))", remedy: "correct it")
        }
        let folder = file.standardizedFileURL.deletingLastPathComponent()
        func absolute(_ name: String) -> String { URL(fileURLWithPath: name, relativeTo: folder).standardizedFileURL.path }

        let top = try root.mapping(keys: ["sources", "index", "model", "retrieval", "generator", "questions"])
        guard let sources = try top["sources"]?.mapping(keys: ["roots", "include", "exclude", "ignore_files", "hidden", "max_file_size"]),
            let roots = try sources["roots"]?.strings(), !roots.isEmpty
        else {
            throw root.wrong("names no sources.roots", "list the folders to index")
        }
        var options = IndexOptions(roots: roots.map(absolute))
        options.include = try sources["include"]?.strings() ?? []
        options.exclude = try sources["exclude"]?.strings() ?? []
        options.ignoreFiles = try sources["ignore_files"]?.bool() ?? true
        options.hidden = try sources["hidden"]?.bool() ?? false
        if let size = sources["max_file_size"] {
            guard let limit = ByteSize(try size.string()) else { throw size.wrong("is no size", "write it as 20MB") }
            options.limits.limitFiles(to: limit)
        }
        guard let index = top["index"] else { throw root.wrong("names no index", "add the key index: the file to write") }
        self.path = path
        self.options = options
        self.index = absolute(try index.string())
        model = try top["model"].map { absolute(try $0.string()) }
        retrieval = try PipelineFile.retrieval(top["retrieval"])
        generator = try PipelineFile.generator(top["generator"])
        questions = try top["questions"].map { try PipelineQuestion.read($0, absolute: absolute) } ?? []
    }

    private static func retrieval(_ node: PipelineNode?) throws -> SearchOptions {
        var options = SearchOptions()
        guard let keys = try node?.mapping(keys: ["top", "rescored"]) else { return options }
        options.top = try keys["top"]?.int(in: 1...1000) ?? options.top
        options.rescored = try keys["rescored"]?.int(in: 1...10000) ?? max(options.rescored, options.top)
        return options
    }

    private static func generator(_ node: PipelineNode?) throws -> GeneratorSettings? {
        guard let node else { return nil }
        let keys = try node.mapping(keys: ["url", "model", "api_key_env", "timeout"])
        guard let url = try keys["url"]?.string(), let model = try keys["model"]?.string() else {
            throw node.wrong("needs url and model", "name the server and the model on it")
        }
        var settings = GeneratorSettings(url: url, model: model, keyVariable: try keys["api_key_env"]?.string())
        if let timeout = try keys["timeout"]?.int(in: 1...86400) { settings.timeout = Double(timeout) }
        return settings
    }
}

/// A question of a pipeline, with what is expected where that is known.
package struct PipelineQuestion: Sendable, Codable, Equatable {
    package let question: String
    /// Words that the answer must hold; path of the document that has them.
    package let answer: String?, document: String?
    /// False where the corpus does not answer it.
    package let answerable: Bool?

    /// A JSON file of questions, or the questions themselves: texts, or mappings with the fields of this type.
    fileprivate static func read(_ node: PipelineNode, absolute: (String) -> String) throws -> [PipelineQuestion] {
        guard node.isSequence else {
            let path = absolute(try node.string()), data = try PipelineError.contents(of: path, .badQuestions)
            do {
                return try JSONDecoder().decode([PipelineQuestion].self, from: data)
            } catch {
                throw PipelineError(
                    .badQuestions, path, "is no JSON array of objects with the field question",
                    remedy: "write it as [{\"question\": …, \"answer\": …, \"document\": …, \"answerable\": …}]")
            }
        }
        return try node.sequence().map { item in
            if item.isText { return PipelineQuestion(question: try item.string(), answer: nil, document: nil, answerable: nil) }
            let keys = try item.mapping(keys: ["question", "answer", "document", "answerable"])
            guard let question = try keys["question"]?.string() else { throw item.wrong("has no question", "add the key question") }
            return PipelineQuestion(
                question: question, answer: try keys["answer"]?.string(), document: try keys["document"]?.string(),
                answerable: try keys["answerable"]?.bool())
        }
    }
}

/// A place in a pipeline file, which knows its line and key and what may stand there.
private struct PipelineNode {
    private let node: Yams.Node
    private let file: String, key: String

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

    /// The values by key; an unknown key is an error, a null value is none.
    func mapping(keys: [String]) throws -> [String: PipelineNode] {
        guard let mapping = node.mapping else { throw wrong("is no mapping", "write it as key: value with the keys \(keys.joined(separator: ", "))") }
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

extension ExtractionLimits {
    /// The largest file of any format that is read.
    package mutating func limitFiles(to size: ByteSize) {
        fileBytes = size.bytes
        pdfBytes = size.bytes
    }
}
