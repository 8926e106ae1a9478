import Algorithms
import Indexes
import Memory

/// The words of the paths and titles of documents. A word of a query is looked for in them as in the text.
final class DocumentFields: Sendable {
    /// For each folded word the positions of its documents in `IndexSnapshot.documents`, ascending.
    private let documents: [[UInt8]: [Int32]]

    init(_ snapshot: IndexSnapshot) {
        var documents: [[UInt8]: [Int32]] = [:]
        for (position, document) in snapshot.documents.enumerated() {
            for word in DocumentFields.words(of: document.paths + [document.title]) {
                documents[word, default: []].append(Int32(position))
            }
        }
        self.documents = documents
    }

    /// All words.
    var words: Dictionary<[UInt8], [Int32]>.Keys { documents.keys }

    /// The documents whose path or title holds a word.
    func documents(holding word: [UInt8]) -> [Int32] { documents[word] ?? [] }

    /// Whether the path or the title of a document holds a word.
    func holds(_ word: [UInt8], document: Int) -> Bool {
        guard let list = documents[word] else { return false }
        let i = list.partitioningIndex { $0 >= Int32(document) }
        return i < list.count && list[i] == Int32(document)
    }

    /// The folded words of some texts, and the parts of their identifiers.
    static func words(of texts: [String]) -> Set<[UInt8]> {
        var words: Set<[UInt8]> = []
        for text in texts {
            let bytes = Array(text.utf8)
            for range in Words.forms(in: bytes.span) {
                let form = Array(bytes[range])
                words.insert(Words.fold(form))
                words.formUnion(Identifier.parts(of: form))
            }
        }
        return words
    }
}
