import Glibc

/// What the system calls an error number, in lower case.
package func systemReason(_ code: Int32 = errno) -> String {
    // Safe between threads since glibc 2.32
    String(cString: strerror(code)).lowercased()
}

/// Calls `body` with a path of bytes that need not be UTF-8.
func withCPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (path + [0]).withUnsafeBytes { body($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
}

/// A path for people: bytes that are not UTF-8 become `\xNN`.
func printable(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    var text = ""
    for byte in path {
        if byte >= 0x20, byte < 0x7F {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
    return text
}

/// The bytes from an open descriptor, up to a limit; nil after a read error.
func readBytes(_ descriptor: Int32, atMost limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    var failed = false
    // One byte more than the file had: a file that grew is seen to have done so.
    let capacity = min(limit, Int(status.st_size) + 1)
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        while count < capacity {
            let n = read(descriptor, buffer.baseAddress! + count, capacity - count)
            if n < 0 {
                if errno == EINTR { continue }
                failed = true
                return
            }
            if n == 0 { return }
            count += n
        }
    }
    return failed ? nil : bytes
}

extension stat {
    /// Time of the last change in nanoseconds since 1970: of the bytes, or of the name, mode or place of the file.
    ///
    /// The time of the bytes alone can be set by anyone: copying, unpacking and renaming put other bytes of the same
    /// length and time at a path.
    var modifiedNanoseconds: Int64 {
        let bytes = Int64(st_mtim.tv_sec) * 1_000_000_000 + Int64(st_mtim.tv_nsec)
        return max(bytes, Int64(st_ctim.tv_sec) * 1_000_000_000 + Int64(st_ctim.tv_nsec))
    }
}
