import Corpora

extension ExtractionLimits {
    /// The largest file of any format that is read.
    package mutating func limitFiles(to size: ByteSize) { limitFiles(to: size.bytes) }

    /// The largest file of any format that is read, in bytes. Where it is more than by default, the longest text grows with it.
    mutating func limitFiles(to bytes: Int) {
        let usual = ExtractionLimits()
        fileBytes = bytes
        longTextBytes = bytes
        pdfBytes = bytes
        textBytes = max(usual.textBytes, bytes / 4 * 5)
    }
}
