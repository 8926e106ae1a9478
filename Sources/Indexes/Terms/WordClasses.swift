/// The words of the base lexicon, sorted into classes by how often the model saw them.
struct WordClasses: Sendable {
    /// The classes: a count has one to sixteen binary digits.
    static let count = 16

    /// The positions of the words of each class, ascending.
    private(set) var members = [[UInt32]](repeating: [], count: WordClasses.count)
    /// The class of each word.
    private let numbers: [UInt8]

    /// - Parameter frequency: how often the model saw each word.
    init(_ frequency: [UInt16]) {
        numbers = frequency.map { UInt8(UInt16.bitWidth - 1 - max($0, 1).leadingZeroBitCount) }
        for (position, number) in numbers.enumerated() { members[Int(number)].append(UInt32(position)) }
    }

    var wordCount: Int { numbers.count }

    /// The class of a word by its position.
    func number(of position: UInt32) -> Int { Int(numbers[Int(position)]) }

    /// For each class the places in it of some words, which ascend.
    func held(_ words: [UInt32]) -> [[UInt32]] {
        var place = [Int](repeating: 0, count: WordClasses.count)
        var held = [[UInt32]](repeating: [], count: WordClasses.count)
        for word in words {
            let number = number(of: word)
            while members[number][place[number]] < word { place[number] += 1 }
            held[number].append(UInt32(place[number]))
        }
        return held
    }
}
