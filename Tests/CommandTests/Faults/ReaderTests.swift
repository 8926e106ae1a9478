import Foundation
import Retrieval
import Synchronization
import TestSupport
import Testing

/// Processes that read beside a process that writes.
@Suite struct ReaderTests {
    private static let readers = 10
    private static let files = 6
    /// The test ends when readers have seen this many editions in this many searches; nightly it goes on for ten minutes.
    private static let wantedStates = 8
    private static let wantedSearches = 80
    private static let seconds = Nightly.isOn ? 600.0 : 0

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes all files of one edition. Each file names its edition.
    private func write(edition: Int) throws {
        for i in 0..<Self.files {
            let text = "Chapter \(i) of the almanac in its edition\(edition) counts \(edition * 31 % 97) lighthouses.\n"
            try folder.write("corpus/chapter-\(i).txt", text)
        }
    }

    private struct Found: Decodable {
        let results: [SearchResult]
    }

    /// Searches the almanac: the editions of its results, one for each file. They are equal where the search saw one state.
    private static func editions(_ index: String) throws -> [String] {
        let outcome = try Command.run("search", index, "edition of the almanac", "--top", "50", "--threads", "1", "--json")
        guard outcome.status == 0 else { throw ChildProcess.Failure(message: outcome.errors) }
        return try outcome.json(Found.self).results.map { result in
            String(result.text.split(separator: " ").first { $0.hasPrefix("edition") } ?? "none")
        }
    }

    @Test(.timeLimit(.minutes(Nightly.isOn ? 20 : 5))) func tenReadersSeeWholeStatesWhileAWriterRefreshes() throws {
        try write(edition: 0)
        let index = folder.path("almanac.r3")
        let corpus = folder.path("corpus")
        #expect(try Command.run("index", corpus, "--to", index, "--quiet").status == 0)
        let isDone = Atomic<Bool>(false)
        let editions = Mutex<[String: Int]>([:])
        let wrong = Mutex<[String]>([])
        let group = DispatchGroup()
        for _ in 0..<Self.readers {
            DispatchQueue.global().async(group: group) {
                while !isDone.load(ordering: .acquiring) {
                    do {
                        let seen = try Self.editions(index)
                        if Set(seen).count == 1, seen.count == Self.files {
                            editions.withLock { $0[seen[0], default: 0] += 1 }
                        } else {
                            wrong.withLock { $0.append("\(seen)") }
                        }
                    } catch {
                        wrong.withLock { $0.append("\(error)") }
                    }
                }
            }
        }
        let end = Date().addingTimeInterval(Self.seconds)
        var edition = 0
        func isEnough() -> Bool {
            let (states, searches) = editions.withLock { ($0.count, $0.values.reduce(0, +)) }
            return states >= Self.wantedStates && searches >= Self.wantedSearches && Date() >= end
        }
        while !isEnough(), wrong.withLock({ $0.isEmpty }) {
            edition += 1
            try write(edition: edition)
            let outcome = try Command.run(edition % 4 == 0 ? "compact" : "refresh", index, "--quiet")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        isDone.store(true, ordering: .releasing)
        group.wait()
        #expect(wrong.withLock { $0 } == [])
        let searches = editions.withLock { $0 }
        #expect(searches.count >= Self.wantedStates, "\(searches)")
        print(
            "\(Self.readers) readers: \(searches.values.reduce(0, +)) searches of \(searches.count) states beside \(edition) runs of a writer"
        )
        #expect(try Command.run("refresh", index, "--quiet").status == 0)
        #expect(try Set(Self.editions(index)) == ["edition\(edition)"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["almanac.r3", "corpus"])
    }
}
