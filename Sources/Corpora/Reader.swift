import SystemPackage

/// Reads the files of one format.
///
/// A reader runs in a worker process: hostile bytes may crash the libraries that it calls.
public protocol Reader: Sendable {
    /// How files of the format are recognised.
    var format: Format { get }
    /// Whether the spans of a document follow from its text, so that an index need not store the headings.
    var findsSpansInText: Bool { get }
    /// The longest file that is read, in bytes.
    func longestFile(_ limits: ExtractionLimits) -> Int
    /// The document in the bytes of a file.
    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document
}

extension Reader {
    public var findsSpansInText: Bool { false }
    public func longestFile(_ limits: ExtractionLimits) -> Int { limits.fileBytes }
}

/// All readers. A new format is one more of them.
public enum Readers {
    /// The readers, in the order in which they are asked. The last one reads what no other reader knows.
    public static let all: [any Reader] = [PDFReader(), HTMLReader(), MarkdownReader(), TextReader()]

    /// The reader of documents of this kind; nil for a kind that no reader here makes.
    public static func reader(of mediaType: MediaType) -> (any Reader)? { all.first { $0.format.mediaType == mediaType } }

    /// The reader for a file, by its name and its first bytes.
    static func reader(path: String, head: ArraySlice<UInt8>) throws(Refusal) -> any Reader {
        let suffix = fileExtension(path)
        if let reader = all.first(where: { $0.format.isCertain(head, extension: suffix) }) { return reader }
        let named = all.first { $0.format.extensions.contains(suffix) }
        if let name = UnsupportedFormat.name(head, extension: named == nil ? suffix : "") { throw .unsupportedFormat(name) }
        return named ?? all.first { $0.format.isLikely(head) } ?? all[all.count - 1]
    }

    /// Reads the bytes of a file in this process. The path is a name: no file is opened.
    public static func read(_ bytes: [UInt8], path: String, limits: ExtractionLimits = ExtractionLimits()) -> Extraction {
        do throws(Refusal) {
            guard !bytes.isEmpty else { throw .empty }
            let reader = try reader(path: path, head: bytes.prefix(Format.headLength))
            try check(size: bytes.count, atMost: reader.longestFile(limits))
            let document = try reader.read(bytes, limits: limits)
            guard document.text.count <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
            return .document(document)
        } catch {
            return .refused(error)
        }
    }

    /// Why a file is not worth opening, by its name and size; nil for one that is.
    public static func refusal(path: String, size: Int, limits: ExtractionLimits) -> Refusal? {
        guard size > 0 else { return .empty }
        let suffix = fileExtension(path)
        let reader = all.first { $0.format.extensions.contains(suffix) } ?? all[all.count - 1]
        let limit = reader.longestFile(limits)
        return size > limit ? .tooLarge(size: size, limit: limit) : nil
    }

    private static func check(size: Int, atMost limit: Int) throws(Refusal) {
        guard size <= limit else { throw .tooLarge(size: size, limit: limit) }
    }
}

/// The part of the last name after its last ".", in lower case; empty for names without one.
package func fileExtension(_ path: String) -> String { FilePath(path).extension?.lowercased() ?? "" }
