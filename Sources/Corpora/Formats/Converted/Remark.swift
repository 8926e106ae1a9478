/// Something in a file that its text does not hold.
enum Remark: Hashable, Sendable {
    /// A picture without alternative text.
    case picture
    /// An object of another program inside the file, such as a drawing or a macro. The payload says what it is.
    case object(String)
    /// An attachment that no reader reads. The payload is its name.
    case attachment(String)
    /// A part that a password locks.
    case locked(String)
    /// A damaged part. Its text may be incomplete.
    case damaged(String)
    /// Text that the program of the file does not show.
    case hiddenText
    /// A part that is too long, or nested too deep.
    case beyondLimit(String)
}

/// The remarks of one file, each with the number of times that it holds.
struct Remarks: Equatable, Sendable {
    private(set) var counts: [Remark: Int] = [:]
    /// Notes about files inside the file.
    private var inner: [ReadingNote] = []

    /// The notes about files inside the file that an index stores, at most.
    private static let mostInner = 100

    mutating func add(_ remark: Remark, times: Int = 1) { counts[remark, default: 0] += times }

    /// The notes that an index stores.
    var notes: [ReadingNote] {
        var notes: [ReadingNote] = []
        func names(_ name: (Remark) -> String?) -> [String] { counts.keys.compactMap(name).sorted() }
        let attachments = names { if case .attachment(let name) = $0 { name } else { nil } }
        let objects = names { if case .object(let name) = $0 { name } else { nil } }
        let locked = names { if case .locked(let name) = $0 { name } else { nil } }
        let damaged = names { if case .damaged(let name) = $0 { name } else { nil } }
        let beyond = names { if case .beyondLimit(let name) = $0 { name } else { nil } }
        if let count = counts[.hiddenText] { notes.append(.hiddenPieces(count)) }
        if !attachments.isEmpty { notes.append(.attachments(attachments)) }
        if let count = counts[.picture] { notes.append(.pictures(count)) }
        if !objects.isEmpty { notes.append(.objects(objects)) }
        if !locked.isEmpty { notes.append(.lockedParts(locked)) }
        if !damaged.isEmpty { notes.append(.damagedParts(damaged)) }
        if !beyond.isEmpty { notes.append(.partsBeyondLimit(beyond)) }
        return notes + inner.prefix(Self.mostInner)
    }

    mutating func add(_ others: Remarks) {
        for (remark, count) in others.counts { add(remark, times: count) }
        inner += others.inner
    }

    /// Adds the notes of a file inside the file, with the name of that file.
    mutating func add(_ notes: [ReadingNote], in name: String) { inner += notes.map { .inside(name, $0) } }
}
