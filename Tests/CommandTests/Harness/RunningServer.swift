import Foundation
import Synchronization
import TestSupport

/// `r3mem serve` on a free port, and a client that sends it exact bytes.
final class RunningServer: Sendable {
    /// An answer of the server.
    struct Reply {
        let status: Int
        /// By their names in lower case.
        let headers: [String: String]
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }
        func json() throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: body) }
    }

    let port: Int
    /// The process, and what it wrote to standard error after its first line.
    private struct State: @unchecked Sendable {  // used by one thread at a time: only behind the mutex
        let process: ChildProcess
        let errors: ChildOutput
        var log = ""
    }

    private let state: Mutex<State>
    var log: String { state.withLock { $0.log } }

    /// Servers that several tests use live until the tests end.
    private static let processes = Mutex<Set<pid_t>>([])
    private static let ending: Void = {
        atexit { for id in RunningServer.processes.withLock({ $0 }) { kill(id, SIGKILL) } }
    }()

    init(_ arguments: String..., environment: [String: String] = [:]) throws {
        let errors = try ChildOutput()
        let process = try errors.attach {
            try ChildProcess(
                Command.executable, ["serve", "--port", "0"] + arguments, environment: environment, output: STDERR_FILENO,
                errors: $0)
        }
        let line = errors.read(toEnd: false)
        guard let port = line.firstMatch(of: #/:(\d+)/\n/#).flatMap({ Int($0.output.1) }) else {
            throw ChildProcess.Failure(message: "no server: \(line)")
        }
        self.port = port
        let id = process.id
        state = Mutex(State(process: process, errors: errors))
        _ = RunningServer.ending
        RunningServer.processes.withLock { _ = $0.insert(id) }
    }

    /// Sends a signal.
    func signal(_ signal: Int32) { _ = state.withLock { kill($0.process.id, signal) } }

    /// Sends a signal and waits for the end. Returns the exit status.
    func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        state.withLock { state in
            let id = state.process.id
            kill(id, signal)
            state.log += state.errors.read(toEnd: true)
            let status = state.process.wait()
            RunningServer.processes.withLock { _ = $0.remove(id) }
            return status
        }
    }

    func get(_ target: String, _ headers: [String: String] = [:]) throws -> Reply { try send("GET", target, headers) }

    func post(_ target: String, _ json: String, _ headers: [String: String] = [:]) throws -> Reply {
        try send("POST", target, ["Content-Type": "application/json"].merging(headers) { $1 }, json)
    }

    func send(_ method: String, _ target: String, _ headers: [String: String] = [:], _ body: String = "") throws -> Reply {
        var lines = ["\(method) \(target) HTTP/1.1", "Connection: close"]
        let defaults = ["Host": "127.0.0.1:\(port)"].merging(body.isEmpty ? [:] : ["Content-Length": "\(body.utf8.count)"]) {
            $1
        }
        for (name, value) in defaults.merging(headers, uniquingKeysWith: { $1 }) { lines.append("\(name): \(value)") }
        return try RunningServer.reply(try exchange(lines.joined(separator: "\r\n") + "\r\n\r\n" + body))
    }

    /// Sends bytes, and reads to the end of the connection.
    func exchange(_ request: String) throws -> Data {
        let connection = try Connection(port)
        connection.send(request)
        return connection.rest()
    }

    /// Opens a connection.
    func connect() throws -> Connection { try Connection(port) }

    /// A connection to the server.
    final class Connection {
        private let descriptor: Int32

        fileprivate init(_ port: Int) throws {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let outcome = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard outcome == 0 else { throw ChildProcess.Failure(message: "no connection: \(errno)") }
            // A server that never answers fails the test, and does not stop it.
            var patience = timeval(tv_sec: 300, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(descriptor) }

        func send(_ text: String) {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        /// Says that nothing more is sent.
        func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

        /// Whether some of the answer has arrived.
        var hasAnswer: Bool {
            var file = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&file, 1, 0) > 0
        }

        /// The answer up to a text in it; all of the answer where it does not hold the text.
        func answer(upTo text: String) -> String {
            var all = Data(), buffer = [UInt8](repeating: 0, count: 65536)
            while !String(decoding: all, as: UTF8.self).contains(text) {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                all += buffer[..<count]
            }
            return String(decoding: all, as: UTF8.self)
        }

        /// Everything up to the end of the connection.
        func rest() -> Data {
            var all = Data(), buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return all }
                all += buffer[..<count]
            }
        }
    }

    /// Reads one answer; the body may come in chunks.
    static func reply(_ bytes: Data) throws -> Reply {
        guard let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) else {
            throw ChildProcess.Failure(message: "no answer: \(String(decoding: bytes, as: UTF8.self))")
        }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        var body = Data(bytes[end.upperBound...])
        if headers["transfer-encoding"] == "chunked" { body = unchunked(body) }
        return Reply(status: status, headers: headers, body: body)
    }

    private static func unchunked(_ bytes: Data) -> Data {
        var rest = bytes[...], body = Data()
        while let end = rest.firstRange(of: Data("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<end.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            body += rest[end.upperBound..<min(rest.endIndex, end.upperBound + size)]
            rest = rest[min(rest.endIndex, end.upperBound + size + 2)...]
        }
        return body
    }
}
