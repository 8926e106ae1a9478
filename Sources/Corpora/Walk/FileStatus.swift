import Glibc
import SystemPackage

extension Errno {
    /// The error of the last system call of this thread.
    static var last: Errno { Errno(rawValue: errno) }
}

extension stat {
    /// The time of the last change in nanoseconds since 1970: of the bytes, or of the name, mode or place of the file.
    ///
    /// The time of the bytes alone can be set by anyone: copying, unpacking and renaming put other bytes of the same
    /// length and time at a path.
    var modifiedNanoseconds: Int64 {
        let bytes = Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec)
        return max(bytes, Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec))
    }

    /// The kind of file: one of `S_IFREG`, `S_IFDIR` and the like.
    var kind: mode_t { st_mode & S_IFMT }
}

extension FileDescriptor {
    /// The facts about the open file.
    func status() throws(Errno) -> Glibc.stat {
        var status = Glibc.stat()
        guard fstat(rawValue, &status) == 0 else { throw .last }
        return status
    }

    /// The bytes from the file's current place to its end, up to a limit.
    func bytes(atMost limit: Int) throws(Errno) -> [UInt8] {
        var failure: Errno?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            while filled < limit {
                let count = Glibc.read(rawValue, buffer.baseAddress! + filled, limit - filled)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = .last }
                if count <= 0 { return }
                filled += count
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
