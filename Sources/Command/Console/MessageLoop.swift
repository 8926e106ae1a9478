import Console
import Dispatch
import Foundation
import Interface
import Synchronization

/// The standard output of a protocol. Whatever else prints to standard output goes to standard error.
final class ProtocolOutput: Sendable {
    private let descriptor: Int32
    private let writing = Mutex(())

    init() throws {
        descriptor = dup(STDOUT_FILENO)
        guard descriptor >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// Writes a line. Nothing is left to do where nobody reads any more: the program ends.
    func write(_ line: String) {
        writing.withLock { _ in
            var bytes = Array((line + "\n").utf8)[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    bytes = bytes.dropFirst(count)
                } else if errno != EINTR {
                    exit(errno == EPIPE ? 0 : 1)
                }
            }
        }
    }
}

/// Reads a message a line from standard input, and answers each as soon as its answer is there.
final class MessageLoop: Sendable {
    /// The longest line in bytes.
    private static let longestLine = 4 << 20

    private let server: MCPServer
    private let output: ProtocolOutput
    /// The requests in work by their identifiers, as JSON.
    private let running = Mutex<[String: Task<Void, Never>]>([:])
    private let group = DispatchGroup()

    init(_ server: MCPServer, _ output: ProtocolOutput) {
        self.server = server
        self.output = output
    }

    /// Runs to the end of the input, and until all requests are answered.
    func run() {
        var line: [UInt8] = []
        var isTooLong = false
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            for part in buffer[..<count].split(separator: 10, omittingEmptySubsequences: false).enumerated() {
                if part.offset > 0 {
                    take(line, isTooLong: isTooLong)
                    line = []
                    isTooLong = false
                }
                isTooLong = isTooLong || line.count + part.element.count > MessageLoop.longestLine
                if !isTooLong { line += part.element }
            }
        }
        take(line, isTooLong: isTooLong)
        group.wait()
    }

    private func take(_ line: [UInt8], isTooLong: Bool) {
        if isTooLong {
            return output.write(
                #"{"error":{"code":-32600,"message":"a message has at most 4 MB"},"id":null,"jsonrpc":"2.0"}"#)
        }
        guard line.contains(where: { ![32, 9, 13].contains($0) }) else { return }
        let message = try? JSON(parsing: Data(line))  // the server says what is wrong
        if message?["method"] == "notifications/cancelled", let id = message?["params"]?["requestId"] {
            running.withLock { $0[id.line] }?.cancel()
            return
        }
        let key = message?["id"]?.line
        group.enter()
        running.withLock { running in
            let task = Task { [self] in
                let answer = await server.answer(message).json
                if let key { self.running.withLock { $0[key] = nil } }
                if let answer, !Task.isCancelled { output.write(answer.line) }
                group.leave()
            }
            if let key { running[key] = task }
        }
    }
}
