import Corpora
import Retrieval

/// How far a run is through the files that it reads.
///
/// Text takes most of the time, and files of some formats hold little text for their size. The text of the files that are left
/// is expected from the files of their formats that were read.
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
    /// A byte of a file takes as long to read as this part of a byte of text takes to encode.
    private static let reading = 1.0 / 300

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
        let toRead = Double(totalBytes - bytes) * RunProgress.reading
        let toEncode = left.reduce(0.0) { $0 + Double($1.value) * expectation.textPerByte(ofFormat: $1.key) }
        let done = Double(text + ahead) + Double(bytes) * RunProgress.reading
        let share = done > 0 ? done / (done + toRead + max(0, toEncode - Double(ahead))) : 0
        return send(
            WorkProgress(
                phase, items: items, totalItems: totalItems, bytes: min(totalBytes, bytes + ahead), totalBytes: totalBytes,
                share: items == totalItems ? 1 : share))
    }
}
