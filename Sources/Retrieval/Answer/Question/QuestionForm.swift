import Foundation

/// A question in words that texts have.
enum QuestionForm {
    private static let days = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
    private static let times = ["morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht"]

    /// A question with the day and the time of "Mittwochnachmittag" as two words, with "died" for an English "die", which is an
    /// article of German, and without the words that ask what letters stand for, which no answer holds.
    static func plain(_ question: String) -> String {
        let pieces = question.split(separator: " ", omittingEmptySubsequences: false).map { piece in
            let folded = piece.lowercased()
            for day in days where folded.hasPrefix(day) {
                let rest = folded.dropFirst(day.count)
                guard let time = times.first(where: rest.hasPrefix), rest.count <= time.count + 2 else { continue }
                return piece.prefix(day.count) + " " + time.capitalized + piece.dropFirst(day.count + time.count)
            }
            return String(piece)
        }
        let plain = pieces.joined(separator: " ").replacing(
            /(?i)^((?:\w+ ){0,3}(?:did|does) .+) die(?=[ ?.!]*$| (?:of|in|on|at|from|for|after|before)\b)/
        ) { match in
            // "The die" is no verb.
            let before = match.1.split(separator: " ").last?.lowercased() ?? ""
            return ["the", "a", "this", "that", "word"].contains(before) ? String(match.0) : "\(match.1) died"
        }
        guard let letters = abbreviation(plain) else { return plain }
        return (plain.lowercased().hasPrefix("what") ? "What is " : "Was ist ") + letters + "?"
    }

    /// The letters that a question asks the meaning of: "SSO" of "What does SSO stand for?".
    static func abbreviation(_ question: String) -> String? {
        for form in [
            /(?i)^what (?:does|do) (?:the )?(?:abbreviation |acronym |letters )?([^\s?]{2,10}) (?:stand for|abbreviate)\s*\??$/,
            /^(?:What (?:does|do) (?:the )?(?:abbreviation |letters )?|Was (?:bedeutet|heißt) (?:die Abkürzung )?)([A-Z]{2,6})(?: mean)?\s*\??$/,
            /^(?i:what is) ([A-Z]{2,6}) (?:short|an abbreviation|an acronym) for\s*\??$/,
            /(?i)^(?:wofür|für was) (?:steht|stehen) (?:die )?(?:abkürzung |buchstaben )?([^\s?]{2,10})\s*\??$/,
        ] {
            if let match = question.wholeMatch(of: form) { return String(match.1) }
        }
        return nil
    }
}
