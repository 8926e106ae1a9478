import Corpora

extension ExtractionLimits {
    /// The largest file of any format that is read.
    package mutating func limitFiles(to size: ByteSize) {
        fileBytes = size.bytes
        pdfBytes = size.bytes
    }
}
