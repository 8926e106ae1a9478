import Glibc

/// Sends and receives whole messages over a pair of descriptors.
struct FrameChannel {
    let input: Int32
    let output: Int32

    /// Writes a message; false when the other side is gone.
    func send(_ frame: [UInt8]) -> Bool {
        frame.withUnsafeBytes { bytes in
            var sent = 0
            while sent < bytes.count {
                // A socket: the signal that a closed pipe would raise is not for the host process.
                let n = Glibc.send(output, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                if n < 0 {
                    if errno == EINTR { continue }
                    return false
                }
                sent += n
            }
            return true
        }
    }

    /// Why no message came.
    enum Failure: Error {
        case closed, late, tooLong
    }

    /// The next message without its length; nil at the end of the input, after the deadline or for one over the limit.
    func receive(atMost limit: Int, deadline: Double?) -> [UInt8]? {
        try? message(atMost: limit, deadline: deadline)
    }

    /// The next message without its length.
    func message(atMost limit: Int, deadline: Double?) throws(Failure) -> [UInt8] {
        let head = try bytes(4, deadline)
        let count = (0..<4).reduce(0) { $0 | Int(head[$1]) << (8 * $1) }
        guard count <= limit else { throw .tooLong }
        return try bytes(count, deadline)
    }

    private func bytes(_ count: Int, _ deadline: Double?) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                if let deadline {
                    var descriptor = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
                    let left = max(0, min(deadline - Self.now(), 1e6))
                    let ready = poll(&descriptor, 1, Int32((left * 1000).rounded(.up)))
                    if ready < 0, errno == EINTR { continue }
                    if ready <= 0 {
                        failure = .late
                        return
                    }
                }
                let n = read(input, buffer.baseAddress! + filled, count - filled)
                if n < 0, errno == EINTR { continue }
                if n <= 0 {
                    failure = .closed
                    return
                }
                filled += n
            }
        }
        if let failure { throw failure }
        return result
    }

    /// Seconds on a clock that only goes forward.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
