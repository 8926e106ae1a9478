import ArgumentParser
import Foundation
import Pipelines

/// The options of `ask` that name the server of a language model.
struct GeneratorOptions: ParsableArguments {
    @Option(
        name: .customLong("generator"),
        help: ArgumentHelp(
            "The address of an OpenAI-compatible server that writes the answer, with or without /v1.", valueName: "url"))
    var url: String?

    @Option(
        name: [.customLong("model-name"), .customLong("generator-model")],
        help: ArgumentHelp("The name of the model on that server.", valueName: "name"))
    var modelName: String?

    @Option(
        name: .customLong("api-key-env"),
        help: ArgumentHelp("The environment variable that holds the API key.", valueName: "variable"))
    var keyVariable: String?

    @Option(
        name: .customLong("generator-timeout"), help: ArgumentHelp("Seconds to wait for the server.", valueName: "seconds"))
    var timeout = 120.0

    func validate() throws {
        if url != nil, modelName == nil {
            throw ValidationError("--generator needs --model-name, the name of the model on that server")
        }
        if url == nil, modelName != nil || keyVariable != nil {
            throw ValidationError("--model-name and --api-key-env need --generator URL")
        }
        guard timeout > 0 else { throw ValidationError("--generator-timeout must be more than 0 seconds") }
    }

    /// The generator; nil without --generator.
    func generator() throws -> HTTPGenerator? {
        guard let url, let modelName else { return nil }
        return try HTTPGenerator(
            url: url, model: modelName, apiKey: keyVariable.map(HTTPGenerator.apiKey(in:)), timeout: timeout)
    }
}
