import Glibc

/// The text that tesseract recognised on pages that are images.
struct RecognisedPages {
    /// The text of each page, by its index: lines, with blank lines between paragraphs.
    private(set) var texts: [Int: String] = [:]

    /// Recognises the text of some pages. Without tesseract, and after the time is up, pages stay without text.
    ///
    /// - Parameter pages: the indices of the pages.
    init(_ pages: [Int], of file: borrowing PDFFile, limits: ExtractionLimits) throws(Refusal) {
        guard limits.recognisesPages, !pages.isEmpty, let recogniser = TextRecogniser() else { return }
        let end = FrameChannel.now() + limits.recognitionSeconds
        var length = 0
        for page in pages where FrameChannel.now() < end {
            Worker.startLongWork()
            guard let image = file.image(of: page) else { continue }
            let text = recogniser.text(of: image)
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
            length += text.utf8.count
            guard length <= limits.textBytes else { throw .textTooLong(limit: limits.textBytes) }
            texts[page] = text
        }
    }
}

/// A page as a picture in shades of grey: a byte for each pixel, row by row.
struct PageImage {
    let pixels: [UInt8]
    let width: Int
    let height: Int
    let bytesPerRow: Int
    /// Pixels per inch.
    let resolution: Int
}
