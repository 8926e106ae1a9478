import Corpora
import Foundation
import Indexes

/// A document as `show` gives it.
package struct ShownDocument: Sendable, Codable, Equatable {
    package let path: String, title: String, mediaType: String, text: String
    package let passages: [ShownPassage]
}

/// One passage of a shown document.
package struct ShownPassage: Sendable, Codable, Equatable {
    package let number: Int, start: Int, end: Int, page: Int?, headings: [String], text: String
}

extension StoredDocument {
    /// The title, or the name of the file where the document states none.
    var shownTitle: String { title.isEmpty ? DocumentTitle.fromPath(paths.first ?? "") : title }
}

extension OpenIndex {
    /// The document at `name`: its path, an ending of its path that no other document has, or the path of its file.
    package func document(named name: String) throws -> ShownDocument {
        let (document, path) = try find(name)
        let text = try text(of: document), spans = try spans(of: document, text: text)
        var start = 0
        let segment = try snapshot.segment(document.id.segment)
        let passages = document.passages.enumerated().map { number, passage in
            let end = start + segment.byteCount(of: passage)
            defer { start = end }
            return ShownPassage(
                number: number, start: start, end: end, page: spans.page(at: start), headings: spans.headings(at: start),
                text: String(decoding: text[start..<end], as: UTF8.self))
        }
        return ShownDocument(
            path: path, title: document.shownTitle, mediaType: document.mediaType, text: String(decoding: text, as: UTF8.self), passages: passages)
    }

    /// The document and the one of its paths that was meant.
    private func find(_ name: String) throws -> (StoredDocument, path: String) {
        func first(where matches: (String) -> Bool) -> (StoredDocument, path: String)? {
            for document in snapshot.documents {
                if let path = document.paths.first(where: matches) { return (document, path) }
            }
            return nil
        }
        let key = PathKey(name)
        if let exact = first(where: { PathKey($0) == key }) ?? first(where: { $0 == name }) { return exact }
        let endings = snapshot.documents.filter { $0.paths.contains { $0.hasSuffix("/" + name) } }
        if endings.count == 1, let only = first(where: { $0.hasSuffix("/" + name) }) { return only }
        if let path = CorpusRoots(snapshot.header).documentPath(of: name).map(PathKey.init),
            let document = first(where: { PathKey($0) == path })
        {
            return document
        }
        if endings.count > 1 {
            throw RetrievalError(
                .ambiguousDocument, name, "is the end of \(endings.count) paths (\(endings.flatMap(\.paths).prefix(3).joined(separator: ", ")) …)",
                remedy: "give more of the path")
        }
        let word = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent.lowercased()
        let near = snapshot.documents.flatMap(\.paths).filter { $0.lowercased().contains(word) }.prefix(3)
        throw RetrievalError(
            .noSuchDocument, name, "no document of \(path) has this path",
            remedy: near.isEmpty ? "'r3mem search' shows paths" : "did you mean \(near.joined(separator: " or "))?")
    }

    /// Reconstructs every document and compares its hash, and every checksum of the file.
    package func verify(progress: @escaping ProgressReport) throws -> VerifyReport {
        let started = Date()
        var report = VerifyReport()
        report.wrong = snapshot.verifyStructure().map { FileReason(path: $0.subject, reason: $0.description) }
        report.isComplete = try eachBatch(.verifying, progress) { document, text in
            switch text {
            case .success(let text):
                report.documents += 1
                report.textBytes += text.count
            case .failure(let error): report.wrong += document.paths.map { FileReason(path: $0, reason: error.description) }
            }
        }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    /// Writes every document below `folder`: text and Markdown as the bytes they were, other formats as extracted text under the path plus `.txt`,
    /// with a number before it where a document has that name already.
    package func export(to folder: String, overwrite: Bool = false, progress: @escaping ProgressReport) throws -> ExportReport {
        let started = Date(), root = URL(fileURLWithPath: folder).standardizedFileURL
        var isFolder: ObjCBool = true
        if FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder), !isFolder.boolValue {
            throw RetrievalError(.exists, folder, "is a file", remedy: "name a folder")
        }
        if !overwrite, let names = try? FileManager.default.contentsOfDirectory(atPath: root.path), !names.isEmpty {
            throw RetrievalError(.exists, folder, "is not empty", remedy: "name another folder or pass --overwrite")
        }
        var report = ExportReport(), names = ExportNames(snapshot.documents.flatMap(\.paths))
        report.isComplete = try eachBatch(.exporting, progress) { document, text in
            for path in document.paths {
                do {
                    guard let form = OriginalForm(try self.snapshot.original(of: document)) else { throw self.damaged("original form") }
                    let bytes = try form.bytes(from: text.get())
                    try OpenIndex.write(bytes, below: root, path: form.isExact ? path : names.extracted(path))
                    report.files += 1
                    report.bytes += bytes.count
                    if form.isExact { report.exact += 1 } else { report.extracted += 1 }
                } catch {
                    report.failed.append(FileReason(path: path, reason: ErrorText.description(of: error)))
                }
            }
        }
        report.seconds = Date().timeIntervalSince(started)
        return report
    }

