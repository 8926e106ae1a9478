import CSandbox
import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

/// A worker can neither open nor change a file of the user, reach a network or start a process.
///
/// This must hold whatever a hostile file makes the worker do.
@Suite struct ConfinementTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(["kept.txt": "kept", "empty/x": ""]) }

    /// Tries ways to change a file or folder. The reason is 0 when a way worked, or the error number.
    private static func changes(_ path: String) -> [(name: String, reason: Int32)] {
        func attempt(_ name: String, _ result: Int32) -> (String, Int32) {
            let reason = result < 0 ? errno : 0
            if result > 2, name.hasPrefix("open") { close(result) }
            return (name, reason)
        }
        let file = path + "/kept.txt"
        let link = path + "/link"
        return [
            attempt("open to write", open(file, O_WRONLY)), attempt("open to read and write", open(file, O_RDWR)),
            attempt("open anew", open(path + "/new", O_CREAT | O_EXCL | O_WRONLY, 0o600)),
            attempt("make a folder", mkdir(path + "/folder", 0o700)),
            attempt("make a pipe", mkfifo(path + "/pipe", 0o600)), attempt("link", symlink("kept.txt", link)),
            attempt("link hard", Glibc.link(file, path + "/hard")), attempt("cut", truncate(file, 1)),
            attempt("rename", rename(file, path + "/other")),
            attempt("remove", unlink(path + "/other")),
            attempt("open and empty", open(path + "/empty/x", O_RDONLY | O_TRUNC)),
            attempt("remove in a folder", unlink(path + "/empty/x")), attempt("remove a folder", rmdir(path + "/empty")),
        ]
    }

    /// Tries ways out of the sandbox other than files. The reason is 0 when a way worked, or the error number.
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
            ("a program", spawned), attempt("a signal", kill(getppid(), 0)),
            attempt("permissions", chmod(path + "/kept.txt", 0o600)),
            attempt("times", utimes(path + "/kept.txt", nil)),
        ]
    }

    @Test func withoutConfinementAllOfItCanBeDone() {
        let path = folder.path
        let reasons = onThreadOfItsOwn {
            ConfinementTests.exits(path) + ConfinementTests.readings(path) + ConfinementTests.changes(path)
        }
        for (name, reason) in reasons { #expect(reason == 0, "\(name)") }
    }

    /// Tries ways to read files and folders of the user. The reason is 0 when a way worked, or the error number.
    private static func readings(_ path: String) -> [(name: String, reason: Int32)] {
        func attempt(_ name: String, _ result: Int32) -> (String, Int32) {
            let reason = result < 0 ? errno : 0
            if result >= 0 { close(result) }
            return (name, reason)
        }
        let folder = opendir(path)
        let listed = ("list a folder", folder == nil ? errno : 0)
        if let folder { closedir(folder) }
        return [
            attempt("open a file", open(path + "/kept.txt", O_RDONLY)),
            attempt("open a folder", open(path, O_RDONLY | O_DIRECTORY)),
            attempt("open the list of users", open("/etc/passwd", O_RDONLY)),
            attempt("open a process", open("/proc/self/environ", O_RDONLY)), listed,
        ]
    }

    @Test(arguments: [false, true])
    func theFilterRefusesChangesAndExits(mayRead: Bool) throws {
        let path = folder.path
        let reasons = onThreadOfItsOwn {
            guard csandbox_filter_calls(mayRead) == 0 else { return [("the filter", errno)] }
            return ConfinementTests.changes(path) + ConfinementTests.exits(path)
        }
        for (name, reason) in reasons { #expect(reason == EACCES, "\(name): \(reason)") }
        #expect(try String(contentsOfFile: path + "/kept.txt", encoding: .utf8) == "kept")
    }

    /// On a kernel without Landlock, a worker has only the filter.
    @Test func theFilterAloneCanRefuseEveryFile() {
        let path = folder.path
        let (open, shut) = (readings(path, mayRead: true), readings(path, mayRead: false))
        for (name, reason) in open { #expect(reason == 0, "\(name): \(reason)") }
        for (name, reason) in shut { #expect(reason == EACCES, "\(name): \(reason)") }
    }

    private func readings(_ path: String, mayRead: Bool) -> [(name: String, reason: Int32)] {
        onThreadOfItsOwn {
            guard csandbox_filter_calls(mayRead) == 0 else { return [("the filter", errno)] }
            return ConfinementTests.readings(path)
        }
    }

    @Test(.enabled(if: csandbox_landlock_version() >= 3, "this kernel has no Landlock"))
    func landlockRefusesChanges() throws {
        let path = folder.path
        let reasons = onThreadOfItsOwn {
            guard csandbox_restrict_files() == 0 else { return [("landlock", errno)] }
            return ConfinementTests.changes(path)
        }
        for (name, reason) in reasons {
            #expect(reason == EACCES || reason == EXDEV || name == "remove" && reason == ENOENT, "\(name): \(reason)")
        }
        #expect(try String(contentsOfFile: path + "/kept.txt", encoding: .utf8) == "kept")
        #expect(FileManager.default.fileExists(atPath: path + "/empty/x"))
    }

    /// A library can read its tables below /usr. The files of the user cannot be opened.
    @Test func aConfinedThreadReadsLibrariesAndNothingElse() {
        let path = folder.path
        let isRestricted = csandbox_landlock_version() > 0
        let (reasons, library, table) = onThreadOfItsOwn { () -> ([(name: String, reason: Int32)], Int32, Bool) in
            guard csandbox_confine() == 0 else { return ([("the sandbox", errno)], -1, false) }
            let table = iconv_open("UTF-8", "BIG5-HKSCS")
            let isTable = table.map { Int(bitPattern: $0) != -1 } ?? false
            return (ConfinementTests.readings(path), open("/usr/bin/env", O_RDONLY), isTable)
        }
        for (name, reason) in reasons { #expect(reason == EACCES, "\(name): \(reason)") }
        #expect((library >= 0) == isRestricted && table == isRestricted)
        if library >= 0 { close(library) }
    }

    /// The worker gets a descriptor of the bytes. It has no file of the user open.
    @Test func aWorkerHasNoFileOfTheUserOpen() throws {
        try folder.write("kept.txt", String(repeating: "kept ", count: 40_000))
        let extractor = Extractor(.underTest, workers: 1)
        #expect(try extractor.extract(folder.file("kept.txt")).document?.text.count == 200_000)
        for worker in try Self.workers() {
            let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker.id)/fd").compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(worker.id)/fd/\($0)")
            }
            #expect(open.allSatisfy { $0.hasPrefix("socket:") || $0 == "/dev/null" }, "\(open)")
            #expect(!open.isEmpty)
        }
        withExtendedLifetime(extractor) {}
    }

    /// The workers of this process, with their status in /proc.
    private static func workers() throws -> [(id: Int32, status: String)] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
            // A process that cannot be read has ended.
            guard let id = Int32(name), let status = try? String(contentsOfFile: "/proc/\(name)/status", encoding: .utf8),
                status.contains("PPid:\t\(getpid())\n"),
                let words = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8),
                words.contains(Worker.argument)
            else { return nil }
            return (id, status)
        }
    }

    private static func unconfined() throws -> Set<Int32> {
        Set(
            try workers().filter { !($0.status.contains("Seccomp:\t2\n") && $0.status.contains("NoNewPrivs:\t1\n")) }
                .map(\.id))
    }

    @Test func everyWorkerIsConfined() throws {
        let extractor = Extractor(.underTest, workers: 1)
        #expect(try extractor.extract(folder.file("kept.txt")).document?.string == "kept")
        #expect(try !Self.workers().isEmpty)
        // Workers of other tests that run now confine themselves a moment after they start.
        let end = Date(timeIntervalSinceNow: 20)
        var open = try Self.unconfined()
        while !open.isEmpty, Date() < end {
            Thread.sleep(forTimeInterval: 0.05)
            open = try Self.unconfined().intersection(open)
        }
        #expect(open.isEmpty)
        withExtendedLifetime(extractor) {}
    }
}
