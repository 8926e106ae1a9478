import CPoppler
import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

/// A worker can change no file, reach no network and start no process, whatever a hostile file makes it do.
@Suite struct ConfinementTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(["kept.txt": "kept", "empty/x": ""]) }

    /// Ways to change a file or folder: each gives 0, or the reason why not.
    private static func changes(_ path: String) -> [(name: String, reason: Int32)] {
        func attempt(_ name: String, _ result: Int32) -> (String, Int32) {
            let reason = result < 0 ? errno : 0
            if result > 2, name.hasPrefix("open") { close(result) }
            return (name, reason)
        }
        let file = path + "/kept.txt", link = path + "/link"
        return [
            attempt("open to write", open(file, O_WRONLY)), attempt("open to read and write", open(file, O_RDWR)),
            attempt("open anew", open(path + "/new", O_CREAT | O_EXCL | O_WRONLY, 0o600)), attempt("make a folder", mkdir(path + "/folder", 0o700)),
            attempt("make a pipe", mkfifo(path + "/pipe", 0o600)), attempt("link", symlink("kept.txt", link)),
            attempt("link hard", Glibc.link(file, path + "/hard")), attempt("cut", truncate(file, 1)),
            attempt("rename", rename(file, path + "/other")),
            attempt("remove", unlink(path + "/other")), attempt("open and empty", open(path + "/empty/x", O_RDONLY | O_TRUNC)),
            attempt("remove in a folder", unlink(path + "/empty/x")), attempt("remove a folder", rmdir(path + "/empty")),
        ]
    }

    /// Ways out that are not files.
    private static func exits(_ path: String) -> [(name: String, reason: Int32)] {
        func attempt(_ name: String, _ result: Int32) -> (String, Int32) { (name, result < 0 ? errno : 0) }
        var child: pid_t = 0
        let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
        defer { free(arguments[0]) }
        let spawned = posix_spawn(&child, "/bin/true", nil, nil, arguments, nil)
        if spawned == 0 { waitpid(child, nil, 0) }
        return [
            attempt("a socket", socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)),
            attempt("a local socket", socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)),
            ("a program", spawned), attempt("a signal", kill(getppid(), 0)), attempt("permissions", chmod(path + "/kept.txt", 0o600)),
            attempt("times", utimes(path + "/kept.txt", nil)),
        ]
    }

    @Test func withoutConfinementAllOfItCanBeDone() {
        let path = folder.path
        let reasons = onThreadOfItsOwn { ConfinementTests.exits(path) + ConfinementTests.changes(path) }
        for (name, reason) in reasons { #expect(reason == 0, "\(name)") }
    }

    @Test func theFilterRefusesChangesAndExits() throws {
        let path = folder.path
        let reasons = onThreadOfItsOwn {
            guard cworker_filter_calls() == 0 else { return [("the filter", errno)] }
            return ConfinementTests.changes(path) + ConfinementTests.exits(path)
        }
        for (name, reason) in reasons { #expect(reason == EACCES, "\(name): \(reason)") }
        #expect(try String(contentsOfFile: path + "/kept.txt", encoding: .utf8) == "kept")
    }

    @Test(.enabled(if: cworker_landlock_version() >= 3, "this kernel has no Landlock"))
    func landlockRefusesChanges() throws {
        let path = folder.path
        let reasons = onThreadOfItsOwn {
            guard cworker_forbid_changes() == 0 else { return [("landlock", errno)] }
            return ConfinementTests.changes(path)
        }
        for (name, reason) in reasons { #expect(reason == EACCES || reason == EXDEV || name == "remove" && reason == ENOENT, "\(name): \(reason)") }
        #expect(try String(contentsOfFile: path + "/kept.txt", encoding: .utf8) == "kept")
        #expect(FileManager.default.fileExists(atPath: path + "/empty/x"))
    }

    @Test func aConfinedThreadStillReads() {
        let path = folder.path
        let text = onThreadOfItsOwn {
            cworker_confine()
            return try? String(contentsOfFile: path + "/kept.txt", encoding: .utf8)
        }
        #expect(text == "kept")
    }

    @Test func everyWorkerIsConfined() throws {
        let extractor = Extractor(executable: Program.path, workers: 1)
        #expect(try extractor.extract(folder.file("kept.txt")).document?.string == "kept")
        let workers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name -> String? in
            // A process that cannot be read has ended.
            guard Int32(name) != nil, let status = try? String(contentsOfFile: "/proc/\(name)/status", encoding: .utf8),
                status.contains("PPid:\t\(getpid())\n"), let words = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8),
                words.contains(ExtractionWorker.argument)
            else { return nil }
            return status
        }
        #expect(!workers.isEmpty)
        for status in workers { #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n")) }
        withExtendedLifetime(extractor) {}
    }
}
