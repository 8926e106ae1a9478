import Corpora
import Foundation
import Glibc
import TestSupport
import Testing

/// For each limit of a worker, a file that would exceed the limit. The next worker must read the next file.
@Suite struct HostileFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder(["plain.txt": "text"]) }

    /// Extracts a file, and checks that the next file is read.
    private func extract(_ name: String, _ limits: ExtractionLimits = ExtractionLimits()) throws -> Extraction {
        let extractor = Extractor(.underTest, limits: limits, workers: 1)
        let extraction = try extractor.extract(folder.file(name))
        #expect(try extractor.extract(folder.file("plain.txt")).document?.string == "text")
        return extraction
    }

    /// Writes a page of 40 kB that decodes to 64³ times as many bytes.
    private func writeBomb() throws {
        let filters = "/Filter [/ASCIIHexDecode /RunLengthDecode /RunLengthDecode /RunLengthDecode]"
        let data = String(repeating: "81", count: 20_000) + ">"
        try folder.write(PDFSample.make([[]], stream: (filters, data)), to: "bomb.pdf")
    }

    /// The limit holds even when the thread that starts the worker blocks all signals, as a thread of a pool does.
    @Test func processorTimeIsLimited() throws {
        try writeBomb()
        var limits = ExtractionLimits()
        limits.cpuSeconds = 1
        limits.wallSeconds = 60
        let file = try folder.file("bomb.pdf")
        let plain = try folder.file("plain.txt")
        let extractor = Extractor(.underTest, limits: limits, workers: 1)
        let (bomb, next) = onThreadOfItsOwn {
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_SETMASK, &all, nil)
            return (try? extractor.extract(file), try? extractor.extract(plain))
        }
        #expect(bomb?.refusal == .processorTime(seconds: 1))
        #expect(next?.document?.string == "text")
    }

    @Test func wallTimeIsLimited() throws {
        try writeBomb()
        var limits = ExtractionLimits()
        limits.wallSeconds = 1
        #expect(try extract("bomb.pdf", limits).refusal == .wallTime(seconds: 1))
    }

    @Test func theTextOfPagesIsLimited() throws {
        let page = (0..<40).map {
            (x: 72, y: 740 - 16 * $0, size: 12, text: "A line about the garden, number \($0), and its wall.")
        }
        try folder.write(PDFSample.make(Array(repeating: page, count: 30)), to: "long.pdf")
        var limits = ExtractionLimits()
        limits.textBytes = 30_000
        #expect(try extract("long.pdf", limits).refusal == .textTooLong(limit: 30_000))
        #expect(try #require(extract("long.pdf").document).text.count > 30_000)
    }

    @Test func aPageTreeThatHoldsItselfEnds() throws {
        let kids = String(repeating: "2 0 R ", count: 1000)
        try folder.write(PDFSample.make([[(72, 700, 12, "x")]], kids: kids), to: "loop.pdf")
        #expect(try extract("loop.pdf").document == nil)
    }

    @Test func aLockedFileNeedsItsPassword() throws {
        let locked =
            "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <\(String(repeating: "41", count: 32))> "
            + "/U <\(String(repeating: "42", count: 32))> >>"
        try folder.write(PDFSample.make([[(72, 700, 12, "Secret.")]], trailer: locked), to: "locked.pdf")
        #expect(try extract("locked.pdf").refusal == .needsPassword)
    }

    /// The pages hold entities that expand to 10⁹ letters, a million open tags, and a million attributes.
    @Test func markupThatUnfoldsStaysSmall() throws {
        var page = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a0 'ha'>"
        for i in 1...9 { page += "<!ENTITY a\(i) '\(String(repeating: "&a\(i - 1);", count: 10))'>" }
        page += "<!ENTITY file SYSTEM 'file:///etc/passwd'>]><html><body><p>Before. &a9; &file; After.</p></body></html>"
        try folder.write(Array(page.utf8), to: "entities.html")
        try folder.write(Array(page.utf8), to: "entities.xhtml")
        try folder.write(Array((String(repeating: "<div>", count: 1_000_000) + "deep").utf8), to: "deep.html")
        try folder.write(Array(("<p " + String(repeating: "a=b ", count: 1_000_000) + ">wide").utf8), to: "wide.html")
        for name in ["entities.html", "entities.xhtml"] {
            let text = try #require(extract(name).document).string
            #expect(text.contains("Before.") && text.utf8.count < 10_000 && !text.contains("root:"), "\(name)")
        }
        for name in ["deep.html", "wide.html"] {
            switch try extract(name) {
            case .document(let document): #expect(document.text.count < 1000, "\(name)")
            case .refused(let refusal): #expect(refusal.kind == .failed, "\(name)")
            }
        }
    }

    /// The files are two gigabytes long and take no space on the disk.
    @Test(arguments: ["sparse.txt", "sparse.pdf", "sparse.html"])
    func aSparseFileIsNotRead(name: String) throws {
        try folder.write([], to: name)
        #expect(truncate(folder.path + "/" + name, 2 << 30) == 0)
        let started = Date()
        guard case .tooLarge(2_147_483_648, _) = try extract(name).refusal else {
            Issue.record("\(name) was read")
            return
        }
        #expect(Date().timeIntervalSince(started) < 5)
    }

    @Test func whatTookTheFilesPlaceIsNotRead() throws {
        try folder.write(Array("text".utf8), to: "was.txt")
        let file = try folder.file("was.txt")
        let replacements: [(String) -> Int32] = [
            { mkfifo($0, 0o600) }, { mknod($0, S_IFSOCK | 0o600, 0) }, { mkdir($0, 0o700) },
        ]
        for replace in replacements {
            unlink(file.absolutePath)
            rmdir(file.absolutePath)
            #expect(replace(file.absolutePath) == 0)
            let extractor = Extractor(.underTest, workers: 1)
            #expect(try extractor.extract(file).refusal?.kind == .unread)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root makes devices"))
    func aDeviceIsReported() throws {
        #expect(mknod(folder.path + "/zero", S_IFCHR | 0o600, dev_t(1 << 8 | 5)) == 0)
        let listing = try CorpusWalk(root: folder.path).listing()
        #expect(listing.files.map(\.path) == ["plain.txt"])
        #expect(listing.skipped.map(\.refusal) == [.device])
        let file = CorpusFile(path: "zero", absolutePath: folder.path + "/zero", size: 1, modified: 0)
        #expect(readHere(file).refusal == .notRegular)
    }

    /// Root can read everything, so one thread becomes another user. The other threads stay root.
    @Test(.enabled(if: geteuid() == 0, "only root can be another user"))
    func whatTheUserMayNotReadIsReported() throws {
        try folder.write(Array("secret".utf8), to: "closed/secret.txt")
        try folder.write(Array("secret".utf8), to: "secret.txt")
        chmod(folder.path + "/closed", 0)
        chmod(folder.path + "/secret.txt", 0)
        typealias SetUser = @convention(c) (uid_t) -> Int32
        let setUser = unsafeBitCast(try #require(dlsym(nil, "setfsuid")), to: SetUser.self)
        let path = folder.path
        let file = try folder.file("secret.txt")
        let (listing, extraction) = onThreadOfItsOwn {
            _ = setUser(65534)
            return (try? CorpusWalk(root: path).listing(), readHere(file))
        }
        #expect(listing?.files.map(\.path) == ["plain.txt", "secret.txt"])
        #expect(listing?.skipped.map(\.refusal) == [.folderUnreadable(.permissionDenied)])
        #expect(extraction.refusal == .unopenable(.permissionDenied))
    }
}

/// Runs `body` on a thread of its own. The thread ends with `body`, and so does the confinement of the thread.
func onThreadOfItsOwn<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let box = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        box.value = body()
        done.signal()
    }
    thread.start()
    done.wait()
    return box.value!
}

/// A value that one thread writes before it signals, and another thread reads after the signal.
private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}
