/// Reads one file into a document, in this process.
///
/// PDF and HTML go through C libraries that hostile files may crash: an `Extractor` calls this in a worker process.
public enum DocumentReader {
    /// Reads a file. A file that changes meanwhile is read a second time, and then given up.
    public static func read(_ file: CorpusFile, limits: ExtractionLimits = ExtractionLimits()) -> Extraction {
        if file.size == 0 { return .skipped("empty") }
        if let refusal = refusal(of: file, limits: limits) { return .skipped(refusal) }
        for _ in 0..<2 {
            switch FileBytes.read(file, atMost: max(limits.fileBytes, limits.pdfBytes)) {
            case .bytes(let bytes): return read(bytes, path: file.path, limits: limits)
            case .failed(let reason): return .unread(reason)
            case .tooLong(let size): return .skipped(refusal(size: size, isPDF: true, limits) ?? "too long")
            case .changed: continue
            }
        }
        return .unread("changed while it was read; run refresh again")
    }

    /// Reads the bytes of a file.
    public static func read(
        _ bytes: [UInt8], path: String, limits: ExtractionLimits = ExtractionLimits()
    ) -> Extraction {
        if bytes.isEmpty { return .skipped("empty") }
        let format = FileFormat(path: path, head: bytes.prefix(2048))
        guard case .readable(let mediaType) = format else {
            guard case .unsupported(let name) = format else { return .failed("unknown format") }
            return .skipped("unsupported format \(name); convert it to text, Markdown, HTML or PDF")
        }
        if let refusal = refusal(size: bytes.count, isPDF: mediaType == .pdf, limits) { return .skipped(refusal) }
        let extraction =
            switch mediaType {
            case .text, .markdown: TextReader.read(bytes, path: path, mediaType: mediaType)
            case .html: HTMLReader.read(bytes, path: path)
            case .pdf: PDFReader.read(bytes, path: path, limits: limits)
            }
        if case .document(let document) = extraction, document.text.count > limits.textBytes {
            return .failed("its text is longer than \(limits.textBytes >> 20) MB")
        }
        return extraction
    }

    /// Why a file is too large to be read, by its name and size; nil for one that is not.
    public static func refusal(of file: CorpusFile, limits: ExtractionLimits) -> String? {
        refusal(size: file.size, isPDF: FileFormat.pathExtension(file.path) == "pdf", limits)
    }

    private static func refusal(size: Int, isPDF: Bool, _ limits: ExtractionLimits) -> String? {
        let limit = isPDF ? limits.pdfBytes : limits.fileBytes
        guard size > limit else { return nil }
        return "larger than the limit (\(size) bytes, the limit is \(limit)); raise it with --max-file-size"
    }
}
