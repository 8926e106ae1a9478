import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// One request and its reply. Redirects are refused, and a reply beyond the limit is cut off.
final class Exchange: NSObject, URLSessionDataDelegate, Sendable {
    struct Reply: Sendable {
        var status = 0
        var body = Data()
        var isTooLong = false
        var error: (any Error)?
    }

    /// The longest reply that is read, in bytes.
    static let longestReply = 16 << 20

    private let state = Mutex(Reply())
    private let done = DispatchSemaphore(value: 0)

    /// Waits for the reply; nil where none came in time.
    func reply(within seconds: Double) -> Reply? {
        done.wait(timeout: .now() + seconds) == .success ? state.withLock { $0 } : nil
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = state.withLock { reply in
            reply.body.append(data)
            reply.isTooLong = reply.body.count > Exchange.longestReply
            return reply.isTooLong
        }
        if isTooLong { dataTask.cancel() }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let status = (task.response as? HTTPURLResponse)?.statusCode ?? 0
        state.withLock { reply in
            reply.status = status
            reply.error = error
        }
        done.signal()
    }
}
