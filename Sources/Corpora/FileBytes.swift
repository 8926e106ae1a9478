import CSandbox
import Glibc
import SystemPackage

/// The bytes of one file, read once, or of its text.
///
/// The hash of a file and its document come from the same bytes, whatever happens to the file meanwhile.
package struct FileBytes: Sendable, Equatable {
    /// The longest file that is sent to a worker inside the message.
    ///
    /// A message of this length fits the buffer of a socket, so sending it never waits for the worker. A longer file is sent
    /// as a descriptor.
    static let longestInline = 64 << 10

    enum Storage: Sendable {
        /// The bytes of a short file.
        case array([UInt8])
        /// The bytes of a long file.
        case memory(MemoryFile)
    }

    let storage: Storage

    /// Wraps bytes that are in memory already.
    package init(_ bytes: [UInt8]) { storage = .array(bytes) }

    init(_ memory: MemoryFile) { storage = .memory(memory) }

    /// The number of bytes.
    package var count: Int {
        switch storage {
        case .array(let bytes): bytes.count
        case .memory(let file): file.count
        }
    }

    /// The bytes as an array: a copy of those of a long file.
    package var array: [UInt8] {
        switch storage {
        case .array(let bytes): bytes
        case .memory(let file): Array(file.bytes)
        }
    }

    /// At most `count` bytes from the start.
    package func head(_ count: Int) -> [UInt8] { withUnsafeBytes { Array($0.prefix(count)) } }

    package static func == (a: FileBytes, b: FileBytes) -> Bool {
        a.withUnsafeBytes { a in b.withUnsafeBytes { b in a.elementsEqual(b) } }
    }

    /// Calls `body` with the bytes.
    package func withSpan<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try withUnsafeBytes { bytes in try body(bytes.assumingMemoryBound(to: UInt8.self).span) }
    }

    /// Calls `body` with the bytes.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        switch storage {
        case .array(let bytes): try bytes.withUnsafeBytes(body)
        case .memory(let file): try body(file.bytes)
        }
    }
}

extension FileBytes {
    /// Reads a regular file. Neither the file nor a folder above it may be a symbolic link.
    ///
    /// Throws when the file is longer than `limit`, and when it is written to or replaced while it is read.
    package static func read(_ file: CorpusFile, atMost limit: Int) throws(Refusal) -> FileBytes {
        let opened = open(file.absolutePath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else {
            switch Errno.last {
            case .noSuchFileOrDirectory, .notDirectory: throw .gone
            case .tooManySymbolicLinkLevels: throw .becameLink
            case .noSuchAddressOrDevice: throw .notRegular
            case let error: throw .unopenable(error)
            }
        }
        let descriptor = FileDescriptor(rawValue: opened)
        defer { close(opened) }
        guard resolves(descriptor, to: file.absolutePath) else { throw .folderBecameLink }
        let before = try status(descriptor)
        let size = Int(before.st_size)
        guard before.kind == S_IFREG else { throw .notRegular }
        guard size <= limit else { throw .tooLarge(size: size, limit: limit) }
        let bytes =
            size > longestInline
            ? FileBytes(try MemoryFile(copying: descriptor, count: size)) : try inline(descriptor, size)
        let after = try status(descriptor)
        guard after.st_size == before.st_size, after.modifiedNanoseconds == before.modifiedNanoseconds, bytes.count == size
        else {
            throw .changedWhileRead
        }
        return bytes
    }

    private static func status(_ descriptor: FileDescriptor) throws(Refusal) -> stat {
        do { return try descriptor.status() } catch { throw .unreadable(error) }
    }

    /// The bytes of a short file. One byte more than `size` shows that the file has grown.
    private static func inline(_ descriptor: FileDescriptor, _ size: Int) throws(Refusal) -> FileBytes {
        do { return FileBytes(try descriptor.bytes(atMost: size + 1)) } catch { throw .unreadable(error) }
    }

    /// Whether the open file is at `path`. It is not when a folder of the path was replaced by a symbolic link.
    private static func resolves(_ descriptor: FileDescriptor, to path: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/fd/\(descriptor.rawValue)", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        // Without /proc the path of the open file is not known.
        guard count >= 0 else { return true }
        return buffer[..<count].elementsEqual(path.utf8)
    }
}

/// A copy of a file in memory that nobody can change. Another process can read it through its descriptor.
final class MemoryFile: Sendable {
    let descriptor: Int32
    let count: Int
    /// The address of the mapped bytes. They are read-only, and mapped for the life of the object.
    private let start: UInt

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: count) }

    /// The file that another process has filled and sealed, of `count` bytes. It takes the descriptor over.
    init(sealed descriptor: Int32, count: Int) throws(Errno) {
        // A file that is shorter than it is said to be would end the process at the first byte beyond it.
        guard try FileDescriptor(rawValue: descriptor).status().st_size >= count else { throw .invalidArgument }
        guard let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED else {
            throw .last
        }
        start = UInt(bitPattern: mapped)
        self.descriptor = descriptor
        self.count = count
    }

    /// Copies the first `count` bytes of a file, at least one. Throws when the file has fewer bytes.
    init(copying file: FileDescriptor, count: Int) throws(Refusal) {
        let memory = csandbox_memory_file()
        guard memory >= 0 else { throw .unreadable(.last) }
        do throws(Refusal) {
            var copied = 0
            while copied < count {
                let n = sendfile(memory, file.rawValue, nil, count - copied)
                if n < 0, errno == EINTR { continue }
                guard n >= 0 else { throw .unreadable(.last) }
                guard n > 0 else { throw .changedWhileRead }
                copied += n
            }
            guard csandbox_seal(memory) == 0, let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, memory, 0),
                mapped != MAP_FAILED
            else {
                throw .unreadable(.last)
            }
            start = UInt(bitPattern: mapped)
        } catch {
            close(memory)
            throw error
        }
        descriptor = memory
        self.count = count
    }

    deinit {
        munmap(UnsafeMutableRawPointer(bitPattern: start), count)
        close(descriptor)
    }
}
