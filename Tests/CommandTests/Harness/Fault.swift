import Foundation
import TestSupport
import Testing

/// A fault at one of the calls by which a program changes some files; `Tests/Faults/faults.c` causes it.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Kind: String, Sendable {
        /// The process is killed: before the call, in the middle of a write, or with a loss of unsynced writes.
        case kill, tear, power
        /// The files cannot be opened. The number of the call does not matter.
        case noAccess = "EACCES"
        /// The call fails; `short` writes half of its bytes.
        case noSpace = "ENOSPC"
        case inputOutput = "EIO"
        case short
    }

    var kind: Kind
    /// The number of the call, from 1.
    var call: Int
    /// Whether all later calls fail too.
    var stays = false
    var seed: UInt64 = 1

    /// None of the files can be opened.
    static let noAccess = Fault(kind: .noAccess, call: 0)

    var testDescription: String { "\(kind.rawValue) at call \(call)\(stays ? " and on" : ""), seed \(seed)" }

    private static let folder = Result { try TemporaryFolder() }

    /// The library that causes faults, compiled once.
    private static let library = Result {
        let path = try folder.get().path("faults.so"),
            source = Command.root.appendingPathComponent("Tests/Faults/faults.c").path
        let compile = "exec $(command -v clang || command -v cc) -O1 -shared -fPIC -o \"$0\" \"$1\" -ldl"
        let outcome = try Command.run(shell: compile, path, source)
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        return path
    }

    /// The calls in a log, each with its name first. What is drawn of names is left out.
    static func calls(in log: String) throws -> [String] {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        return text.replacing(#/-(new|repair)-[0-9a-f]{16}/#) { "-\($0.1)" }.split(separator: "\n").map(String.init)
    }

    /// The environment of a program that meets a fault (or none) in files whose path begins with `path`. `log` gets a line a
    /// call.
    static func environment(_ fault: Fault?, path: String, log: String) throws -> [String: String] {
        var result = ["LD_PRELOAD": try library.get(), "FAULT_PATH": path, "FAULT_LOG": log]
        guard let fault else { return result }
        result["FAULT_KIND"] = fault.kind.rawValue
        result["FAULT_AT"] = "\(fault.call)"
        result["FAULT_SEED"] = "\(fault.seed)"
        if fault.stays { result["FAULT_ON"] = "1" }
        return result
    }
}
