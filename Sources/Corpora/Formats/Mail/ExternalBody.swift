import Bytes

/// A part that says where its content is, and does not hold it (RFC 2046, section 5.2.3).
///
/// The parameters of its type tell the place. Its bytes are the header of the content, and perhaps words such as the commands
/// that a server for mails wants.
struct ExternalBody {
    /// The way to the content in lower case, such as "anon-ftp", "url" or "mail-server".
    let access: String
    let name: String?
    /// The type of the content in lower case. Nil where the part does not say it.
    let type: String?
    /// What the part says of the content: name, description, type, way and place.
    let facts: [String]
    /// What stands after the header of the content.
    let text: [UInt8]

    /// The parameters that tell a place, in the order in which they are told.
    private static let places = ["url", "server", "subject", "site", "directory"]

    init(_ part: MailPart, access: String) {
        self.access = access
        let bytes = part.bytes
        let (header, text) = Self.parted(bytes)
        self.text = text
        var content: (type: String?, name: String?, description: String?)
        var file = MailFile(header, isMailbox: false)
        // Nothing is refused here: the header is only looked at.
        try? file.forEach { message throws(Refusal) in
            guard let root = message.root else { return false }
            content = (
                root.field("Content-Type") == nil ? nil : root.type, root.fileName, root.field("Content-Description")
            )
            return false
        }
        type = content.type
        name = [part.parameter("name"), content.name, part.fileName].compactMap { $0 }.first { !$0.isEmpty }
        let place = Self.places.compactMap { key in
            part.parameter(key).map { key == "url" ? $0.filter { !$0.isWhitespace } : $0 }
        }
        let description = content.description ?? part.field("Content-Description")
        let facts: [String?] = [name, description, type, ([access] + place).joined(separator: " ")]
        self.facts = facts.compactMap(\.self).filter { !$0.isEmpty }
    }

    /// The header up to the first blank line, and what stands after it.
    private static func parted(_ bytes: [UInt8]) -> (header: [UInt8], text: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
            if bytes[start..<end].allSatisfy({ $0 == 13 }) {
                return (Array(bytes[..<start]) + [10], Array(bytes[min(end + 1, bytes.count)...]))
            }
            start = end + 1
        }
        return (bytes + [10, 10], [])
    }
}
