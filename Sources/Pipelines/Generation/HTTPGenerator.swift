import Foundation
import FoundationNetworking
import Retrieval

/// A language model behind an OpenAI-compatible server, which writes an answer from numbered passages.
///
/// Only the server that the user named is contacted: no proxy is used, and redirects are not followed. `Answering` decides
/// when the server is asked, and checks what it writes.
package struct HTTPGenerator: AnswerGenerator {
    /// The name of the model, as the server knows it.
    package let model: String
    let endpoint: URL
    private let apiKey: String?
    /// In seconds.
    private let timeout: Double

    /// - Parameters:
    ///   - url: `http://host:port`, with or without `/v1` or `/v1/chat/completions`.
    ///   - timeout: seconds for the whole exchange.
    /// - Throws: `PipelineError` where the URL is no http or https address.
    package init(url: String, model: String, apiKey: String? = nil, timeout: Double = 120) throws {
        endpoint = try HTTPGenerator.endpoint(url)
        self.model = model
        self.apiKey = apiKey
        self.timeout = timeout
    }

    /// The API key in an environment variable.
    package static func apiKey(in variable: String) throws -> String {
        guard let key = ProcessInfo.processInfo.environment[variable], !key.isEmpty else {
            throw PipelineError(
                .generator(.keyMissing), subject: variable, fact: "this environment variable is not set")
        }
        return key
    }

    /// Asks the server for an answer; for one in pieces where somebody waits for them.
    package func text(
        answering question: String, from passages: [SearchResult], whenWritten: ((String) -> Void)?
    ) throws -> String {
        var streamed = StreamedAnswer()
        let reply = try exchange(body: request(question, passages, isStreamed: whenWritten != nil)) { bytes in
            for piece in try streamed.take(bytes, failure) { whenWritten?(piece) }
        }
        if reply.isEvents {
            let (whole, rest) = try streamed.end(failure)
            if !rest.isEmpty { whenWritten?(rest) }
            return whole
        }
        // A server that writes no pieces gives the whole.
        let text = try content(of: reply.body)
        whenWritten?(text)
        return text
    }

    private static func endpoint(_ url: String) throws -> URL {
        var trimmed = url
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        let path = URLComponents(string: trimmed)?.path ?? ""
        if !path.hasSuffix("/chat/completions") {
            let isVersioned =
                path.split(separator: "/").last.map {
                    $0.first == "v" && $0.count > 1 && $0.dropFirst().allSatisfy(\.isNumber)
                } ?? false
            trimmed += isVersioned ? "/chat/completions" : "/v1/chat/completions"
        }
        guard let endpoint = URL(string: trimmed), let host = endpoint.host, !host.isEmpty,
            ["http", "https"].contains(endpoint.scheme?.lowercased() ?? "")
        else {
            throw PipelineError(.generator(.badAddress), subject: url, fact: "is no http or https address")
        }
        return endpoint
    }
}

// MARK: The exchange

extension HTTPGenerator {
    private func exchange(body: Data, whenEvents: (Data) throws -> Void) throws -> Exchange.Reply {
        var request = URLRequest(url: endpoint, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("application/json, text/event-stream", forHTTPHeaderField: "Accept")
        if let apiKey { request.setValue("Bearer \(apiKey)", forHTTPHeaderField: "Authorization") }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        configuration.timeoutIntervalForResource = timeout
        configuration.httpShouldSetCookies = false
        // Foundation on Linux ignores `connectionProxyDictionary`: libcurl takes proxies from the environment, where "*"
        // means no proxy for any host.
        if ProcessInfo.processInfo.environment["no_proxy"] != "*" { setenv("no_proxy", "*", 1) }
        let exchange = Exchange()
        let session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        session.dataTask(with: request).resume()
        guard let reply = try exchange.reply(within: timeout + 5, whenEvents: whenEvents) else {
            throw failure(.noAnswerInTime, "no answer within \(Int(timeout)) s")
        }
        if reply.isTooLong {
            throw failure(.answerTooLong, "its answer is longer than \(Exchange.longestReply >> 20) MB")
        }
        if let error = reply.error { throw failure(because: error) }
        switch reply.status {
        case 200..<300: return reply
        case 300..<400:
            throw failure(.redirect, "answered HTTP \(reply.status), a redirect, which is not followed")
        case 401, 403:
            throw failure(.unauthorised, reply)
        case 404: throw failure(.notFound, reply)
        default: throw failure(.status(reply.status), reply)
        }
    }

    /// The failure of a reply with an error status.
    private func failure(_ fault: GeneratorFault, _ reply: Exchange.Reply) -> PipelineError {
        failure(fault, "answered HTTP \(reply.status): \(HTTPGenerator.excerpt(reply.body))")
    }

    private func failure(because error: any Error) -> PipelineError {
        guard let error = error as? URLError else { return failure(.exchangeFailed, "\(error)") }
        switch error.code {
        case .timedOut: return failure(.noAnswerInTime, "no answer within \(Int(timeout)) s")
        case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed:
            return failure(.cannotConnect, "cannot connect")
        default:
            return failure(.exchangeFailed, "the exchange failed (\(error.localizedDescription))")
        }
    }
}
