/// How cells that span columns or rows are written: one rule for the tables of all formats.
///
/// Who reads or finds one column must see its header and its value: a cell over several columns or rows stands in each of
/// them. A long text stands once. The first cell of a row of values stands once among the columns, because it names the row.
enum CellSpan {
    /// The most columns that a cell spans (HTML Standard, 4.9.11).
    static let mostColumns = 1000
    /// The most rows that a cell spans (HTML Standard, 4.9.11).
    static let mostRows = 65_534

    /// The longest text that is written in each of its rows, and of a header in each of its columns, in bytes.
    private static let longestRepeated = 200
    /// The longest value that is written in each of its columns, such as "closed", in bytes.
    private static let longestValue = 40

    /// Whether a text of so many bytes is written in each column that its cell spans.
    static func repeatsInColumns(_ length: Int, isHeader: Bool, isFirst: Bool) -> Bool {
        length <= (isHeader ? longestRepeated : isFirst ? 0 : longestValue)
    }

    /// Whether a text of so many bytes is written in each row that its cell spans.
    static func repeatsInRows(_ length: Int) -> Bool { length <= longestRepeated }

    /// A number of columns that a file states, within what cells span.
    static func columns(_ stated: Int?) -> Int { min(mostColumns, max(1, stated ?? 1)) }

    /// A number of rows that a file states, within what cells span.
    static func rows(_ stated: Int?) -> Int { min(mostRows, max(1, stated ?? 1)) }
}
