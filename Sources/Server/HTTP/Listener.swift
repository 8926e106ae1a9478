import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Receives HTTP requests with Hummingbird. Only this file and `ConnectionWatch` know the framework.
struct Listener: Sendable {
    /// The longest body of a request in bytes.
    static let longestBody = 1 << 20
    /// The longest request line and headers in bytes.
    private static let longestHead = 16 << 10
    /// The time that a client has to send a request, and that a connection may be idle.
    private static let patience = Duration.seconds(20)
    private static let mostConnections = 512
    /// The bytes of a body that are written at a time.
    private static let longestPart = 64 << 10

    let host: String
    let port: Int
    let logger: Logger
    let respond: @Sendable (Incoming) async -> Outgoing

    /// Serves until SIGTERM or SIGINT; then finishes the requests that run.
    ///
    /// - Parameter whenListening: is told the port.
    func run(whenListening: @escaping @Sendable (Int) async -> Void) async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let responder = CallbackResponder<Context> { request, context in try await answer(request, context) }
        let application = Application(
            responder: responder,
            server: HTTPServerBuilder { respond in
                HTTP1Channel(
                    responder: respond,
                    configuration: .init(
                        additionalChannelHandlers: [ConnectionWatch()], idleTimeout: TimeAmount(Listener.patience),
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: Listener.longestHead, maxHeaderListSize: Listener.longestHead,
                            maxHeaderFieldCount: 100)))
            },
            configuration: .init(
                address: .hostname(host, port: port), backlog: 128,
                availableConnectionsDelegate: MaximumAvailableConnections(Listener.mostConnections, logger: quiet)),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port ?? port) }, logger: quiet)
        do {
            try await application.runService()
        } catch let error as IOError {
            throw ListenError(error.errnoCode, host, port)
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(EADDRNOTAVAIL, host, port)
        }
    }

    private func answer(_ request: Request, _ context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let watch = try await context.channel.pipeline.handler(type: ConnectionWatch.self).get()
        var answer: Outgoing
        do {
            let incoming = try await incoming(request)
            let task = Task { await respond(incoming) }
            watch.whenGone { task.cancel() }
            answer = await task.value
            watch.whenGone(nil)
        } catch {
            // The rest of the request is not read.
            watch.closeAfterAnswer()
            answer = Site.protected(.error(error))
            answer.headers["connection"] = "close"
        }
        let elapsed = (ContinuousClock.now - start).components
        let milliseconds = elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000
        // The query of the page holds the question, so only the path is logged.
        logger.info("\(request.method) \(printable(request.uri.path)) \(answer.status) \(milliseconds) ms")
        return response(answer, to: request.method, watch)
    }

    private func printable(_ path: String) -> String {
        String(path.prefix(200).map { $0.isASCII && !$0.isWhitespace ? $0 : "?" })
    }

    private func incoming(_ request: Request) async throws -> Incoming {
        var headers: [String: String] = [:]
        if let authority = request.head.authority { headers["host"] = authority }
        for field in request.headers {
            headers[field.name.canonicalName, default: ""] +=
                (headers[field.name.canonicalName] == nil ? "" : ", ") + field.value
        }
        return Incoming(
            method: request.method.rawValue, target: request.head.path ?? "/", headers: headers,
            body: try await body(of: request))
    }

    private func body(of request: Request) async throws -> Data {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Listener.longestBody {
            throw HTTPFault(413, "a request has at most \(Listener.longestBody >> 20) MB")
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: Data.self) { group in
            group.addTask {
                do {
                    return Data(buffer: try await body.collect(upTo: Listener.longestBody))
                } catch is NIOTooManyBytesError {
                    throw HTTPFault(413, "a request has at most \(Listener.longestBody >> 20) MB")
                } catch is CancellationError {
                    throw CancellationError()
                } catch {
                    throw HTTPFault(
                        400,
                        "the body is shorter than its content-length, or its chunks are malformed; send the request again")
                }
            }
            group.addTask {
                try await Task.sleep(for: Listener.patience)
                throw HTTPFault(408, "the request took too long to arrive")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? Data()
        }
    }

    private func response(_ answer: Outgoing, to method: HTTPRequest.Method, _ watch: ConnectionWatch) -> Response {
        var headers = HTTPFields()
        for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        let status = HTTPResponse.Status(code: answer.status)
        switch answer.body {
        case .bytes(let bytes):
            if method == .head {
                headers[.contentLength] = "\(bytes.count)"
                return Response(status: status, headers: headers)
            }
            return Response(status: status, headers: headers, body: Listener.body(bytes))
        case .events(let events, let cancel):
            let body = ResponseBody { writer in
                watch.whenGone(cancel)
                defer {
                    watch.whenGone(nil)
                    cancel()
                }
                for await event in events { try await writer.write(ByteBuffer(string: event)) }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }

    /// A long body goes in parts, each when there is room for it: a client that reads slowly is told from one that does not.
    private static func body(_ bytes: Data) -> ResponseBody {
        guard bytes.count > longestPart else { return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) }
        return ResponseBody(contentLength: bytes.count) { writer in
            var rest = bytes[...]
            while !rest.isEmpty {
                try await writer.write(ByteBuffer(bytes: rest.prefix(longestPart)))
                rest = rest.dropFirst(longestPart)
            }
            try await writer.finish(nil)
        }
    }

    private struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }
}
