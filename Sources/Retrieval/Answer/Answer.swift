/// An answer that quotes what it says.
package struct Answer: Sendable, Codable, Equatable {
    /// A quoted sentence, row, list or paragraph.
    package struct Sentence: Sendable, Codable, Equatable {
        /// The sentence as the text has it.
        package let text: String
        /// The rank of the result in `sources` that holds the sentence, from 1.
        package let source: Int
        /// Where it stands.
        package let citation: Citation
        /// The head of the table, the lead-in or the question that the sentence belongs to; empty where there is none.
        package let context: [Context]
        /// The date, year or number of the document's version, where another version of the document is among the sources.
        package let version: String?
        /// Whether another version of the document is in force instead of this one.
        package let isSuperseded: Bool
    }

    /// A text beside a quotation, with its bytes in the same document.
    package struct Context: Sendable, Codable, Equatable {
        package let text: String
        package let start: Int
        package let end: Int
    }

    /// The words that answer, without the sentence around them.
    package struct Short: Sendable, Codable, Equatable {
        /// How the words were found.
        package enum Kind: String, Sendable, Codable {
            /// By the reader.
            case span
            /// A number, date or name of the kind that is asked for.
            case value
            /// A cell of a table, or the value of a key.
            case cell
            /// The cells of several rows that answer alike.
            case cells
            /// A whole list, or a short answer to a question in the text.
            case text
            /// Yes or no.
            case yes, no
            /// The number of a table's rows.
            case count
        }

        package let kind: Kind
        /// As it stands in the document; "yes" or "no" where the quotation says so in other words; a count in digits; cells
        /// of several rows with commas between them.
        package let text: String
        /// The number of the quotation that holds the words, from 1.
        package let sentence: Int
        /// The bytes in the document's text; for yes, no and a count the bytes of the quotation, for several cells those of
        /// the one in the quotation.
        package let start: Int
        package let end: Int
        /// An estimate of the probability that the words are right.
        package let confidence: Double
    }

    /// The question in words.
    package let question: String
    /// False where nothing in the index answers the question well enough.
    package let isFound: Bool
    /// The probability that the best sentence answers the question.
    package let confidence: Double
    /// The short answer; nil where the quotation has to say it.
    package let shortAnswer: Short?
    /// Short answers of other documents that say something else.
    package let otherAnswers: [Short]
    /// Names, numbers and identifiers of the question without which nothing answers it. Empty where something is found.
    package let missing: [String]
    /// Words of the question that the index lacks, with those that were looked for instead.
    package let corrections: [Correction]
    /// The sentences that answer, the best first. Every sentence stands in reconstructed text.
    package let sentences: [Sentence]
    /// The passages that were read.
    package let sources: [SearchResult]
    /// What a generator wrote, where one was asked.
    package var generated: GeneratedAnswer?
}
