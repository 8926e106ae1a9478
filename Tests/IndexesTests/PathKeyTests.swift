import Indexes
import Testing

struct PathKeyTests {
    /// "é" as one character and as "e" with an accent: one string to Swift, two names to a folder.
    @Test func pathsAreComparedByTheirBytes() {
        #expect("caf\u{E9}" == "cafe\u{301}" && PathKey("caf\u{E9}") != PathKey("cafe\u{301}"))
        #expect(Set([PathKey("a"), PathKey("a"), PathKey("b")]).count == 2 && PathKey("a/b").path == "a/b")
    }

    @Test func foldersAreThoseOnTheWay() {
        #expect(PathKey("a/b/c.txt").folders.map(\.path) == ["a", "a/b"] && PathKey("c.txt").folders.isEmpty)
    }

    @Test func aFolderHoldsWhatIsBelowIt() {
        #expect(PathKey("/a").isFolder(of: PathKey("/a/b/c")) && PathKey("/a/").isFolder(of: PathKey("/a/b")))
        #expect(PathKey("/").isFolder(of: PathKey("/a")))
        #expect(
            !PathKey("/a").isFolder(of: PathKey("/ab")) && !PathKey("/a").isFolder(of: PathKey("/a"))
                && !PathKey("/a/").isFolder(of: PathKey("/a/")))
    }

    @Test func theOrderIsThatOfTheBytes() {
        #expect(["b", "a/c", "a", "a-b"].map(PathKey.init).sorted().map(\.path) == ["a", "a-b", "a/c", "b"])
    }
}
