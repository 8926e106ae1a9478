import Corpora
import Foundation
import Retrieval
import Yams

/// A pipeline: sources, index, model, retrieval, generator and questions in one YAML file. Relative paths in it are relative
/// to the file.
package struct PipelineFile: Sendable {
    /// A language model server.
    struct GeneratorSettings: Sendable {
        var url: String
        var model: String
        /// The environment variable that holds the API key.
        var keyVariable: String?
        /// In seconds.
        var timeout = 120.0
    }

    /// Absolute path of the index.
    package let index: String
    let path: String
    let options: IndexOptions
    let model: String?
    let retrieval: SearchOptions
    let generator: GeneratorSettings?
    let questions: [Question]

    /// Reads and checks a pipeline file, and the questions that it names.
    package init(path: String) throws {
        let file = URL(fileURLWithPath: path)
        guard let text = String(data: try PipelineError.contents(of: path), encoding: .utf8) else {
            throw PipelineError(.badPipeline(.notText), subject: path, fact: "is not UTF-8 text")
        }
        let root: PipelineNode
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw PipelineError(.badPipeline(.empty), subject: path, fact: "is empty")
            }
            root = PipelineNode(node, file: path, key: "the file")
        } catch let error as YamlError {
            let fact = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw PipelineError(.badPipeline(.notYAML), subject: path, fact: "is not YAML (\(fact))")
        }
        let folder = file.standardizedFileURL.deletingLastPathComponent()
        func absolute(_ name: String) -> String { URL(fileURLWithPath: name, relativeTo: folder).standardizedFileURL.path }

        let top = try root.mapping(keys: ["sources", "index", "model", "retrieval", "generator", "questions"])
        guard
            let sources = try top["sources"]?.mapping(keys: [
                "roots", "include", "exclude", "ignore_files", "hidden", "max_file_size", "ocr",
            ]),
            let roots = try sources["roots"]?.strings(), !roots.isEmpty
        else {
            throw root.wrong(.noRoots, "names no sources.roots")
        }
        var options = IndexOptions(roots: roots.map(absolute))
        options.include = try sources["include"]?.strings() ?? []
        options.exclude = try sources["exclude"]?.strings() ?? []
        options.ignoreFiles = try sources["ignore_files"]?.bool() ?? true
        options.hidden = try sources["hidden"]?.bool() ?? false
        options.limits.recognisesPages = try sources["ocr"]?.bool() ?? true
        if let size = sources["max_file_size"] {
            guard let limit = ByteSize(try size.string()) else { throw size.wrong(.notSize, "is no size") }
            options.limits.limitFiles(to: limit)
        }
        guard let index = top["index"] else { throw root.wrong(.noIndex, "names no index") }
        self.path = path
        self.options = options
        self.index = absolute(try index.string())
        model = try top["model"].map { absolute(try $0.string()) }
        retrieval = try PipelineFile.retrieval(top["retrieval"])
        generator = try PipelineFile.generator(top["generator"])
        questions = try top["questions"].map { try PipelineFile.questions($0, absolute: absolute) } ?? []
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
            throw node.wrong(.noServer, "needs url and model")
        }
        var settings = GeneratorSettings(url: url, model: model, keyVariable: try keys["api_key_env"]?.string())
        if let timeout = try keys["timeout"]?.int(in: 1...86400) { settings.timeout = Double(timeout) }
        return settings
    }

    /// A JSON file of questions, or the questions themselves: texts, or mappings.
    private static func questions(_ node: PipelineNode, absolute: (String) -> String) throws -> [Question] {
        guard node.isSequence else { return try Question.read(absolute(try node.string())) }
        return try node.sequence().map { item in
            if item.isText { return Question(try item.string()) }
            let keys = try item.mapping(keys: ["question", "answer", "document", "answerable"])
            guard let question = try keys["question"]?.string() else {
                throw item.wrong(.noQuestion, "has no question")
            }
            return Question(
                question, answer: try keys["answer"]?.string(), document: try keys["document"]?.string(),
                answerable: try keys["answerable"]?.bool())
        }
    }
}
