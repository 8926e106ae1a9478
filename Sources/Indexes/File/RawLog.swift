import Foundation

/// The log beside a database (`-wal`), read without SQLite: SQLite drops in silence what it cannot read of a log.
///
/// <https://www.sqlite.org/fileformat2.html#the_write_ahead_log> describes the bytes: a header, then frames of a page each.
/// Checksums run on from frame to frame, and the last frame of a commit says so. The salts of the header tell the frames of
/// this log from those that an earlier log left behind them.
struct RawLog {
    /// What became of the commits of a log.
    enum Finding: Sendable, Equatable {
        /// All can be read. What follows them was never committed.
        case whole
        /// The last one cannot be read. A power cut while it was written leaves that too; then nobody was told that it was
        /// complete.
        case lastUnreadable
        /// Some that were complete cannot be read.
        case damaged
    }

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    let finding: Finding

    /// Reads the bytes of a log. A log without a frame has no commit to lose.
    init(_ bytes: some ContiguousBytes) {
        finding = bytes.withUnsafeBytes { $0.count <= RawLog.headerSize ? .whole : RawLog.finding($0) }
    }

    /// Reads the log at a path. A log that another process writes meanwhile is read again until it stands still.
    /// - Returns: nil where there is none, where it cannot be read, or where it does not stand still.
    init?(at path: String) {
        var last: [Int]?
        for _ in 0..<16 {
            guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
            self.init(bytes)
            let state = RawLog.state(of: path)
            if finding == .whole || state == last { return }
            last = state
            usleep(20_000)  // longer than the grain of the times of files
        }
        return nil
    }

    /// What any write to a file changes.
    private static func state(of path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }

    /// SQLite's pages: powers of two, so that frames are runs of eight bytes.
    private static func isPageSize(_ size: Int) -> Bool { (512...65536).contains(size) && size & (size - 1) == 0 }

    private static func finding(_ log: UnsafeRawBufferPointer) -> Finding {
        func word(_ at: Int) -> UInt32 { UInt32(bigEndian: log.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }
        let pageSize = Int(word(8))
        let isBigEndian = word(0) & 1 == 1
        var sum = Sum(isBigEndian: isBigEndian)
        sum.add(log[..<24])
        let isHeader = word(0) & ~1 == 0x377f_0682 && sum.equals(word(24), word(28)) && isPageSize(pageSize)
        guard isHeader else { return .damaged }
        let size = frameHeaderSize + pageSize
        let frames = stride(from: headerSize, through: log.count - size, by: size)
        func isOfThisLog(_ at: Int) -> Bool { word(at + 8) == word(16) && word(at + 12) == word(20) }
        let unreadable = frames.first { at in
            sum.add(log[at..<at + 8])
            sum.add(log[at + frameHeaderSize..<at + size])
            return !isOfThisLog(at) || !sum.equals(word(at + 16), word(at + 20))
        }
        guard let unreadable else { return .whole }
        let commits = frames.filter { $0 >= unreadable && isOfThisLog($0) && word($0 + 4) != 0 }
        // A process that is killed between the header of a frame and its page leaves them over the frame of an earlier log.
        let isBegun = commits == [unreadable] && unreadable + 2 * size <= log.count
        if commits.isEmpty || isBegun { return .whole }
        return commits.count > 1 ? .damaged : .lastUnreadable
    }

    /// The checksum of a log: two sums over words of four bytes.
    private struct Sum {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        func equals(_ first: UInt32, _ second: UInt32) -> Bool { self.first == first && self.second == second }

        /// Adds bytes, eight at a time.
        mutating func add(_ bytes: Slice<UnsafeRawBufferPointer>) {
            let bytes = UnsafeRawBufferPointer(rebasing: bytes)
            for at in stride(from: 0, to: bytes.count, by: 8) {
                let (a, b) = bytes.loadUnaligned(fromByteOffset: at, as: (UInt32, UInt32).self)
                first &+= (isBigEndian ? UInt32(bigEndian: a) : UInt32(littleEndian: a)) &+ second
                second &+= (isBigEndian ? UInt32(bigEndian: b) : UInt32(littleEndian: b)) &+ first
            }
        }
    }
}

extension IndexFile {
    /// Throws where a commit in the log beside an index cannot be read. The log stays as it is: SQLite does not see it.
    package static func checkLog(_ path: String) throws {
        try Connection.checkKind(path)
        try Obstacle.check(beside: resolved(path))
        switch RawLog(at: resolved(path) + Companion.log)?.finding {
        case nil, .whole: break
        case .lastUnreadable: throw IndexError.logDamaged(path, lost: "the last commit")
        case .damaged: throw IndexError.logDamaged(path)
        }
    }
}
