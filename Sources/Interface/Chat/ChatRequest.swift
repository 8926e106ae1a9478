import Retrieval

/// A request for a chat completion, as clients of the OpenAI API send it. The model is an index.
package struct ChatRequest: Sendable {
    /// The name of the index.
    package let model: String
    /// The last message of the user.
    let question: String
    /// Earlier messages of the user, the oldest first.
    let earlier: [String]
    /// Whether the answer comes as events.
    package let isStreamed: Bool
    /// Whether the last event counts tokens.
    package let includesUsage: Bool

    /// Fields without a meaning for quotations: they steer how a language model draws its words.
    private static let harmless: Set<String> = [
        "temperature", "top_p", "seed", "user", "max_tokens", "max_completion_tokens", "presence_penalty",
        "frequency_penalty", "store", "metadata", "service_tier", "safety_identifier", "prompt_cache_key", "verbosity",
        "reasoning_effort", "parallel_tool_calls",
    ]

    /// Whether a field has a value that asks for nothing: what clients send as the default.
    private static func isNeutral(_ name: String, _ value: JSON) -> Bool {
        switch (name, value) {
        case (_, .null), (_, .array([])), (_, .object([:])), ("logprobs", false), ("modalities", ["text"]): true
        case ("tool_choice", "none"), ("tool_choice", "auto"), ("function_call", "none"): true
        case ("response_format", .object(let format)): format == ["type": "text"]
        default: false
        }
    }

    /// - Throws: `RequestError` for a request that is malformed, or asks for more than quotations.
    package init(_ json: JSON) throws {
        guard let members = json.members else { throw RequestError(.badRequest, "the request is no JSON object") }
        let read: Set<String> = ["model", "messages", "stream", "stream_options", "n"]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !read.contains(name) {
            if ChatRequest.harmless.contains(name) || ChatRequest.isNeutral(name, value) { continue }
            throw RequestError(
                .unknownField, "\(RequestError.quoted(name)): is not supported, and would change the answer; leave it out",
                field: name)
        }
        guard let model = members["model"]?.text, !model.isEmpty else {
            throw RequestError(.badRequest, "model: missing; name an index", field: "model")
        }
        if let n = members["n"], n != .null, n != 1, n != .number(1) {
            throw RequestError(.badRequest, "n: must be 1", field: "n")
        }
        switch members["stream"] {
        case nil, .null, .boolean: break
        default: throw RequestError(.badRequest, "stream: must be true or false", field: "stream")
        }
        guard case .array(let messages) = members["messages"], !messages.isEmpty, messages.count <= 1000 else {
            throw RequestError(.badRequest, "messages: must be a list of 1 to 1000 messages", field: "messages")
        }
        var said: [String] = []
        for message in messages {
            guard let role = message["role"]?.text else {
                throw RequestError(.badRequest, "messages: each needs a role", field: "messages")
            }
            guard role == "user" else { continue }
            said.append(try ChatRequest.content(of: message))
        }
        guard let question = said.last, messages.last?["role"]?.text == "user" else {
            throw RequestError(.badRequest, "messages: the last one must be of the user", field: "messages")
        }
        guard !question.allSatisfy(\.isWhitespace), question.unicodeScalars.count <= longestText else {
            throw RequestError(
                .badRequest, "messages: the last one must be a text of 1 to \(longestText) characters", field: "messages")
        }
        self.model = model
        self.question = question
        earlier = said.dropLast()
        isStreamed = members["stream"] == true
        includesUsage = members["stream_options"]?["include_usage"] == true
    }

    /// The text of a message, which may come in parts.
    private static func content(of message: JSON) throws -> String {
        switch message["content"] {
        case .text(let text): return text
        case .array(let parts):
            return try parts.map { part in
                guard part["type"] == "text", let text = part["text"]?.text else {
                    throw RequestError(.badRequest, "messages: only text can be asked", field: "messages")
                }
                return text
            }.joined(separator: "\n")
        default: throw RequestError(.badRequest, "messages: content must be a text", field: "messages")
        }
    }

    /// The quotations of an index. A question that cannot stand alone is asked with the words of the one before it.
    package func quotations(from index: OpenIndex) throws -> Answer {
        let resolved = FollowUp(question, after: earlier)
        let answer = try AskRequest(resolved.question).answer(from: index, generator: nil)
        guard !answer.isFound, let other = resolved.alternative else { return answer }
        let second = try AskRequest(other).answer(from: index, generator: nil)
        return second.isFound ? second : answer
    }

    /// The answer of an index, in the words of a generator where there is one.
    package func answer(from index: OpenIndex, generator: (any AnswerGenerator)?) throws -> ChatAnswer {
        let quoted = try quotations(from: index)
        let answer = try generator.map { try quoted.written(by: $0) } ?? quoted
        return ChatAnswer(answer, .init(model: model), words: question)
    }
}

/// A question of a conversation as it can be asked alone.
struct FollowUp {
    /// What is asked first.
    let question: String
    /// What is asked where the first finds nothing.
    let alternative: String?

    /// Words that stand for something that was said before.
    private static let pronouns: Set<String> = [
        "it", "its", "they", "them", "their", "he", "she", "him", "his", "her", "hers", "this", "that", "these", "those",
        "one", "ones", "there", "then", "same",
    ]

    init(_ question: String, after earlier: [String]) {
        guard let last = earlier.last(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            self.question = question
            alternative = nil
            return
        }
        let words = FollowUp.words(of: question)
        let opening = words.prefix(2).joined(separator: " ")
        let isDependent =
            words.count < 3 || words.contains(where: FollowUp.pronouns.contains)
            || words.first == "and" || ["what about", "how about"].contains(opening)
        let known = Set(words)
        let topic = last.split(whereSeparator: \.isWhitespace).prefix(40).filter { word in
            let plain = FollowUp.words(of: String(word)).first ?? ""
            return plain.count > 3 && !known.contains(plain) && !FollowUp.asking.contains(plain)
        }
        let joined = String(
            (question + " " + topic.joined(separator: " ")).unicodeScalars.prefix(longestText).map(Character.init))
        self.question = isDependent && !topic.isEmpty ? joined : question
        alternative = isDependent ? question : topic.isEmpty ? nil : joined
    }

    /// Words that only make a sentence a question.
    private static let asking: Set<String> = [
        "what", "when", "where", "which", "whose", "does", "have", "with", "from", "many", "much", "please", "tell", "about",
        "would", "could", "should", "will", "were", "there", "that", "this",
    ]

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init)
    }
}
