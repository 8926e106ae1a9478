/// What a file is, by its name and its first bytes.
enum FileFormat: Equatable {
    case readable(MediaType)
    /// A known format that is not read; the payload is its name
    case unsupported(String)

    private static let byExtension: [String: MediaType] = [
        "md": .markdown, "markdown": .markdown, "mdown": .markdown, "mkd": .markdown, "mdx": .markdown,
        "html": .html, "htm": .html, "xhtml": .html, "shtml": .html,
        "pdf": .pdf, "txt": .text, "text": .text,
    ]

    /// Formats that hold text which would be missed: they are named in the reason.
    private static let unsupportedExtensions: Set<String> = [
        "docx", "docm", "doc", "dotx", "xlsx", "xlsm", "xlsb", "xls", "pptx", "pptm", "ppt", "odt", "ods", "odp", "odg",
        "epub", "mobi", "azw3", "rtf", "msg", "pages", "numbers", "key", "djvu", "zip", "gz", "xz", "zst", "bz2", "7z",
        "tar",
        "tgz", "rar", "jar", "sqlite", "db", "mht", "mhtml", "chm",
    ]

    /// First bytes of formats, and their names
    private static let signatures: [(bytes: [UInt8], name: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "zip archive"), ([0xD0, 0xCF, 0x11, 0xE0], "microsoft compound document"),
        ([0x89, 0x50, 0x4E, 0x47], "png image"), ([0xFF, 0xD8, 0xFF], "jpeg image"), (Array("GIF8".utf8), "gif image"),
        ([0x1F, 0x8B], "gzip archive"), ([0x7F, 0x45, 0x4C, 0x46], "elf program"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz archive"), ([0x28, 0xB5, 0x2F, 0xFD], "zstandard archive"),
        (Array("BZh".utf8), "bzip2 archive"), ([0x37, 0x7A, 0xBC, 0xAF], "7-zip archive"),
        (Array("{\\rtf".utf8), "rtf"), (Array("%!PS".utf8), "postscript"),
        (Array("SQLite format 3".utf8), "sqlite database"),
        (Array("RIFF".utf8), "riff media"), (Array("OggS".utf8), "ogg media"), (Array("ID3".utf8), "mp3 audio"),
        ([0x00, 0x61, 0x73, 0x6D], "wasm module"), (Array("AT&TFORM".utf8), "djvu"),
    ]

    /// The format of a file with this path and these first bytes (about a thousand are enough).
    init(path: String, head: ArraySlice<UInt8>) {
        let suffix = Self.pathExtension(path)
        if Self.contains(head.prefix(1024), "%PDF-") {
            self = .readable(.pdf)
        } else if Self.unsupportedExtensions.contains(suffix) {
            self = .unsupported(suffix)
        } else if let signature = Self.signatures.first(where: { head.starts(with: $0.bytes) }) {
            self = .unsupported(signature.name)
        } else if let type = Self.byExtension[suffix] {
            self = .readable(type)
        } else {
            self = .readable(Self.looksLikeHTML(head) ? .html : .text)
        }
    }

    /// The part of the last name after its last ".", in lower case; empty for names without one.
    static func pathExtension(_ path: String) -> String {
        let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return "" }
        return String(name[name.index(after: dot)...])?.lowercased() ?? ""
    }

    private static func looksLikeHTML(_ head: ArraySlice<UInt8>) -> Bool {
        var start = head.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }.prefix(14).map { $0 | 0x20 }
        if start.count > 1, start[1] == 0x21 { start[1] = UInt8(ascii: "!") }
        return start.starts(with: Array("<!doctype html".utf8)) || start.starts(with: Array("<html".utf8))
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        let word = word.withUTF8Buffer { Array($0) }
        guard bytes.count >= word.count else { return false }
        return (bytes.startIndex...(bytes.endIndex - word.count)).contains { bytes[$0...].starts(with: word) }
    }
}
