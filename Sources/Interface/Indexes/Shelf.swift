import Foundation
import Indexes
import Retrieval
import Synchronization

/// The indexes that are served, and the model that reads them.
package final class Shelf: Sendable {
    /// The indexes in the order in which they were named.
    package let indexes: [ServedIndex]
    /// The model of all indexes.
    package let model: ModelOnDemand
    /// Indexes that were asked as one, the last asked at the end.
    private let joined = Mutex<[Joined]>([])

    /// Several indexes as one, each in the state of its view.
    private struct Joined {
        let names: [String]
        let views: [OpenIndex]
        let whole: OpenIndex
    }

    /// As many joined indexes are kept.
    private static let mostJoined = 4

    /// - Parameters:
    ///   - model: the model file; nil for the default model.
    ///   - threads: 0 for as many as the machine has cores.
    package init(paths: [String], model: String?, threads: Int) {
        let shared = ModelOnDemand(path: model)
        var taken: Set<String> = []
        // A file that is named twice is served once.
        var files: Set<String> = []
        indexes = paths.filter { files.insert(IndexFile.resolved($0)).inserted }.map { path in
            let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            var name = stem
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(stem)-\(number)"
                number += 1
            }
            return ServedIndex(name: name, path: path, model: shared, threads: threads)
        }
        self.model = shared
    }

    /// Closes all indexes, so that no log stays beside their files.
    package func close() {
        joined.withLock { $0 = [] }
        for index in indexes { index.close() }
    }

    /// Throws where an index has no file that could be read, before anybody waits for an answer.
    package static func checkFiles(_ paths: [String]) throws {
        for path in paths { try IndexFile.checkKind(of: path) }
    }

    /// The index of a name; without a name the only one.
    package func index(named name: String?, field: String = "index") throws -> ServedIndex {
        guard let name else {
            guard indexes.count == 1 else {
                throw RequestError(.badRequest, "index: missing; name one of \(names)", field: "index")
            }
            return indexes[0]
        }
        guard let index = indexes.first(where: { $0.name == name }) else {
            throw RequestError(
                .notFound, "\(RequestError.quoted(name)): no such index; name one of \(names)", field: field)
        }
        return index
    }

    private var names: String { indexes.map(\.name).joined(separator: ", ") }
}

// MARK: Several indexes as one

extension Shelf {
    /// The indexes that a request is for.
    package func indexes(_ choice: IndexChoice) throws -> [ServedIndex] {
        guard !choice.several.isEmpty else {
            guard indexes.count == 1 || choice.one != nil else {
                throw RequestError(
                    .badRequest, "index: missing; name one of \(names), or pass \"indexes\": \"*\" for all", field: "index")
            }
            return [try index(named: choice.one)]
        }
        let named: [ServedIndex] = try choice.several.filter { $0 != "*" }.reduce(into: []) { found, name in
            let index = try index(named: name, field: "indexes")
            if !found.contains(where: { $0 === index }) { found.append(index) }
        }
        return choice.several.contains("*") ? indexes : named
    }

    /// Some indexes as the newest commits left them: one as it is; several as one, in which the paths of the documents begin
    /// with the names of their indexes.
    package func current(_ asked: [ServedIndex]) throws -> OpenIndex {
        let names = asked.map(\.name)
        let views = try asked.map { try $0.current() }
        // Joined indexes of which a view is old would keep the log from being folded.
        joined.withLock { joined in
            joined.removeAll { old in
                zip(old.names, old.views).contains { name, view in
                    zip(names, views).contains { $0 == name && $1 !== view }
                }
            }
        }
        guard asked.count > 1 else { return views[0] }
        let known = joined.withLock { joined in
            joined.first { $0.names == names && zip($0.views, views).allSatisfy { $0 === $1 } }
        }
        if let known { return known.whole }
        let whole = try OpenIndex(joining: zip(names, views).map { (name: $0, index: $1) })
        joined.withLock { joined in
            joined.removeAll { $0.names == names }
            joined.append(Joined(names: names, views: views, whole: whole))
            if joined.count > Shelf.mostJoined { joined.removeFirst() }
        }
        return whole
    }

    /// The index of a document, and the name of the document in it. Where several indexes are served and none is named, the
    /// name may begin with that of its index, as in the results of several.
    package func place(of document: String, _ index: String?) throws -> (index: ServedIndex, name: String) {
        if index == nil, indexes.count > 1,
            let holder = indexes.first(where: { document.hasPrefix($0.name + "/") })
        {
            return (holder, String(document.dropFirst(holder.name.count + 1)))
        }
        return (try self.index(named: index), document)
    }

    /// Moves to the newest commits of all indexes that were opened.
    package func follow() {
        // Where an index cannot be read, the next question says why.
        for index in indexes where index.lastView != nil { try? follow(index) }
    }

    /// Moves to the newest commit of an index, so that the log beside the file need not grow while nobody asks.
    package func follow(_ index: ServedIndex) throws {
        _ = try current([index])
        // No view holds an older state now: this look copies the whole log into the file.
        _ = try index.current()
    }
}
