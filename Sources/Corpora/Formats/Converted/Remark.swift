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

    mutating func add(_ remark: Remark, times: Int = 1) { counts[remark, default: 0] += times }

    mutating func add(_ others: Remarks) { for (remark, count) in others.counts { add(remark, times: count) } }
}
