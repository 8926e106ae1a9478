import Dispatch
import Foundation
import FoundationNetworking
import Retrieval
import Synchronization

/// One request and its reply. Redirects are refused, and a reply beyond the limit is cut off.
final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
    struct Reply: Sendable {
        var status = 0
        /// Whether the body is server-sent events.
        var isEvents = false
        var body = Data()
        var isTooLong = false
        var error: (any Error)?
    }

    private struct State {
        var reply = Reply()
        var isDone = false
        /// The bytes of the body that the reader has been given.
        var given = 0
    }

    /// The longest reply that is read, in bytes.
    static let longestReply = 16 << 20
    /// How long the reader waits before it looks whether the reply is still wanted.
    private static let patience = 0.1

    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)

    /// Waits for the reply; nil where none came in time.
    ///
    /// - Parameter whenEvents: is given the bytes of a stream of events, as they come.
    /// - Throws: `CancellationError` where `Interruption` asks to stop, and what `whenEvents` throws.
    func reply(within seconds: Double, whenEvents: (Data) throws -> Void) throws -> Reply? {
        let isStopped = Interruption.isAsked
        let end = DispatchTime.now() + seconds
        while DispatchTime.now() < end {
            _ = news.wait(timeout: min(end, .now() + Exchange.patience))
            if isStopped() { throw CancellationError() }
            let (fresh, reply) = state.withLock { state in
                // A copy: a slice would make the next append copy the whole body.
                let fresh = state.reply.isEvents ? Data(Array(state.reply.body[state.given...])) : Data()
                state.given += fresh.count
                return (fresh, state.isDone ? state.reply : nil)
            }
            if !fresh.isEmpty { try whenEvents(fresh) }
            if let reply { return reply }
        }
        return nil
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let response = dataTask.response as? HTTPURLResponse
        let isEvents = (200..<300).contains(response?.statusCode ?? 0) && response?.mimeType == "text/event-stream"
        let isTooLong = state.withLock { state in
            state.reply.isEvents = isEvents
            state.reply.body.append(data)
            state.reply.isTooLong = state.reply.body.count > Exchange.longestReply
            return state.reply.isTooLong
        }
        news.signal()
        if isTooLong { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let status = (task.response as? HTTPURLResponse)?.statusCode ?? 0
        state.withLock { state in
            state.reply.status = status
            state.reply.error = error
            state.isDone = true
        }
        news.signal()
    }
}
