import SystemPackage

/// Reads the files of one format.
///
/// A reader runs in a worker process, because hostile bytes may crash the libraries that the reader calls.
package protocol Reader: Sendable {
    /// The format that this reader reads.
    var format: Format { get }
    /// Whether the spans of a document can be found in its text. An index need not store the headings of such a document.
    var findsSpansInText: Bool { get }
    /// The longest file that this reader reads, in bytes.
    func longestFile(_ limits: ExtractionLimits) -> Int
    /// The document of a file whose bytes are its text. Nil where they are not, or where that is not known yet.
    func readInPlace(_ file: FileBytes) -> Document?
    /// Reads the document in the bytes of a file.
    func read(_ bytes: [UInt8], limits: ExtractionLimits) throws(Refusal) -> Document
}

extension Reader {
    /// Most formats state their spans outside the text.
    package var findsSpansInText: Bool { false }
    /// The limit of all files.
    package func longestFile(_ limits: ExtractionLimits) -> Int { limits.fileBytes }
    /// Most formats have their text drawn out or decoded.
    package func readInPlace(_ file: FileBytes) -> Document? { nil }
}

/// The list of all readers. To support a new format, add its reader to the list.
package enum Readers {
    /// The readers in the order in which they are tried. The last one reads every file that no other reader recognises.
    package static let all: [any Reader] =
        [PDFReader(), WordReader(), WorkbookReader(), SlidesReader(), BookReader(), RichTextReader()] as [any Reader]
        + OpenDocumentReader.all + CompoundReader.all
        + [
            MailReader(), MailboxReader(), WebArchiveReader(), HTMLReader(), SeparatedValuesReader(), JSONReader(),
            NotebookReader(), SubtitleReader(), CalendarReader(), CardReader(), LatexReader(), MarkdownReader(),
            TextReader(),
        ]

    /// The reader that makes documents of a media type. Nil when there is no such reader.
    package static func reader(of mediaType: MediaType) -> (any Reader)? { all.first { $0.format.mediaType == mediaType } }

    /// The reader for a file, chosen by its name and its first bytes. Throws when the format is unsupported.
    static func reader(path: String, head: ArraySlice<UInt8>) throws(Refusal) -> any Reader {
        let suffix = fileExtension(path)
        if let reader = all.first(where: { $0.format.isCertain(head, extension: suffix) }) { return reader }
        let named = all.first { $0.format.extensions.contains(suffix) }
        if let name = UnsupportedFormat.name(head, extension: named == nil ? suffix : "") {
            throw .unsupportedFormat(name)
        }
        return named ?? all.first { $0.format.isLikely(head) } ?? all[all.count - 1]
    }

    /// Reads a file in this process. A long file whose bytes are its text is not copied.
    static func read(_ file: FileBytes, path: String, limits: ExtractionLimits) -> Extraction {
        guard case .memory = file.storage else { return read(file.array, path: path, limits: limits) }
        do throws(Refusal) {
            let reader = try reader(path: path, head: file.head(Format.headLength)[...])
            try check(size: file.count, atMost: reader.longestFile(limits))
            if file.count <= limits.textBytes, let document = reader.readInPlace(file) { return .document(document) }
        } catch {
            guard PackageFormat.mayBe(file.head(Format.headLength)[...]), file.count <= limits.pdfBytes else {
                return .refused(error)
            }
        }
        return read(file.array, path: path, limits: limits)
    }

    /// Reads the bytes of a file in this process. The function opens no file: `path` only serves to recognise the format.
    package static func read(_ bytes: [UInt8], path: String, limits: ExtractionLimits = ExtractionLimits()) -> Extraction {
        do throws(Refusal) {
            guard !bytes.isEmpty else { throw .empty }
            if let service = CloudPlaceholder.service(of: bytes) { throw .notHere(service) }
            let reader = try reader(path: path, bytes, limits)
            try check(size: bytes.count, atMost: reader.longestFile(limits))
            let document = try document(bytes, path: path, reader, limits)
            guard document.content.count <= limits.textBytes else {
                throw .textTooLong(limit: limits.textBytes, size: document.content.count)
            }
            return .document(document)
        } catch {
            return .refused(error)
        }
    }

    /// The reader for a file. A document in a zip archive with the name of another format is known by its parts.
    private static func reader(path: String, _ bytes: [UInt8], _ limits: ExtractionLimits) throws(Refusal) -> any Reader {
        do throws(Refusal) {
            return try reader(path: path, head: bytes.prefix(Format.headLength))
        } catch {
            guard bytes.count <= limits.pdfBytes, let other = PackageFormat.reader(bytes, limits) else { throw error }
            return other
        }
    }

    /// The document of a reader. Where only the name of a file spoke for its format, and the file is not of that format, the
    /// file is read as what its text is.
    private static func document(
        _ bytes: [UInt8], path: String, _ reader: any Reader, _ limits: ExtractionLimits
    ) throws(Refusal) -> Document {
        do throws(Refusal) {
            return try reader.read(bytes, limits: limits)
        } catch {
            let head = bytes.prefix(Format.headLength)
            if error.saysOtherFormat, let other = PackageFormat.reader(bytes, limits),
                other.format.mediaType != reader.format.mediaType
            {
                return try other.read(bytes, limits: limits)
            }
            guard error.saysOtherFormat, !reader.format.isCertain(head, extension: fileExtension(path)) else { throw error }
            var other = all.first { $0.format.isLikely(head) && $0.format.mediaType != reader.format.mediaType }
            // Programs name tables in text after the program that opens them.
            let isSheet = ["xls", "xlsx", "ods"].contains(reader.format.mediaType.rawValue)
            if other == nil, isSheet, SeparatedValuesReader.isTable(bytes) { other = SeparatedValuesReader() }
            do throws(Refusal) {
                return try (other ?? TextReader()).read(bytes, limits: limits)
            } catch _ {
                throw error
            }
        }
    }

    /// Why a file need not be opened, judged by its name and size. Nil when the file is to be opened.
    package static func refusal(path: String, size: Int, limits: ExtractionLimits) -> Refusal? {
        guard size > 0 else { return .empty }
        let suffix = fileExtension(path)
        let reader = all.first { $0.format.extensions.contains(suffix) } ?? all[all.count - 1]
        let limit = reader.longestFile(limits)
        return size > limit ? .tooLarge(size: size, limit: limit) : nil
    }

    /// Reads a file that is inside another file.
    ///
    /// - Parameters:
    ///   - name: how notes call the file; nil for its path.
    ///   - used: the length of the text that was read before.
    static func readInside(
        _ bytes: [UInt8], path: String, named name: String? = nil, limits: ExtractionLimits, used: Int
    ) throws(Refusal) -> Extracted {
        var limits = limits
        limits.containerDepth -= 1
        limits.textBytes -= used
        guard limits.containerDepth > 0 else { throw .unsupportedFormat("files nested too deep") }
        guard limits.textBytes > 0 else { throw .textTooLong(limit: 0) }
        switch read(bytes, path: path, limits: limits) {
        case .document(let document): return Extracted(document, named: name ?? path)
        case .refused(let refusal): throw refusal
        }
    }

    private static func check(size: Int, atMost limit: Int) throws(Refusal) {
        guard size <= limit else { throw .tooLarge(size: size, limit: limit) }
    }
}

/// The extension of a file name, without "." and in lower case. Empty when the name has none.
package func fileExtension(_ path: String) -> String { FilePath(path).extension?.lowercased() ?? "" }
