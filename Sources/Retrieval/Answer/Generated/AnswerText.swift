/// The comparison of an answer with a text that may hold it.
package enum AnswerText {
    /// Whether a text holds an answer, without regard to case and to the kind and number of white space between words.
    package static func holds(_ text: String, _ answer: String) -> Bool { folded(text).contains(folded(answer)) }

    private static func folded(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
