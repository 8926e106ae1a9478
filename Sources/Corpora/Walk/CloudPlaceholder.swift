import CSandbox
import SystemPackage

/// Recognises files whose name is here and whose content is with a service.
enum CloudPlaceholder {
    /// The path of the file that a placeholder of iCloud stands for: `.notes.txt.icloud` for `notes.txt`.
    ///
    /// Nil for another path.
    static func original(of path: [UInt8]) -> [UInt8]? {
        let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        let ending = Array(".icloud".utf8)
        guard path.count > start + 1 + ending.count, path[start] == UInt8(ascii: "."),
            path.suffix(ending.count) == ending[...]
        else {
            return nil
        }
        return Array(path[..<start] + path[(start + 1)..<(path.count - ending.count)])
    }

    /// The service whose file a driver of NTFS shows as a link to nowhere. Nil for another target.
    ///
    /// The drivers write the tag of the reparse point into the target of the link.
    static func service(ofLinkTo target: String) -> String? {
        let words = "unsupported reparse tag 0x"
        guard target.hasPrefix(words), let tag = UInt32(target.dropFirst(words.count).prefix { $0.isHexDigit }, radix: 16)
        else {
            return nil
        }
        // IO_REPARSE_TAG_CLOUD to IO_REPARSE_TAG_CLOUD_F, IO_REPARSE_TAG_ONEDRIVE, IO_REPARSE_TAG_FILE_PLACEHOLDER.
        if tag & 0xFFFF_0FFF == 0x9000_001A || tag == 0x8000_0021 { return "OneDrive" }
        return tag == 0x8000_0015 ? "cloud" : nil
    }

    /// The service that a file of text refers to for its content. Nil for any other file.
    static func service(of bytes: some Collection<UInt8>) -> String? {
        guard bytes.count < 1024 else { return nil }
        let lines = bytes.split(separator: 10, maxSplits: 3, omittingEmptySubsequences: false)
        let isPointer =
            lines.first?.starts(with: "version https://git-lfs.github.com/spec/v".utf8) == true
            && lines.dropFirst().contains { $0.starts(with: "oid sha256:".utf8) }
        return isPointer ? "Git LFS" : nil
    }

    /// Whether a file system can show files whose content it would first have to fetch.
    ///
    /// - Parameter type: the number of the file system as `statfs` gives it.
    static func mayLackContent(fileSystem type: Int) -> Bool {
        // FUSE, CIFS, SMB, SMB2, 9P (the disks of Windows in WSL), NTFS.
        [0x6573_5546, 0xFF53_4D42, 0x517B, 0xFE53_4D42, 0x0102_1997, 0x5346_544E, 0x7366_746E].contains(type)
    }

    /// Whether the attributes of a file of Windows say that its content is elsewhere.
    static func isElsewhere(attributes: UInt32) -> Bool {
        // FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS.
        attributes & (0x1000 | 0x4_0000 | 0x40_0000) != 0
    }

    /// The attributes of a file of Windows, as the drivers of NTFS and SMB give them. Nil where they give none.
    static func attributes(of path: String) -> UInt32? {
        for name in ["user.cifs.dosattrib", "system.ntfs_attrib"] {
            var value: UInt32 = 0
            let count = withUnsafeMutableBytes(of: &value) { csandbox_attribute(path, name, $0.baseAddress, $0.count) }
            if count == 4 { return UInt32(littleEndian: value) }
        }
        return nil
    }
}
