import Corpora

/// How much text files hold for their size, learnt for each format from those that were read.
struct TextExpectation {
    /// Formats that hold less text than bytes, with the text of a byte that is expected before any file is read.
    private static let usual: [String: Double] = [
        "pdf": 0.1, "docx": 0.2, "odt": 0.2, "pptx": 0.05, "odp": 0.05, "epub": 0.5, "html": 0.4, "htm": 0.4, "eml": 0.5,
        "mbox": 0.5, "mhtml": 0.2, "rtf": 0.3, "ipynb": 0.3,
    ]
    /// What is expected before weighs as much as so many bytes of files.
    private static let weight = 30_000.0

    private var seen: [String: (bytes: Int, text: Int)] = [:]

    /// Files of one format have one extension.
    static func format(of file: CorpusFile) -> String {
        let name = file.path.split(separator: "/").last ?? ""
        return name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
    }

    mutating func learn(_ file: CorpusFile, text: Int) {
        let known = seen[TextExpectation.format(of: file)] ?? (0, 0)
        seen[TextExpectation.format(of: file)] = (known.bytes + file.size, known.text + text)
    }

    /// The text that a byte of a file is expected to give.
    func textPerByte(ofFormat format: String) -> Double {
        let usual = TextExpectation.usual[format] ?? 1
        let known = seen[format] ?? (0, 0)
        return (Double(known.text) + usual * TextExpectation.weight) / (Double(known.bytes) + TextExpectation.weight)
    }
}
