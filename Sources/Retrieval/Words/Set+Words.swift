extension Set<[UInt8]> {
    /// The words of a text that has whitespace between them, in UTF-8.
    static func words(_ text: String) -> Set { Set(text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }) }
}
