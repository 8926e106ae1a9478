import Pipelines

extension Remedies {
    /// The remedy for an error of a pipeline, an evaluation or a generator.
    static func remedy(for code: PipelineError.Code) -> String {
        switch code {
        case .unreadable, .unwritable: "check the path and its permissions"
        case .badPipeline(let fault): remedy(for: fault)
        case .badQuestions(let fault): remedy(for: fault)
        case .generator(let fault): remedy(for: fault)
        case .originUnknown: "name its folders and filters again with 'r3mem index ROOT --to FILE'"
        }
    }

    private static func remedy(for fault: PipelineFault) -> String {
        switch fault {
        case .notText: "name a pipeline file"
        case .empty: "see pipelines/README.md"
        case .notYAML: "correct it"
        case .noRoots: "list the folders to index"
        case .noIndex: "add the key index: the file to write"
        case .noServer: "name the server and the model on it"
        case .noQuestion: "add the key question"
        case .notMapping(let keys): "write it as key: value with the keys \(keys.joined(separator: ", "))"
        case .unknownKey(let known): "use one of \(known.joined(separator: ", "))"
        case .notList: "write it as a list"
        case .notString: "write a text"
        case .notBoolean: "write true or false"
        case .notNumber: "write such a number"
        case .notSize: "write it as 20MB"
        }
    }

    private static func remedy(for fault: QuestionFault) -> String {
        switch fault {
        case .notQuestions, .wrongForm: "see docs/evaluation.md"
        case .empty: "check the path"
        case .unknownDocument: "'r3mem search' shows paths"
        }
    }

    private static func remedy(for fault: GeneratorFault) -> String {
        switch fault {
        case .keyMissing: "set it to the API key of the generator"
        case .badAddress: "name the server as http://host:port"
        case .cannotConnect, .exchangeFailed: "check the address and that the server runs"
        case .noAnswerInTime: "try again, or a smaller model"
        case .answerTooLong: "check the address"
        case .redirect: "name the address that it leads to, if you trust it"
        case .unauthorised: "check the API key"
        case .notFound, .noContent: "check the address and the model's name"
        case .status: "see the server's log"
        case .notJSON: "check that the address is that of an OpenAI-compatible server"
        case .emptyAnswer: "try again, or another model"
        }
    }
}
