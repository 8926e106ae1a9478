import Foundation

/// A file that is mapped into memory, and that stays open: its hash is that of the file that was mapped, whatever takes its
/// place.
package final class MappedFile: Sendable {
    /// The whole file. Pages that nobody reads take no memory.
    package let contents: Data
    private let descriptor: Int32

    /// Maps a file.
    package init(path: String) throws(MemoryError) {
        func failure() -> MemoryError { MemoryError(.unreadable(String(cString: strerror(errno))), subject: path) }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw MappedFile.closing(descriptor, failure()) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MappedFile.closing(descriptor, MemoryError(.unreadable("not a regular file"), subject: path))
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            contents = Data()
            return
        }
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw MappedFile.closing(descriptor, failure())
        }
        contents = Data(bytesNoCopy: start, count: size, deallocator: .unmap)
    }

    deinit { close(descriptor) }

    private static func closing(_ descriptor: Int32, _ error: MemoryError) -> MemoryError {
        close(descriptor)
        return error
    }

    /// SHA-256 of the file. The file is read, not looked at where it is mapped, so that its pages need not stay in memory.
    package func hash() -> [UInt8] {
        var hasher = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var offset = 0
        while offset < contents.count {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return SHA256.hash(contents)
            }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
        return hasher.finalize()
    }
}
