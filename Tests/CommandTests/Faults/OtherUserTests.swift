import Foundation
import TestSupport
import Testing

/// Another user, who may read an index and not write it.
@Suite(.enabled(if: OtherUser.isThere, "needs root, setpriv, and a program that everybody may run"))
struct OtherUserTests {
    private let folder: TemporaryFolder
    private let index: String

    init() throws {
        folder = try TemporaryFolder()
        index = folder.path("a.r3")
        for i in 0..<40 { try folder.write("notes/\(i).txt", "Shelf \(i) holds \(i * 31 % 97) lanterns.\n") }
        let outcome = try Command.run("index", folder.path("notes"), "--to", index, "--quiet")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
    }

    private func expectFailure(_ outcome: Command.Outcome, _ words: String, location: SourceLocation = #_sourceLocation) {
        #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: location)
    }

    /// The owner compacts while the other user's program has the index open. What that reads stays whole.
    @Test func aCompactionLeavesAReadersFileAlone() throws {
        let script = #"""
            coproc READER { exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/ "$0" mcp "$1"; }
            ask() { echo "$1" >&${READER[1]}; read -r answer <&${READER[0]}; echo "$answer"; }
            ask '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{}}}'
            echo '{"jsonrpc":"2.0","method":"notifications/initialized"}' >&${READER[1]}
            ask '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"shelf 7"}}}'
            rm "$2"/1*.txt
            "$0" refresh "$1" --quiet && "$0" compact "$1" --json
            ask '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"read","arguments":{"document":"7.txt"}}}'
            ask '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"read","arguments":{"document":"11.txt"}}}'
            eval "exec ${READER[1]}>&-"; wait $READER_PID
            """#
        let outcome = try Command.run(shell: script, Command.executable, index, folder.path("notes"))
        let lines = outcome.text.split(separator: "\n")
        try #require(lines.count == 5, "\(outcome.text) \(outcome.errors)")
        #expect(lines[1].contains("Shelf 7 holds"))
        #expect(lines[2].contains("\"isHeld\":true"), "\(lines[2])")
        #expect(lines[3].contains("Shelf 7 holds") && !lines[3].contains("\"isError\":true"), "\(lines[3])")
        #expect(lines[4].contains("\"isError\":true"), "\(lines[4])")
        #expect(try OtherUser.run("verify", index).status == 0)
        #expect(try Command.run("compact", index, "--json").text.contains("\"isHeld\":false"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.r3", "notes"])
    }

    /// A log without the memory that SQLite shares beside it, as where both files were copied.
    @Test func aLogWithoutSharedMemoryIsRead() throws {
        let script = #"""
            import fcntl, os, shutil, struct, subprocess, sys
            program, index, copy = sys.argv[1:]
            reader = os.open(index, os.O_RDONLY)
            fcntl.fcntl(reader, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0x40000001, 511, 0))
            status = subprocess.run([program, "refresh", index, "--quiet"]).returncode
            for end in ["", "-wal"]: shutil.copy(index + end, copy + end)
            sys.exit(status)
            """#
        let copy = folder.path("copy.r3")
        try folder.write("notes/late.txt", "A zeppelin hangs above the tower.\n")
        let made = try Command.run(shell: #"python3 -c "$0" "$@""#, script, Command.executable, index, copy)
        try #require(made.status == 0, "\(made.errors)")
        let found = try OtherUser.run("search", copy, "zeppelin", "--format", "files")
        #expect(found.status == 0 && found.text.hasPrefix("late.txt\n"), "\(found.errors)")
        #expect(try OtherUser.run("verify", copy).status == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("copy") }
        #expect(left.sorted() == ["copy.r3", "copy.r3-wal"])
        try #require(chmod(copy + "-wal", 0o600) == 0)
        expectFailure(try OtherUser.run("stats", copy), "copy.r3-wal: cannot be read (permission denied)")
    }

    @Test func whatIsNotSeenIsNotSaidToBeMissing() throws {
        try #require(chmod(folder.path, 0o700) == 0)
        expectFailure(try OtherUser.run("stats", index), "\(index): cannot be read (permission denied)")
        try #require(chmod(folder.path, 0o755) == 0)
        expectFailure(try OtherUser.run("stats", folder.path("b.r3")), "no such file")
    }
}

/// Runs of the program as nobody.
private enum OtherUser {
    private static let line = #"exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/ "$0" "$@""#

    static let isThere = geteuid() == 0 && (try? run("--version"))?.status == 0

    static func run(_ arguments: String...) throws -> Command.Outcome {
        try Command.run(shell: line, list: [Command.executable] + arguments)
    }
}
