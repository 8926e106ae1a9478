/// The limits for reading one file. A file that exceeds a limit is refused.
package struct ExtractionLimits: Sendable, Equatable {
    /// The largest file of text in bytes, such as Markdown or HTML (`--max-file-size`).
    package var fileBytes = 64 << 20
    /// The largest file in bytes of text without structure, of CSV and of JSON. Logs and exports are long.
    package var longTextBytes = 256 << 20
    /// The largest file in bytes of a format that holds pictures, such as PDF, mail or a presentation.
    package var pdfBytes = 512 << 20
    /// The longest text of one document, in bytes.
    package var textBytes = 512 << 20
    /// The address space of a worker in bytes. A file adds twice its size.
    package var memoryBytes = 2 << 30
    /// Processor time for one file, in seconds.
    package var cpuSeconds = 60
    /// Wall-clock time for one file, in seconds.
    package var wallSeconds = 120.0

    /// Whether the text of pages that are images is recognised, where tesseract is installed.
    package var recognisesPages = false
    /// Wall-clock time for the recognition of the pages of one file, in seconds, beyond the times above.
    package var recognitionSeconds = 1800.0
    /// Processor time for the recognition of one page, in seconds.
    package var pageSeconds = 60

    /// How deep files inside files are read, such as attachments of a mail. A worker starts with this depth.
    var containerDepth = 4

    /// The longest file of any format, in bytes.
    package var longestFile: Int { max(fileBytes, longTextBytes, pdfBytes) }

    /// The default limits.
    package init() {}

    /// The limits for a file of so many bytes: a long one has more time, a second of the processor for each MB, and room for
    /// its bytes and its text. The limits for the recognition of pages do not grow with a file: its pages are as large as any.
    package func forFile(of bytes: Int) -> ExtractionLimits {
        var limits = self
        limits.cpuSeconds = max(cpuSeconds, bytes >> 20)
        limits.wallSeconds = max(wallSeconds, 2 * Double(bytes >> 20))
        limits.memoryBytes += 2 * bytes
        return limits
    }
}
