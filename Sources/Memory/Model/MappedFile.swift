import Foundation

/// A file that is mapped into memory, and that stays open: its hash is that of the file that was mapped, whatever takes its
/// place.
package final class MappedFile: Sendable {
    /// The whole file, for as long as this object lives. Pages that nobody reads take no memory. Nobody writes through the
    /// pointer, so threads may share it.
    package nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
    /// −1 for bytes from elsewhere.
    private let descriptor: Int32
    private let state: State

    /// What tells a file from what it was.
    private struct State: Equatable {
        var size = 0
        var seconds = 0
        var nanoseconds = 0

        init() {}

        init(_ status: stat) {
            size = Int(status.st_size)
            seconds = status.st_mtim.tv_sec
            nanoseconds = status.st_mtim.tv_nsec
        }
    }

    /// Maps a file.
    package init(path: String) throws(MemoryError) {
        func failure() -> MemoryError { MemoryError(.unreadable(String(cString: strerror(errno))), subject: path) }
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)  // a pipe is refused, not waited at
        guard descriptor >= 0 else { throw failure() }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw MappedFile.closing(descriptor, failure()) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MappedFile.closing(descriptor, MemoryError(.unreadable("not a regular file"), subject: path))
        }
        state = State(status)
        guard state.size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, state.size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw MappedFile.closing(descriptor, failure())
        }
        bytes = UnsafeRawBufferPointer(start: start, count: state.size)
    }

    /// Holds a copy of bytes that come from elsewhere.
    init(copying contents: Data) {
        descriptor = -1
        state = State()
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 64)
        contents.copyBytes(to: copy)
        bytes = UnsafeRawBufferPointer(copy)
    }

    deinit {
        if descriptor < 0 {
            bytes.deallocate()
        } else {
            if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
            close(descriptor)
        }
    }

    private static func closing(_ descriptor: Int32, _ error: MemoryError) -> MemoryError {
        close(descriptor)
        return error
    }

    /// Whether nobody has written to the file since it was mapped. What is written to a file changes what is mapped.
    package var isUnchanged: Bool {
        var status = stat()
        return descriptor < 0 || fstat(descriptor, &status) == 0 && State(status) == state
    }

    /// SHA-256 of the file. The file is read, not looked at where it is mapped, so that its pages need not stay in memory.
    package func hash() -> [UInt8] {
        var hasher = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var offset = 0
        while offset < bytes.count {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                return SHA256.hash(bytes)
            }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            offset += count
        }
        return hasher.finalize()
    }
}
