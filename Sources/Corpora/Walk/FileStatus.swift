import Glibc
import SystemPackage

extension Errno {
    /// The error of the last system call of this thread.
    static var last: Errno { Errno(rawValue: errno) }
}

extension stat {
    /// The time of the last change in nanoseconds since 1970. A change of the name, mode or place of the file counts too.
    ///
    /// The modification time alone proves nothing, because any program can set it. Copying, unpacking and renaming can put
    /// other bytes of the same length and time at a path.
    var modifiedNanoseconds: Int64 {
        let bytes = Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec)
        return max(bytes, Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec))
    }

    /// The type of the file, such as `S_IFREG` or `S_IFDIR`.
    var kind: mode_t { st_mode & S_IFMT }
}

extension FileDescriptor {
    /// The `stat` of the open file.
    func status() throws(Errno) -> Glibc.stat {
        var status = Glibc.stat()
        guard fstat(rawValue, &status) == 0 else { throw .last }
        return status
    }

    /// The bytes from the current position to the end of the file, at most `limit` of them.
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
