import Corpora
import Indexes
import Pipelines
import Retrieval
import Testing

/// What is known and what was listed decide what a run does. No file is read, no model is loaded.
@Suite struct RefreshPlanTests {
    private static let a = DocumentID(segment: 1, ordinal: 0)
    private static let b = DocumentID(segment: 1, ordinal: 1)

    private static func known(
        _ path: String, _ document: DocumentID? = nil, size: Int64 = 10, modified: Int64? = 5
    ) -> Source {
        let state = document.map { Source.State.indexed($0, hash: [1], mediaType: "text") } ?? .skipped(Reason(.empty))
        return Source(path: path, size: size, modified: modified, state: state)
    }

    private static func listed(_ path: String, size: Int = 10, milliseconds: Int64 = 5) -> CorpusFile {
        CorpusFile(path: path, absolutePath: "/root/" + path, size: size, modified: milliseconds * 1_000_000 + 7)
    }

    private static func skipped(_ path: String, _ refusal: Refusal) -> CorpusListing.Skipped {
        CorpusListing.Skipped(path: path, refusal: refusal)
    }

    private static func plan(_ known: [Source], _ files: [CorpusFile], skipped: [CorpusListing.Skipped] = []) -> RefreshPlan
    {
        RefreshPlan(known: known, listing: CorpusListing(files: files, skipped: skipped))
    }

    @Test func aFileWithItsSizeAndTimeIsUnchanged() {
        let plan = Self.plan([Self.known("a", Self.a)], [Self.listed("a")])
        #expect(plan.unchanged.map(\.path) == ["a"] && plan.changed.isEmpty && plan.gone.isEmpty && plan.kept.isEmpty)
    }

    @Test func aFileWithAnotherSizeOrTimeIsRead() {
        for file in [Self.listed("a", size: 11), Self.listed("a", milliseconds: 6), Self.listed("new")] {
            let plan = Self.plan([Self.known("a", Self.a)], [file])
            #expect(plan.changed == [file] && plan.unchanged.isEmpty)
        }
    }

    @Test func aTimeThatIsNotTrustedTellsNothing() {
        let plan = Self.plan([Self.known("a", Self.a, modified: nil)], [Self.listed("a", milliseconds: 0)])
        #expect(plan.changed.map(\.path) == ["a"])
    }

    @Test func aFileThatIsNotListedIsGoneAndMayHaveMoved() {
        let known = [Self.known("a", Self.a), Self.known("b", Self.a), Self.known("c", Self.b), Self.known("empty")]
        let plan = Self.plan(known, [Self.listed("c"), Self.listed("d")])
        #expect(
            plan.gone.map(\.path) == ["a", "b", "empty"] && plan.movable == [Self.a: 2] && plan.changed.map(\.path) == ["d"])
    }

    @Test func namesThatDifferInUnicodeFormAreTwo() {
        let plan = Self.plan([Self.known("caf\u{e9}", Self.a)], [Self.listed("cafe\u{301}")])
        #expect(plan.gone.count == 1 && plan.changed.count == 1)
    }

    @Test func filesBelowAnUnseenFolderAreKept() {
        let known = [
            Self.known("shut/a", Self.a), Self.known("shut/deep/b", Self.b), Self.known("shutter", Self.b),
            Self.known("shut/empty"),
        ]
        let plan = Self.plan(known, [], skipped: [Self.skipped("shut", .folderUnreadable(.permissionDenied))])
        #expect(plan.kept.map(\.path) == ["shut/a", "shut/deep/b"] && plan.gone.map(\.path) == ["shutter"])
        #expect(plan.refused.count == 1 && plan.newlyRefused.map(\.path) == ["shut"])
    }

    @Test func aFileThatCouldNotBeExaminedIsKept() {
        let plan = Self.plan([Self.known("a", Self.a)], [], skipped: [Self.skipped("a", .notExaminable(.ioError))])
        #expect(plan.kept.map(\.path) == ["a"] && plan.newlyRefused.isEmpty && plan.gone.isEmpty)
    }

    @Test func aFileThatBecameALinkLosesItsText() {
        let plan = Self.plan([Self.known("a", Self.a)], [], skipped: [Self.skipped("a", .linkToRoot)])
        #expect(plan.newlyRefused.map(\.path) == ["a"] && plan.kept.isEmpty && plan.gone.isEmpty)
    }

    @Test func aRefusalThatIsStoredIsNotWrittenAgain() {
        let link = Source(path: "l", size: 0, modified: nil, state: .skipped(Reason(.linkToRoot)))
        #expect(Self.plan([link], [], skipped: [Self.skipped("l", .linkToRoot)]).newlyRefused.isEmpty)
        #expect(Self.plan([link], [], skipped: [Self.skipped("l", .linkInside("x"))]).newlyRefused.map(\.path) == ["l"])
    }
}

/// Roots without files: what is an error, what is kept, and what is given up.
@Suite struct EmptyRootTests {
    private static let known = [
        Source(
            path: "one/a", size: 1, modified: 5,
            state: .indexed(DocumentID(segment: 1, ordinal: 0), hash: [1], mediaType: "text")),
        Source(
            path: "two/b", size: 1, modified: 5,
            state: .indexed(DocumentID(segment: 1, ordinal: 1), hash: [2], mediaType: "text")),
    ]

