import Corpora
import Retrieval

extension RefusedFile {
    /// The reason as the reader of files gave it.
    var refusal: Refusal? { Refusal(number: reason.number, details: reason.details) }
}