    /// Writes below `root` and nowhere else, whatever the path says.
    private static func write(_ bytes: [UInt8], below root: URL, path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, !parts.contains(".."), !parts.contains("."), !path.contains("\0") else {
            throw RetrievalError(.unwritable, path, "leads out of the folder", remedy: "the index is damaged or hostile")
        }
        let target = parts.reduce(root) { $0.appendingPathComponent(String($1)) }
        let folder = target.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard (folder.resolvingSymlinksInPath().path + "/").hasPrefix(root.resolvingSymlinksInPath().path + "/") else {
            throw RetrievalError(.unwritable, path, "leads out of the folder through a link", remedy: "export into an empty folder")
        }
        try Data(bytes).write(to: target, options: .atomic)
    }

    /// Reconstructs all documents in batches of some hundred kB; false where `progress` stopped it.
    private func eachBatch(
        _ phase: Progress.Phase, _ progress: ProgressReport, _ body: (StoredDocument, Result<[UInt8], RetrievalError>) throws -> Void
    ) throws
        -> Bool
    {
        let documents = snapshot.documents.sorted { $0.id < $1.id }, total = documents.reduce(0) { $0 + $1.byteLength }
        var at = 0, bytes = 0
        while at < documents.count {
            guard progress(Progress(phase, items: at, totalItems: documents.count, bytes: bytes, totalBytes: total)) else { return false }
            var end = at, size = 0
            while end < documents.count, end == at || size + documents[end].byteLength < 64 << 10 {
                size += documents[end].byteLength
                end += 1
            }
            let batch = Array(documents[at..<end])
            for (document, text) in zip(batch, try texts(of: batch)) { try body(document, text) }
            bytes += size
            at = end
        }
        _ = progress(Progress(phase, items: at, totalItems: at, bytes: total, totalBytes: total))
        return true
    }

    /// What the index holds and how its bytes divide.
    package func statistics() throws -> Statistics {
        var s = Statistics()
        let sources = snapshot.sources
        let sizes = try snapshot.sizes(), header = snapshot.header
        s.documents = snapshot.documents.count
        s.passages = snapshot.passageCount
        s.files = sources.count
        for source in sources {
            switch source.state {
            case .indexed:
                s.fileStates["indexed", default: 0] += 1
                s.sourceBytes += Int(source.size)
            case .skipped(let reason):
                s.fileStates["skipped", default: 0] += 1
                s.notIndexed.append(RefusedFile(path: source.path, reason: reason))
            case .failed(let reason):
                s.fileStates["failed", default: 0] += 1
                s.notIndexed.append(RefusedFile(path: source.path, reason: reason))
            }
        }
        s.textBytes = snapshot.documents.reduce(0) { $0 + $1.byteLength }
        s.parts.residual = sizes.residual
        s.parts.words = sizes.terms
        s.parts.memory = sizes.memory
        s.parts.passages = sizes.passages
        s.parts.documents = sizes.documents + sizes.spans + sizes.originals
        s.parts.sources = sizes.sources + sizes.meta
        s.parts.overhead = sizes.free + sizes.overhead
        s.indexBytes = sizes.total
        s.modelBytes = model.size
        s.ratio = s.textBytes > 0 ? Double(s.indexBytes) / Double(s.textBytes) : 0
        s.ratioWithModel = s.textBytes > 0 ? Double(s.indexBytes + s.modelBytes) / Double(s.textBytes) : 0
        s.modelName = header.model.name
        let digits: [String] = header.model.hash.map { byte in String(format: "%02x", byte) }
        s.modelHash = digits.joined()
        s.formatVersion = header.formatVersion
        s.roots = CorpusRoots(header).paths
        return s
    }
}

/// The names that an export gives to extracted text: none that a document has, or a folder on the way to one.
private struct ExportNames {
    private var taken: Set<PathKey>

    /// - Parameter paths: of all documents.
    init(_ paths: [String]) {
        let keys = paths.map(PathKey.init)
        taken = Set(keys + keys.flatMap(\.folders))
    }

    mutating func extracted(_ path: String) -> String {
        var name = path + ".txt", number = 2
        while !taken.insert(PathKey(name)).inserted {
            name = "\(path).\(number).txt"
            number += 1
        }
        return name
    }
}
