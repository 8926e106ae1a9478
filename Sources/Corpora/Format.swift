/// A file format, and how its files are recognised.
package struct Format: Sendable {
    /// Bytes that identify a format.
    package enum Signature: Sendable {
        /// These bytes stand somewhere in the first `within` bytes of the file. The name of the file does not matter.
        case bytes([UInt8], within: Int)
        /// The file starts with these bytes and has an extension of the format, because several formats share a container.
        case container([UInt8])
        /// The text starts with this word, after white space and in upper or lower case.
        ///
        /// The word decides only when no format has the extension of the file.
        case opening(String)
    }

    /// The name of the format, as an index stores it.
    package let mediaType: MediaType
    /// The extensions of file names, in lower case and without ".".
    package let extensions: Set<String>
    /// The signatures of the format.
    package let signatures: [Signature]

    /// Makes a format from its parts.
    package init(_ mediaType: MediaType, extensions: Set<String>, signatures: [Signature] = []) {
        self.mediaType = mediaType
        self.extensions = extensions
        self.signatures = signatures
    }
}

extension Format {
    /// The number of bytes at the start of a file that recognition looks at.
    static let headLength = 2048

    /// Whether the first bytes, with the extension for a container, prove this format.
    func isCertain(_ head: ArraySlice<UInt8>, extension suffix: String) -> Bool {
        signatures.contains { signature in
            switch signature {
            case .bytes(let bytes, let within): Self.contains(head.prefix(within), bytes)
            case .container(let bytes): extensions.contains(suffix) && head.starts(with: bytes)
            case .opening: false
            }
        }
    }

    /// Whether the text starts with an opening word of this format.
    func isLikely(_ head: ArraySlice<UInt8>) -> Bool {
        let start = head.drop { $0.isControlOrSpace || TextEncoding.utf8.byteOrderMark.contains($0) }
        return signatures.contains { signature in
            guard case .opening(let word) = signature else { return false }
            return start.prefix(word.utf8.count).map(\.lowercasedASCII).elementsEqual(word.utf8)
        }
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ word: [UInt8]) -> Bool {
        guard bytes.count >= word.count else { return false }
        return (bytes.startIndex...(bytes.endIndex - word.count)).contains { bytes[$0...].starts(with: word) }
    }
}

/// Known formats that no reader reads.
enum UnsupportedFormat {
    /// Extensions of formats that usually hold text. The refusal names the format, because the user may miss the text.
    private static let extensions: Set<String> = [
        "xlsb", "mobi", "azw3", "pages", "numbers", "key", "djvu", "zip", "gz", "xz", "zst", "bz2",
        "7z", "tar", "tgz", "rar", "jar", "sqlite", "db", "chm",
    ]

    /// The first bytes of formats, and the names of the formats.
    private static let signatures: [(bytes: [UInt8], name: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "zip archive"),
        ([0x89, 0x50, 0x4E, 0x47], "png image"), ([0xFF, 0xD8, 0xFF], "jpeg image"), (Array("GIF8".utf8), "gif image"),
        ([0x1F, 0x8B], "gzip archive"), ([0x7F, 0x45, 0x4C, 0x46], "elf program"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz archive"), ([0x28, 0xB5, 0x2F, 0xFD], "zstandard archive"),
        (Array("BZh".utf8), "bzip2 archive"), ([0x37, 0x7A, 0xBC, 0xAF], "7-zip archive"),
        (Array("%!PS".utf8), "postscript"),
        (Array("SQLite format 3".utf8), "sqlite database"),
        (Array("RIFF".utf8), "riff media"), (Array("OggS".utf8), "ogg media"), (Array("ID3".utf8), "mp3 audio"),
        ([0x00, 0x61, 0x73, 0x6D], "wasm module"), (Array("AT&TFORM".utf8), "djvu"),
    ]

    /// What an index of r3mem is called. It begins as a database of SQLite with the number of the application "r3mm".
    static let index = "index of r3mem"
    private static let (database, applicationID) = (Array("SQLite format 3\0".utf8), (offset: 68, mark: Array("r3mm".utf8)))

    private static func isIndex(_ head: ArraySlice<UInt8>) -> Bool {
        head.starts(with: database) && head.dropFirst(applicationID.offset).starts(with: applicationID.mark)
    }

    /// The name of the unsupported format of a file. Nil when the format is not a known one.
    static func name(_ head: ArraySlice<UInt8>, extension suffix: String) -> String? {
        if isIndex(head) { return index }
        return extensions.contains(suffix) ? suffix : signatures.first { head.starts(with: $0.bytes) }?.name
    }
}
