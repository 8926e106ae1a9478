import Glibc

/// A conversion between two encodings, from the C library.
struct Iconv: ~Copyable {
    private let handle: iconv_t

    /// Nil when the C library lacks one of the encodings.
    init?(from source: TextEncoding, to target: TextEncoding) {
        guard let handle = iconv_open(target.rawValue, source.rawValue), Int(bitPattern: handle) != -1 else {
            return nil
        }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// Loads the tables of every encoding for the life of the process.
    ///
    /// After this call a conversion opens no file, so the sandbox may forbid opening files.
    static func loadTables() {
        for encoding in TextEncoding.allCases { _ = iconv_open(TextEncoding.utf8.rawValue, encoding.rawValue) }
        for encoding in TextEncoding.allCases { _ = iconv_open(encoding.rawValue, TextEncoding.utf8.rawValue) }
    }

    /// Appends the converted `input` to `output`.
    ///
    /// - Returns: the offset of the first byte that does not convert; nil when all of `input` was converted.
    func convert(_ input: Span<UInt8>, onto output: inout [UInt8]) -> Int? {
        iconv(handle, nil, nil, nil, nil)
        return input.withUnsafeBufferPointer { input -> Int? in
            var source = UnsafeMutablePointer<CChar>(
                mutating: UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self))
            var left = input.count
            var stopped: Int?
            var finished = false
            output.reserveCapacity(output.count + input.count + 64)
            while !finished, stopped == nil {
                let chunk = [UInt8](unsafeUninitializedCapacity: max(64, left * 2)) { buffer, count in
                    var target = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    var room = buffer.count
                    let status = left > 0 ? iconv(handle, &source, &left, &target, &room) : 0
                    if status == -1 {
                        if errno != E2BIG { stopped = input.count - left }
                    } else if iconv(handle, nil, nil, &target, &room) != -1 {
                        finished = true
                    }
                    count = buffer.count - room
                }
                output.append(contentsOf: chunk)
            }
            return stopped
        }
    }
}
