import Foundation
import Interface

/// An answer as the routes give it.
struct Outgoing: Sendable {
    enum Body: Sendable {
        case bytes(Data)
        /// Server-sent events, each as it goes over the wire; `cancel` ends the work behind them.
        case events(AsyncStream<String>, cancel: @Sendable () -> Void)
    }

    var status: Int
    var headers: [String: String]
    var body: Body

    init(status: Int = 200, type: String, _ bytes: Data, headers: [String: String] = [:]) {
        self.status = status
        self.headers = headers.merging(["content-type": type]) { $1 }
        body = .bytes(bytes)
    }

    /// JSON with sorted keys.
    static func json(_ value: some Encodable, status: Int = 200, headers: [String: String] = [:]) throws -> Outgoing {
        Outgoing(status: status, type: "application/json", try JSON.bytes(of: value), headers: headers)
    }

    /// An answer with the times of its work, as browsers and other clients read them.
    func timed(_ timing: Gate.Timing) -> Outgoing {
        var answer = self
        let (queue, work) = (timing.queue / .milliseconds(1), timing.work / .milliseconds(1))
        answer.headers["server-timing"] = String(format: "queue;dur=%.2f, work;dur=%.2f", queue, work)
        return answer
    }

    static func empty(status: Int) -> Outgoing {
        var answer = Outgoing(status: status, type: "", Data())
        answer.headers = [:]
        return answer
    }

    /// Server-sent events that `write` gives one after the other.
    static func events(_ write: @escaping @Sendable (_ send: @escaping @Sendable (String) -> Void) async -> Void) -> Outgoing
    {
        let (stream, continuation) = AsyncStream<String>.makeStream()
        let task = Task {
            await write { continuation.yield($0) }
            continuation.finish()
        }
        var answer = Outgoing(type: "text/event-stream", Data(), headers: ["x-accel-buffering": "no"])
        answer.body = .events(stream) { task.cancel() }
        return answer
    }

    /// An error in the form of the OpenAI API, for every endpoint.
    static func error(_ error: any Error) -> Outgoing {
        let isBusy = RequestError(error).code == .busy
        return Outgoing(
            status: status(of: error), type: "application/json", Data(body(of: error).line.utf8),
            headers: (error as? HTTPFault)?.headers ?? (isBusy ? ["retry-after": "1"] : [:]))
    }

    private static func status(of error: any Error) -> Int {
        if let fault = error as? HTTPFault { return fault.status }
        return switch RequestError(error).code {
        case .badRequest, .unknownField, .ambiguous: 400
        case .notFound: 404
        case .busy, .cancelled, .unavailable: 503
        }
    }

    /// The object that tells of an error.
    static func body(of error: any Error) -> JSON {
        let fault = error as? HTTPFault
        let told = RequestError(error)
        return [
            "error": [
                "message": .text(fault?.message ?? told.message),
                "type": .text(status(of: error) < 500 ? "invalid_request_error" : "server_error"),
                "code": .text(fault.map { "http_\($0.status)" } ?? told.code.rawValue),
                "param": fault == nil ? told.field.map(JSON.text) ?? .null : .null,
            ]
        ]
    }
}

/// Server-sent events as they go over the wire.
enum Event {
    static func named(_ name: String, _ value: some Encodable) -> String {
        "event: \(name)\n" + data(value)
    }

    static func data(_ value: some Encodable) -> String {
        // Answers always have a form in JSON.
        "data: " + String(decoding: (try? JSON.bytes(of: value)) ?? Data("null".utf8), as: UTF8.self) + "\n\n"
    }
}
