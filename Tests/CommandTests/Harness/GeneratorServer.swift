import Foundation
import TestSupport

/// A chat-completions server in a process of its own, on a free port of 127.0.0.1. The first part of the path selects its
/// behaviour.
final class GeneratorServer {
    /// The answer of the server under `/ok`.
    static let answer =
        "The fee is “forty-two euros” a year [1]. It was \"abolished by the moon council\" [1]. The key hangs behind a door. [9] "
        + "Purple zebras quarrel loudly underneath volcanic mountains. The key to the cellar hangs in the workshop."

    /// The answer in the pieces in which `/pieces` sends it. After the first one it waits for the file `go`.
    static let pieces = ["The fee is ", "“forty-two ", "euros” a year [1]."]

    private static let script = """
        import http.server, json, os, sys, time

        answer, log, go, pieces = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])

        def chunk(text, finish=None):
            choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
            return "data: " + json.dumps({"choices": [choice]}) + "\\n\\n"

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with open(log, "a") as file:
                    line = {"path": self.path, "key": self.headers.get("Authorization") or "", "body": body.decode()}
                    file.write(json.dumps(line) + "\\n")
                mode = self.path.split("/")[1]
                if mode == "redirect":
                    self.send_response(302)
                    self.send_header("Location", "/ok/v1/chat/completions")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                if mode in ["pieces", "endless", "broken"]:
                    return self.stream(mode)
                status, text = {
                    "ok": (200, json.dumps({"choices": [{"message": {"role": "assistant", "content": answer}}]})),
                    "plain": (200, "<html>welcome</html>"),
                    "odd": (200, json.dumps({"result": "fine"})),
                    "busy": (503, "the model is \\x1b[31mstill loading"),
                    "locked": (401, "who are you"),
                }[mode]
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def stream(self, mode):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                def send(text):
                    self.wfile.write(text.encode())
                    self.wfile.flush()
                if mode == "endless":
                    try:
                        while True:
                            send(chunk("more "))
                            time.sleep(0.01)
                    except OSError:
                        open(go + "ne", "w").close()
                    return
                send(chunk("<think>well") + chunk(" ...</think>\\n") + chunk(pieces[0]))
                if mode == "broken":
                    return
                while not os.path.exists(go):
                    time.sleep(0.01)
                for piece in pieces[1:]:
                    send(chunk(piece))
                send(chunk("", "stop") + "data: [DONE]\\n\\n")

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """

    /// One request to the server.
    struct Request: Decodable {
        let path: String, key: String, body: String
    }

    let port: Int
    // The process ends with this value.
    private let process: ChildProcess
    private let folder: TemporaryFolder

    init() throws {
        let folder = try TemporaryFolder(), output = try ChildOutput()
        process = try output.attach {
            try ChildProcess(
                "python3",
                [
                    "-c", GeneratorServer.script, GeneratorServer.answer, folder.path("log"), folder.path("go"),
                    String(decoding: try JSONEncoder().encode(GeneratorServer.pieces), as: UTF8.self),
                ], output: $0,
                errors: STDERR_FILENO)
        }
        self.folder = folder
        let line = output.read(toEnd: false)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw ChildProcess.Failure(message: "no server: \(line)")
        }
        self.port = port
    }

    func url(_ mode: String) -> String { "http://127.0.0.1:\(port)/\(mode)" }

    /// Lets `/pieces` send the rest.
    func goOn() throws { try folder.write("go", "") }

    /// Whether a client of `/endless` has gone away.
    var isLeft: Bool { FileManager.default.fileExists(atPath: folder.path("gone")) }

    /// The requests so far.
    func requests() throws -> [Request] {
        guard FileManager.default.fileExists(atPath: folder.path("log")) else { return [] }
        return try String(contentsOfFile: folder.path("log"), encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Request.self, from: Data($0.utf8))
        }
    }
}
