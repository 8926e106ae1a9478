import Corpora

extension ExtractionLimits {
    /// The largest file of any format that is read.
    package mutating func limitFiles(to size: ByteSize) { limitFiles(to: size.bytes) }

    /// The largest file of any format that is read, in bytes. Where it is more than by default, text and time grow with it.
    mutating func limitFiles(to bytes: Int) {
        let usual = ExtractionLimits()
        fileBytes = bytes
        longTextBytes = bytes
        pdfBytes = bytes
        textBytes = max(usual.textBytes, bytes / 4 * 5)
        cpuSeconds = max(usual.cpuSeconds, bytes >> 20)
        wallSeconds = max(usual.wallSeconds, 2 * Double(bytes >> 20))
    }
}
