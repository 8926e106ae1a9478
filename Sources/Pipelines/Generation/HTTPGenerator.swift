import Foundation
import FoundationNetworking
import Retrieval

/// A language model behind an OpenAI-compatible server, which writes an answer from numbered passages.
///
/// Only the server that the user named is contacted: no proxy is used, and redirects are not followed. `Answering` decides
/// when the server is asked, and checks what it writes.
package struct HTTPGenerator: AnswerGenerator {
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
                .generator, variable, "this environment variable is not set",
                remedy: "set it to the API key of the generator")
        }
        return key
    }

    /// Asks the server for an answer.
    package func text(answering question: String, from passages: [SearchResult]) throws -> String {
        try content(of: exchange(body: request(question, passages)))
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
            throw PipelineError(
                .generator, url, "is no http or https address", remedy: "name the server as http://host:port")
        }
        return endpoint
    }
}

// MARK: The exchange

extension HTTPGenerator {
    private func exchange(body: Data) throws -> Data {
        var request = URLRequest(url: endpoint, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
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
        guard let reply = exchange.reply(within: timeout + 5) else {
            throw failure("no answer within \(Int(timeout)) s", "try again, or a smaller model")
        }
        if reply.isTooLong {
            throw failure("its answer is longer than \(Exchange.longestReply >> 20) MB", "check the address")
        }
        if let error = reply.error { throw failure(because: error) }
        switch reply.status {
        case 200..<300: return reply.body
        case 300..<400:
            throw failure(
                "answered HTTP \(reply.status), a redirect, which is not followed",
                "name the address that it leads to, if you trust it")
        case 401, 403:
            throw failure("answered HTTP \(reply.status): \(HTTPGenerator.excerpt(reply.body))", "check the API key")
        case 404:
            throw failure(
                "answered HTTP 404: \(HTTPGenerator.excerpt(reply.body))", "check the address and the model's name")
        default: throw failure("answered HTTP \(reply.status): \(HTTPGenerator.excerpt(reply.body))", "see the server's log")
        }
    }

    private func failure(because error: any Error) -> PipelineError {
        guard let error = error as? URLError else { return failure("\(error)", "check that the server runs") }
        switch error.code {
        case .timedOut: return failure("no answer within \(Int(timeout)) s", "try again, or a smaller model")
        case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed:
            return failure("cannot connect", "check the address and that the server runs")
        default:
            return failure(
                "the exchange failed (\(error.localizedDescription))", "check the address and that the server runs")
        }
    }
}
