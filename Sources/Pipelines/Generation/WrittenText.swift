import Foundation

/// The text of a language model as it comes: without the thoughts that some servers leave before the answer, and without
/// white space around it.
package struct WrittenText {
    private enum State {
        /// What has come so far may be the start of thoughts.
        case opening
        case thinking
        case writing
    }

    private static let thoughts = (open: "<think>", close: "</think>")

    /// The answer so far: all pieces together.
    package private(set) var text = ""
    private var state = State.opening
    /// What came before the answer.
    private var before = ""
    /// What may belong to the answer: the end of the thoughts, in which their closing mark may begin, or white space that is
    /// kept back until words follow.
    private var held = ""

    /// No text yet.
    package init() {}

    /// Takes a piece as it comes, and gives what of it belongs to the answer.
    package mutating func take(_ piece: String) -> String {
        held += piece
        if state != .writing { before += piece }
        if state == .opening {
            let start = held.drop(while: \.isWhitespace)
            if start.count < WrittenText.thoughts.open.count, WrittenText.thoughts.open.hasPrefix(start) { return "" }
            state = start.hasPrefix(WrittenText.thoughts.open) ? .thinking : .writing
        }
        if state == .thinking {
            guard let close = held.firstRange(of: WrittenText.thoughts.close) else {
                held = String(held.suffix(WrittenText.thoughts.close.count))
                return ""
            }
            held = String(held[close.upperBound...])
            state = .writing
        }
        if text.isEmpty { held = String(held.drop(while: \.isWhitespace)) }
        let end = held.lastIndex { !$0.isWhitespace }.map { held.index(after: $0) } ?? held.startIndex
        let written = String(held[..<end])
        held = String(held[end...])
        text += written
        return written
    }

    /// Ends the text, and gives what was kept back: thoughts without an end are the answer.
    package mutating func end() -> String {
        guard state != .writing else { return "" }
        text = before.trimmingCharacters(in: .whitespacesAndNewlines)
        return text
    }
}

/// The lines of a stream of server-sent events, of which a chat completion uses only the data.
struct EventLines {
    private var rest: [UInt8] = []

    /// Takes bytes as they come, and gives the data of the lines that have ended.
    mutating func take(_ bytes: Data) -> [String] {
        rest += bytes
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let lines = rest[..<end].split(separator: UInt8(ascii: "\n"))
        defer { rest.removeSubrange(...end) }
        return lines.compactMap { line in
            guard line.starts(with: "data:".utf8) else { return nil }
            return String(decoding: line.dropFirst(5), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
