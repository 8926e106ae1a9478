import Foundation
import Indexes
import TestSupport
import Testing

/// The log beside an index: what a crash leaves of it is no damage, and damage is told before SQLite drops it.
@Suite struct LogTests {
    private let folder: TemporaryFolder
    private let lexicon = Fixture.lexicon(count: 50)
    private let path: String
    private static let headerSize = 32
    private static let frameSize = 24 + Fixture.pageSize

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("a.r3")
    }

    /// What a writer leaves that is killed after some commits.
    private func killed(after commits: Int, large: Bool = false) throws -> (file: [UInt8], log: [UInt8]) {
        let live = folder.path("live-\(commits).r3")
        let writer = try IndexFile.create(at: live, model: Fixture.model, lexicon: lexicon, options: Fixture.options)
        if large {
            // So long a log is copied into the file, and the next commit begins it anew.
            var document = Fixture.document(seed: 99, passages: 2)
            document.passages[0].residual = [UInt8](repeating: 7, count: 1_500_000)
            try writer.write(Fixture.batch([document], prefix: "large"))
        }
        for commit in 0..<commits {
            let seeds = UInt64(10 * commit)..<UInt64(10 * commit + 8)
            try writer.write(Fixture.batch(Fixture.documents(seeds), prefix: "c\(commit)"))
        }
        defer { withExtendedLifetime(writer) {} }
        return (try bytes(live), try bytes(live + "-wal"))
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    private func put(_ file: [UInt8], _ log: some Sequence<UInt8>) throws {
        for path in IndexFile.paths(of: path) { try? FileManager.default.removeItem(atPath: path) }
        try Data(file).write(to: URL(fileURLWithPath: path))
        try Data(log).write(to: URL(fileURLWithPath: path + "-wal"))
    }

    /// The code of the error that checking the log throws, and of the one that opening throws.
    private func codes() -> (log: IndexError.Code?, opening: IndexError.Code?) {
        let log = Fixture.code { try IndexFile.checkLog(path) }
        return (log, Fixture.code { _ = try IndexFile.open(at: path, model: nil, lexicon: lexicon) })
    }

    /// The numbers of the frames that end a commit.
    private func commits(_ log: [UInt8]) -> [Int] {
        let frames = (log.count - Self.headerSize) / Self.frameSize
        return (0..<frames).filter { frame in
            let at = Self.headerSize + frame * Self.frameSize
            return log[at + 4..<at + 8].contains { $0 != 0 }
        }
    }

    @Test func whatAKilledWriterLeavesIsWholeWhereverItIsCut() throws {
        let (file, log) = try killed(after: 4)
        #expect(commits(log).count == 4)
        let ends = commits(log).map { Self.headerSize + ($0 + 1) * Self.frameSize }
        let cuts = Array(stride(from: 0, through: log.count, by: 509)) + [10, 31, 32, 33] + ends + ends.map { $0 - 1 }
        for cut in cuts {
            try put(file, log[..<cut])
            let codes = codes()
            #expect(codes.log == nil && codes.opening == nil, "cut at \(cut)")
        }
    }

    /// A writer that begins the log anew leaves frames of the earlier one behind its own.
    @Test func framesOfAnEarlierLogAreNoDamage() throws {
        let (file, log) = try killed(after: 2, large: true)
        let salts = log[16..<24], last = log.count - Self.frameSize
        try #require(log.count > 1_000_000 && !log[last + 8..<last + 16].elementsEqual(salts), "the log was not begun anew")
        try put(file, log)
        #expect(codes().log == nil && codes().opening == nil)
        // The page of the frame after the last commit was not written before the kill, its header was.
        var begun = log
        let places = stride(from: Self.headerSize, to: log.count, by: Self.frameSize)
        let end = try #require(places.first { !log[$0 + 8..<$0 + 16].elementsEqual(salts) })
        begun.replaceSubrange(end + 4..<end + 8, with: [0, 0, 0, 9])
        begun.replaceSubrange(end + 8..<end + 16, with: salts)
        try put(file, begun)
        #expect(codes().log == nil && codes().opening == nil)
    }

    @Test func aFlippedBitIsTold() throws {
        let (file, log) = try killed(after: 3)
        let ends = commits(log), last = try #require(ends.last), before = ends[1]
        for frame in 0...last {
            // In turn the number of the page, the salts, the checksum and the page.
            let place = [0, 9, 17, 24, Self.frameSize - 1][frame % 5], isEnd = place == 9 && ends.contains(frame)
            // With other salts the end of the last commit is none of this log, as where a power cut took it.
            if isEnd, frame == last { continue }
            var damaged = log
            damaged[Self.headerSize + frame * Self.frameSize + place] ^= 1
            try put(file, damaged)
            let code = Fixture.code { try IndexFile.checkLog(path) }
            #expect(code == .damaged(part: "log"), "frame \(frame), byte \(place)")
            guard frame < before || frame == before && !isEnd else { continue }
            // Nothing that opens the index drops what was committed.
            let writing = Fixture.code { _ = try IndexFile.openForWriting(at: path, model: nil, lexicon: lexicon) }
            #expect(codes().opening == .damaged(part: "log"), "frame \(frame), byte \(place)")
            #expect(writing == .damaged(part: "log"), "frame \(frame), byte \(place)")
            #expect(try bytes(path + "-wal") == damaged)
        }
        for place in stride(from: 0, to: Self.headerSize, by: 3) {
            var damaged = log
            damaged[place] ^= 1
            try put(file, damaged)
            #expect(codes().log == .damaged(part: "log") && codes().opening == .damaged(part: "log"), "byte \(place)")
        }
    }

    /// The checksum is right, but no database has such pages.
    @Test func pagesOfAnImpossibleSizeAreDamage() throws {
        let (file, log) = try killed(after: 1)
        for size in [513, 768, 256, 0] {
            var forged = Array(log[..<Self.headerSize])
            forged.replaceSubrange(8..<12, with: [0, 0, UInt8(size >> 8), UInt8(size & 255)])
            var sums: (UInt32, UInt32) = (0, 0)
            let isBigEndian = forged[3] & 1 == 1
            func word(_ at: Int) -> UInt32 {
                let bytes = forged[at..<at + 4].map(UInt32.init)
                return (isBigEndian ? bytes : bytes.reversed()).reduce(0) { $0 << 8 | $1 }
            }
            for at in stride(from: 0, to: 24, by: 8) {
                sums.0 &+= word(at) &+ sums.1
                sums.1 &+= word(at + 4) &+ sums.0
            }
            for (place, sum) in [(24, sums.0), (28, sums.1)] {
                let bytes = (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * $0)) }
                forged.replaceSubrange(place..<place + 4, with: bytes)
            }
            try put(file, forged + Array(repeating: 7, count: 24 + 513))
            #expect(codes().log == .damaged(part: "log"), "\(size)")
        }
    }

    @Test func whatIsNoLogIsInTheWay() throws {
        let (file, _) = try killed(after: 1)
        try put(file, [])
        try FileManager.default.removeItem(atPath: path + "-wal")
        #expect(mkfifo(path + "-wal", 0o600) == 0)
        #expect(codes().log == .inTheWay && codes().opening == .inTheWay)
        try FileManager.default.removeItem(atPath: path)
        #expect(codes().log == .missing)
    }

    @Test func aRepairKeepsWhatCanBeReadOfALogAndTellsTheRest() throws {
        let (file, log) = try killed(after: 4)
        let commits = commits(log)
        var damaged = log
        damaged[Self.headerSize + (commits[1] + 1) * Self.frameSize + 100] ^= 1
        try put(file, damaged)
        let report = try IndexFile.repair(at: path, model: Fixture.model, lexicon: lexicon) { _ in [] }
        #expect(report.isLogLost && report.lost.isEmpty && !report.isHeaderLost && report.unprovenPaths == 0)
        let snapshot = try IndexFile.open(at: path, model: nil, lexicon: lexicon)
        #expect(Set(snapshot.sources.map { $0.path.prefix(2) }) == ["c0", "c1"])
    }
}
