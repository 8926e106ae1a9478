/// A file of Microsoft Office: a zip archive of XML parts that name each other in relationships (ECMA-376, part 2).
struct OfficePackage {
    /// The path of the part that the others hang on, such as "word/document.xml", or "xl/workbook.bin" of a binary workbook.
    let main: String
    private let container: Container
    private let limits: ExtractionLimits
    private(set) var remarks: Remarks

    /// A relationship of a part to another one.
    struct Relationship {
        /// The last word of the type, such as "footnotes".
        let kind: String
        /// The path of the other part, or the address of something outside.
        let target: String
        let isOutside: Bool
    }

    init(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) {
        self.limits = limits
        let suffixes = [".xml", ".rels"] + Self.chunks.map { "." + $0 }
        container = try Container(bytes, limits: limits) { name in
            suffixes.contains { name.hasSuffix($0) } || BinaryWorkbook.isPart(name)
        }
        remarks = container.remarks
        let start = Self.target("officeDocument", of: "", container)
        // Where no relationship names the main part, it has the name that all programs give it.
        let names = [start, "word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml"].compactMap {
            $0
        }
        let parts = container
        guard let main = names.first(where: { parts[$0] != nil }) else { throw .containerDamaged("the main part") }
        self.main = main
        if container.names.contains(where: { $0.hasSuffix("vbaProject.bin") }) { remarks.add(.object("macros")) }
        let objects = container.names.count { $0.contains("/embeddings/") || $0.contains("/activeX/") }
        if objects > 0 { remarks.add(.object("embedded files"), times: objects) }
    }

    /// The XML of a part. Nil when the part is not there or cannot be parsed.
    mutating func xml(_ path: String) -> XMLElement? {
        guard let bytes = container[path], !bytes.isEmpty else { return nil }
        guard let part = XMLPart(bytes) else {
            remarks.add(.damaged(path))
            return nil
        }
        if part.isDamaged { remarks.add(.damaged(path)) }
        return part.root
    }

    /// The formats in which Word takes in other files.
    private static let chunks = ["html", "htm", "xhtml", "mht", "mhtml", "rtf", "txt", "docx"]

    /// The text of a part in another format, in a document that has `used` bytes of text. Nil when it is not read.
    func text(_ path: String, used: Int) -> Extracted? {
        guard Self.chunks.contains(fileExtension(path)), let bytes = container[path] else { return nil }
        // The caller tells that the part is not read.
        return try? Readers.readInside(bytes, path: path, limits: limits, used: used)
    }

    /// The bytes of a part.
    func bytes(_ path: String) -> [UInt8]? { container[path] }

    mutating func remark(_ remark: Remark) { remarks.add(remark) }

    /// The relationships of a part by their identifiers.
    func relationships(of path: String) -> [String: Relationship] { Self.relationships(container, of: path) }

    /// The part of the package that a part has a relationship of this kind to. Of several, the first by name.
    func target(_ kind: String, of path: String) -> String? { Self.target(kind, of: path, container) }

    private static func target(_ kind: String, of path: String, _ container: Container) -> String? {
        relationships(container, of: path).values.filter { $0.kind == kind && !$0.isOutside }.map(\.target).min()
    }

    /// The XML of the part that `target` names.
    mutating func xml(_ kind: String, of path: String) -> XMLElement? { target(kind, of: path).flatMap { xml($0) } }

    /// The title in the properties of the file.
    mutating func title() -> String? {
        xml(target("core-properties", of: "") ?? "docProps/core.xml")?.first("title")?.text
    }

    private static func relationships(_ container: Container, of path: String) -> [String: Relationship] {
        let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard let bytes = container[folder + "_rels/" + name + ".rels"], let part = XMLPart(bytes) else { return [:] }
        var found: [String: Relationship] = [:]
        for element in part.root.all("Relationship") {
            guard let id = element["Id"], let target = element["Target"] else { continue }
            let isOutside = element["TargetMode"] == "External"
            found[id] = Relationship(
                kind: element["Type"]?.split(separator: "/").last.map(String.init) ?? "",
                target: isOutside ? target : resolved(target, in: folder), isOutside: isOutside)
        }
        return found
    }

    /// The path of a part that is named from a folder.
    static func resolved(_ target: String, in folder: String) -> String {
        var path: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for piece in target.split(separator: "/") {
            if piece == ".." { _ = path.popLast() } else if piece != "." { path.append(piece) }
        }
        return path.joined(separator: "/")
    }
}
