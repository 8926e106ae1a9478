extension MediaType {
    /// An electronic book.
    package static let book = MediaType(rawValue: "epub")
}

/// Reads electronic books (EPUB 2 and 3): the chapters in the order of the book, as web pages are read.
struct BookReader: Reader {
    let format = Format(.book, extensions: ["epub"], signatures: [.container([0x50, 0x4B, 0x03, 0x04])])

    func longestFile(_ limits: ExtractionLimits) -> Int { limits.pdfBytes }

    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document {
        let container = try Container(bytes, limits: limits) { name in
            ["xml", "opf", "xhtml", "html", "htm", "ncx", "css", "svg"].contains(fileExtension(name))
        }
        guard let start = container["META-INF/container.xml"].flatMap(XMLPart.init)?.root.descendants("rootfile").first,
            let named = start["full-path"],
            // Some programs write the path as a part of an address.
            let path = [named, PercentEncoding.decoded(named)].first(where: { container[$0] != nil }),
            let package = container[path].flatMap(XMLPart.init)?.root
        else { throw .containerDamaged("the list of chapters") }
        let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let locked = Self.locked(container)
        var items: [String: (path: String, type: String)] = [:]
        // What readers show in place of an item that they do not know.
        var fallbacks: [String: String] = [:]
        // Pages that readers reach by a link alone. The table of contents is none of them.
        var pages: [(path: String, type: String)] = []
        for item in package.first("manifest")?.all("item") ?? [] {
            guard let id = item["id"], let target = item["href"] else { continue }
            let path = OfficePackage.resolved(PercentEncoding.decoded(target), in: folder)
            items[id] = (path, item["media-type"] ?? "")
            fallbacks[id] = item["fallback"]
            let isContents = (item["properties"] ?? "").split(separator: " ").contains("nav")
            if item["media-type"] == "application/xhtml+xml", !isContents, container[path] != nil {
                pages.append((path, "application/xhtml+xml"))
            }
        }
        var spine = (package.first("spine")?.all("itemref") ?? []).compactMap { reference in
            var id = reference["idref"] ?? ""
            // Fallbacks may go round in a circle.
            for _ in 0..<min(16, items.count) {
                guard let next = fallbacks[id], let item = items[id], container[item.path] == nil else { break }
                id = next
            }
            return items[id]
        }
        let inOrder = Set(spine.map(\.path))
        spine += pages.filter { !inOrder.contains($0.path) }
        // The chapters of a book share its style sheets.
        var sheet = HTMLStyleSheet()
        for name in container.names.sorted() where fileExtension(name) == "css" { container[name].map { sheet.add($0) } }
        var book = Extracted()
        book.remarks.add(container.remarks)
        // A page may be a drawing with words.
        for chapter in spine where !chapter.type.hasPrefix("image/") || chapter.type == "image/svg+xml" {
            if locked.contains(chapter.path) {
                book.remarks.add(.locked(chapter.path))
                continue
            }
            guard let bytes = container[chapter.path] else {
                book.remarks.add(.damaged(chapter.path))
                continue
            }
            guard !bytes.isEmpty else { continue }
            do {
                let page = try HTMLReader.extract(bytes, sheet: sheet)
                if page.text.isEmpty { continue }
                book.append(page)
            } catch {
                // The other chapters are worth reading.
                book.remarks.add(.damaged(chapter.path))
                continue
            }
            guard book.text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
        }
        if book.text.isEmpty, !locked.isEmpty { throw .needsPassword }
        let pictures = container.names.count {
            ["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(fileExtension($0)) && !inOrder.contains($0)
        }
        if pictures > 0 { book.remarks.add(.picture, times: pictures) }
        book.title = package.first("metadata")?.first("title")?.text
        return try book.document(.book)
    }

    /// The parts that are encrypted. Fonts often are, which does no harm.
    private static func locked(_ container: Container) -> Set<String> {
        guard let part = container["META-INF/encryption.xml"].flatMap(XMLPart.init) else { return [] }
        return Set(part.root.descendants("CipherReference").compactMap { $0["URI"].map(PercentEncoding.decoded) })
    }
}

/// Addresses in which "%20" stands for a space.
enum PercentEncoding {
    /// The address without escapes, and without the part after "#".
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8.prefix { $0 != UInt8(ascii: "#") })[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
