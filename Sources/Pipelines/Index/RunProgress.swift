import Corpora
import Retrieval

/// How far a run is through the files that it reads.
///
/// Time goes into text, and a file of some formats holds little text for its size. So the work that is left is the text that
/// the other files are expected to hold, by what the files of their format have held so far.
package struct RunProgress {
    private let send: ProgressReport
    private let totalItems: Int
    private let totalBytes: Int
    private var items = 0
    private var bytes = 0
    /// Bytes of text that were encoded.
    private var text = 0
    private var expectation = TextExpectation()
    /// The bytes of the files that are left, by format.
    private var left: [String: Int] = [:]

    package init(_ files: [CorpusFile], _ send: @escaping ProgressReport) {
        self.send = send
        totalItems = files.count
        totalBytes = files.reduce(0) { $0 + $1.size }
        for file in files { left[TextExpectation.format(of: file), default: 0] += file.size }
    }

    /// Counts files as read. `texts` are the bytes of text of each that had to be encoded.
    package mutating func advance(past files: some Collection<CorpusFile>, texts: [Int]) {
        items += files.count
        for (file, text) in zip(files, texts) {
            bytes += file.size
            self.text += text
            left[TextExpectation.format(of: file), default: 0] -= file.size
            expectation.learn(file, text: text)
        }
    }

    /// Reports the state, with so many bytes of text of the next file; false where the run should stop.
    package func report(_ phase: WorkProgress.Phase, ahead: Int = 0) -> Bool {
        let expected = left.reduce(0.0) { $0 + Double($1.value) * expectation.textPerByte(ofFormat: $1.key) }
        let done = Double(text + ahead)
        let share = done > 0 ? done / (done + max(0, expected - Double(ahead))) : 0
        return send(
            WorkProgress(
                phase, items: items, totalItems: totalItems, bytes: min(totalBytes, bytes + ahead), totalBytes: totalBytes,
                share: items == totalItems ? 1 : share))
    }
}

/// How much text files hold for their size, learnt for each format from those that were read.
struct TextExpectation {
    /// Formats that hold less text than bytes, with the text of a byte that is expected before any file is read.
    private static let usual: [String: Double] = [
        "pdf": 0.1, "docx": 0.2, "odt": 0.2, "pptx": 0.05, "odp": 0.05, "xlsx": 1, "ods": 1, "epub": 0.5, "html": 0.4,
        "htm": 0.4,
        "eml": 0.5, "mbox": 0.5, "mhtml": 0.2, "rtf": 0.3, "ipynb": 0.3,
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
