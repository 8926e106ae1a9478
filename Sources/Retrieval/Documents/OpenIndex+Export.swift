import Corpora
import Foundation
import Indexes

/// What `export` wrote.
package struct ExportReport: Sendable, Codable, Equatable {
    /// The files that were written.
    package var files = 0
    /// The bytes that were written.
    package var bytes = 0
    /// How long the export took.
    package var seconds = 0.0
    /// Files given back byte for byte.
    package var exact = 0
    /// Files given as extracted text.
    package var extracted = 0
    /// The files that could not be written.
    package var failed: [FileReason] = []
    /// False where the run was stopped.
    package var isComplete = true
}

extension OpenIndex {
    /// Writes every document below a folder. Text and Markdown files come back byte for byte. Of other formats the extracted
    /// text is written under the path plus `.txt`, with a number before it where a document has that name.
    package func export(
        to folder: String, overwrite: Bool = false, progress: @escaping ProgressReport
    ) throws -> ExportReport {
        let started = Date()
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        try OpenIndex.checkTarget(root, folder, overwrite: overwrite)
        var report = ExportReport()
        var names = ExportNames(snapshot.documents.flatMap(\.paths))
        report.isComplete = try eachDocument(.exporting, progress) { document, text in
            for path in document.paths {
                do {
                    let text = try text.get()
                    guard let form = OriginalForm(try self.snapshot.original(of: document)),
                        let bytes = try? form.bytes(from: text)  // the error says only that form and text do not fit
                    else {
                        throw self.damaged("original form")
                    }
                    try OpenIndex.write(bytes, below: root, path: form.isExact ? path : names.extracted(path))
                    report.files += 1
                    report.bytes += bytes.count
                    if form.isExact { report.exact += 1 } else { report.extracted += 1 }
                } catch {
                    report.failed.append(FileReason(path: path, error: error))
                }
            }
        }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    private static func checkTarget(_ root: URL, _ folder: String, overwrite: Bool) throws {
        var isFolder: ObjCBool = true
        if FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder), !isFolder.boolValue {
            throw RetrievalError(.targetIsFile, subject: folder, fact: "is a file")
        }
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: root.path)) != nil
        if isLink, !FileManager.default.fileExists(atPath: root.path) {
            throw RetrievalError(.targetIsFile, subject: folder, fact: "is a link to a folder that is not there")
        }
        // A folder that is not there yet has no contents.
        if !overwrite, let names = try? FileManager.default.contentsOfDirectory(atPath: root.path), !names.isEmpty {
            throw RetrievalError(.targetNotEmpty, subject: folder, fact: "is not empty")
        }
        // A target that cannot be made, or written to, is told once, not for each document.
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        guard FileManager.default.isWritableFile(atPath: root.path) else {
            throw RetrievalError(.targetNotWritable, subject: folder, fact: "cannot be written to")
        }
    }

    /// Writes below `root` and nowhere else, whatever the path says.
    private static func write(_ bytes: [UInt8], below root: URL, path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains("."), !path.contains("\0") else {
            throw RetrievalError(.pathOutside, subject: path, fact: "leads out of the folder")
        }
        let target = parts.reduce(root) { $0.appendingPathComponent(String($1)) }
        let folder = target.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard (folder.resolvingSymlinksInPath().path + "/").hasPrefix(root.resolvingSymlinksInPath().path + "/") else {
            throw RetrievalError(.linkOutside, subject: path, fact: "leads out of the folder through a link")
        }
        try Data(bytes).write(to: target, options: .atomic)
    }
}
