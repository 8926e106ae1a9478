import Algorithms
import Indexes
import Memory

/// The words of the paths and titles of documents. A word of a query is looked for in them as in the text.
final class DocumentFields: Sendable {
    /// For each folded word the positions of its documents in `IndexSnapshot.documents`, ascending.
    private let documents: [[UInt8]: [Int32]]

    init(_ snapshot: IndexSnapshot) {
        var lists = WordLists()
        for (position, document) in snapshot.documents.enumerated() {
            for path in document.paths { lists.add(path, of: Int32(position)) }
            lists.add(document.title, of: Int32(position))
        }
        documents = lists.byWord
    }

    /// Lists of documents by word, while they are made. Most forms occur in many names, and each is folded once.
    private struct WordLists {
        private var numbers: [[UInt8]: Int] = [:]
        private var lists: [[Int32]] = []
        /// The numbers of the words of each form.
        private var forms: [[UInt8]: [Int]] = [:]

        var byWord: [[UInt8]: [Int32]] { numbers.mapValues { lists[$0] } }

        mutating func add(_ text: String, of document: Int32) {
            let bytes = Array(text.utf8)
            for range in Words.forms(in: bytes.span) {
                for number in words(of: Array(bytes[range])) where lists[number].last != document {
                    lists[number].append(document)
                }
            }
        }

        private mutating func words(of form: [UInt8]) -> [Int] {
            if let known = forms[form] { return known }
            let words = DocumentFields.words(ofForm: form).map { word in
                if let number = numbers[word] { return number }
                numbers[word] = lists.count
                lists.append([])
                return lists.count - 1
            }
            forms[form] = words
            return words
        }
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
            for range in Words.forms(in: bytes.span) { words.formUnion(DocumentFields.words(ofForm: Array(bytes[range]))) }
        }
        return words
    }

    /// The folded form, and the parts of an identifier.
    private static func words(ofForm form: [UInt8]) -> [[UInt8]] { [Words.fold(form)] + Identifier.parts(of: form) }
}