    private static func root(_ label: String, _ code: CorporaError.Code?) -> WalkedRoot {
        let name = "/" + label.dropLast()
        let file = CorpusFile(path: label + "a", absolutePath: name + "/a", size: 1, modified: 5_000_000)
        return WalkedRoot(
            root: name, label: label,
            outcome: code.map { .failure(CorporaError($0, subject: name)) } ?? .success(CorpusListing(files: [file])))
    }

    /// The plan for root "one", which is there, and root "two".
    private static func plan(
        two code: CorporaError.Code, known: [Source]? = known, allowEmpty: Bool = false
    ) throws -> RefreshPlan {
        try RefreshPlan(roots: [root("one/", nil), root("two/", code)], known: known, allowEmpty: allowEmpty)
    }

    @Test(arguments: [CorporaError.Code.rootMissing, .rootUnreadable(.folderUnreadable(.permissionDenied))])
    func theDocumentsOfARootThatIsNotThereAreKept(code: CorporaError.Code) throws {
        let plan = try Self.plan(two: code)
        #expect(plan.kept.map(\.path) == ["two/b"] && plan.gone.isEmpty && plan.refused.map(\.path) == ["two"])
        #expect(plan.unchanged.map(\.path) == ["one/a"])
    }

    @Test func theDocumentsOfAMissingRootAreGivenUpWhereThatIsAllowed() throws {
        let plan = try Self.plan(two: .rootMissing, allowEmpty: true)
        #expect(plan.gone.map(\.path) == ["two/b"] && plan.kept.isEmpty && plan.refused.isEmpty)
        let unreadable = try Self.plan(two: .rootUnreadable(.folderUnreadable(.ioError)), allowEmpty: true)
        #expect(unreadable.gone.isEmpty && unreadable.kept.map(\.path) == ["two/b"])
    }

    @Test func aNewIndexNeedsAllItsRoots() {
        #expect(throws: CorporaError(.rootMissing, subject: "/two")) { try Self.plan(two: .rootMissing, known: nil) }
        #expect(throws: CorporaError(.rootMissing, subject: "/two")) {
            try Self.plan(two: .rootMissing, known: nil, allowEmpty: true)
        }
    }

    @Test(arguments: [CorporaError.Code.rootEmpty, .nothingSelected(LeftOut(), skipped: 2)])
    func anEmptyRootIsAnErrorUnlessAllowed(code: CorporaError.Code) throws {
        for known in [Self.known, nil] {
            #expect(throws: IndexingError.rootEmpty("/two")) { try Self.plan(two: code, known: known) }
        }
        #expect(try Self.plan(two: code, allowEmpty: true).gone.map(\.path) == ["two/b"])
    }

    @Test func aRunWithoutAnyRootIsAnError() {
        let roots = [Self.root("one/", .rootMissing), Self.root("two/", .rootMissing)]
        for allowEmpty in [false, true] {
            #expect(throws: CorporaError(.rootMissing, subject: "/two")) {
                try RefreshPlan(roots: roots, known: Self.known, allowEmpty: allowEmpty)
            }
        }
    }

    @Test func filesThatWereNotSeenAreNoReasonToDropTheOthers() throws {
        let shut = CorpusListing(skipped: [CorpusListing.Skipped(path: "two", refusal: .folderUnreadable(.permissionDenied))]
        )
        let roots = [WalkedRoot(root: "/r", label: "", outcome: .success(shut))]
        #expect(throws: IndexingError.allGone(roots: ["/r"], known: 2)) {
            try RefreshPlan(roots: roots, known: Self.known, allowEmpty: false)
        }
        #expect(throws: IndexingError.nothingSeen(path: "two", Reason(.folderUnreadable(.permissionDenied)))) {
            try RefreshPlan(roots: roots, known: nil, allowEmpty: false)
        }
        let allowed = try RefreshPlan(roots: roots, known: Self.known, allowEmpty: true)
        #expect(allowed.gone.map(\.path) == ["one/a"] && allowed.kept.map(\.path) == ["two/b"])
        // Nothing is lost where every known file lies below the unseen folder.
        #expect(try RefreshPlan(roots: roots, known: [Self.known[1]], allowEmpty: false).kept.count == 1)
    }
}

@Suite struct LabelledRootTests {
    @Test(arguments: [
        (["/x/a"], [""]), (["/x/a", "/y/b"], ["a/", "b/"]),
        (["/x/a", "/y/a", "/z/a-2", "/v/a"], ["a/", "a-3/", "a-2/", "a-4/"]),
        (["/x/caf\u{e9}", "/y/cafe\u{301}"], ["caf\u{e9}/", "cafe\u{301}/"]),
    ])
    func everyRootHasALabelOfItsOwn(roots: [String], labels: [String]) {
        let given = CorpusRoots(IndexOptions(roots: roots).roots).labelled.map(\.label)
        #expect(given.map { Array($0.utf8) } == labels.map { Array($0.utf8) })
    }
}
