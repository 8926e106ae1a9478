import CSandbox
import Glibc

/// Sends and receives whole messages over a socket. A descriptor may come with a message.
struct FrameChannel {
    let input: Int32
    let output: Int32

    /// Why no message came.
    enum Failure: Error {
        /// The other side closed the socket.
        case closed
        /// The deadline passed.
        case late
        /// The message is longer than the limit.
        case tooLong
    }

    /// A message without its length.
    struct Message {
        let bytes: [UInt8]
        /// The descriptor that came with the message. The receiver must close it.
        let descriptor: Int32?
    }

    /// Sends a message. Returns false when the other side is gone.
    func send(_ frame: [UInt8], descriptor: Int32? = nil) -> Bool {
        frame.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = csandbox_send(
                    output, bytes.baseAddress! + sent, bytes.count - sent, sent == 0 ? descriptor ?? -1 : -1)
                if count < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                sent += count
            }
            return true
        }
    }

    /// Waits for the next message.
    ///
    /// - Parameters:
    ///   - limit: the length of the longest message, in bytes.
    ///   - deadline: the time, on the clock of `now()`, at which waiting ends. Nil to wait without end.
    func receive(atMost limit: Int, deadline: Double? = nil) throws(Failure) -> Message {
        var descriptor: Int32?
        do throws(Failure) {
            let head = try bytes(4, deadline, &descriptor)
            let count = (0..<4).reduce(0) { $0 | Int(head[$1]) << (8 * $1) }
            guard count <= limit else { throw .tooLong }
            return Message(bytes: try bytes(count, deadline, &descriptor), descriptor: descriptor)
        } catch {
            if let descriptor { close(descriptor) }
            throw error
        }
    }

    /// Receives exactly `count` bytes. A descriptor that comes with them replaces `descriptor`.
    private func bytes(_ count: Int, _ deadline: Double?, _ descriptor: inout Int32?) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                if let deadline {
                    var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                    let left = max(0, min(deadline - Self.now(), 1e6))
                    let ready = poll(&waiting, 1, Int32((left * 1000).rounded(.up)))
                    if ready < 0, errno == EINTR { continue }
                    if ready <= 0 {
                        failure = .late
                        return
                    }
                }
                var came: Int32 = -1
                let received = csandbox_receive(input, buffer.baseAddress! + filled, count - filled, &came)
                if came >= 0 {
                    if let old = descriptor { close(old) }
                    descriptor = came
                }
                if received < 0, errno == EINTR { continue }
                if received <= 0 {
                    failure = .closed
                    return
                }
                filled += received
            }
        }
        if let failure { throw failure }
        return result
    }

    /// Seconds on a clock that never goes back.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
