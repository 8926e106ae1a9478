import Glibc

/// The bytes of a file that stood still while it was read.
enum FileBytes {
    enum Outcome {
        case bytes([UInt8])
        case failed(String)
        case tooLong(size: Int)
        /// The file was written to or replaced meanwhile
        case changed
    }

    /// Reads a regular file without following a link at its end or anywhere on the way to it.
    static func read(_ file: CorpusFile, atMost limit: Int) -> Outcome {
        let descriptor = open(file.absolutePath, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return .failed("it is gone; run refresh again")
            case ELOOP: return .failed("it was replaced by a symbolic link, which is not followed")
            default: return .failed("cannot be opened (\(systemReason()))")
            }
        }
        defer { close(descriptor) }
        guard resolves(descriptor, to: file.absolutePath) else {
            return .failed("a folder on its path was replaced by a symbolic link, which is not followed")
        }
        var before = stat()
        guard fstat(descriptor, &before) == 0 else { return .failed("cannot be examined (\(systemReason()))") }
        guard before.st_mode & S_IFMT == S_IFREG else { return .failed("is no longer a regular file") }
        guard before.st_size <= limit else { return .tooLong(size: Int(before.st_size)) }
        guard let bytes = readBytes(descriptor, atMost: limit + 1) else {
            return .failed("cannot be read (\(systemReason()))")
        }
        var after = stat()
        guard fstat(descriptor, &after) == 0, after.st_size == before.st_size, bytes.count == Int(after.st_size),
            after.modifiedNanoseconds == before.modifiedNanoseconds
        else { return .changed }
        return .bytes(bytes)
    }

    /// Whether the open file lies where it was meant to, and not behind a link put in place of a folder.
    private static func resolves(_ descriptor: Int32, to path: String) -> Bool {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = buffer.withUnsafeMutableBytes {
            readlink("/proc/self/fd/\(descriptor)", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        // Without /proc there is nothing to compare with.
        guard count >= 0 else { return true }
        return buffer[..<count].elementsEqual(path.utf8)
    }
}
