import Bytes

/// A line of a page, or a piece of a line. Its place is in points from the top left corner of the frame of its words.
struct PDFLine {
    /// The words in logical order, with single spaces between.
    var text: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    /// The width of the first word.
    var firstWord: Double
    /// The size of the largest letters.
    var size: Double
    /// Whether the line is a row of a table: " | " stands between its cells.
    var isTableRow = false
    /// The number of the ruled table of which the line is a row.
    var table: Int?
    /// Whether the line stands apart from the text of its page: at an angle, or as a note.
    var isApart = false
    /// The place in the order of drawing of the word of the line that is drawn first.
    var order = 0
    /// Whether the line starts a paragraph, whatever stands before it.
    var startsBlock = false

    var height: Double { bottom - top }

    /// A line of text at a place.
    init(text: String, left: Double, right: Double, top: Double, bottom: Double) {
        (self.text, self.left, self.right, self.top, self.bottom) = (text, left, right, top, bottom)
        firstWord = 0
        size = bottom - top
    }

    /// The line of some words that stand side by side, from left to right.
    ///
    /// - Parameter mirrors: whether brackets of text from right to left are the shapes that stand on the page.
    init(_ words: [PDFWord], mirrors: Bool) {
        let line = PDFLineText(words, mirrors: mirrors)
        text = line.text
        left = words.map(\.left).min() ?? 0
        right = words.map(\.right).max() ?? 0
        // Exponents, initials and a sign of another font do not make the line taller.
        let size = words.map(\.size).max() ?? 0
        let tall = words.filter { $0.size > 0.8 * size && $0.host == nil }
        top = Self.usual(tall, \.top) ?? words.map(\.top).min() ?? 0
        bottom = Self.usual(tall, \.bottom) ?? words.map(\.bottom).max() ?? 0
        firstWord = line.firstWord
        order = words.lazy.map(\.order).min() ?? 0
        self.size = size
    }

    /// An edge as most letters of some words have it. Nil without words.
    private static func usual(_ words: [PDFWord], _ edge: KeyPath<PDFWord, Double>) -> Double? {
        var before = 0
        let half = words.reduce(0) { $0 + $1.count } / 2
        return words.sorted { $0[keyPath: edge] < $1[keyPath: edge] }.first { word in
            before += word.count
            return before > half
        }?[keyPath: edge]
    }

    /// Appends a text, and extends the place of the line to that of `other`.
    mutating func append(_ other: PDFLine, _ text: String) {
        self.text += text
        left = min(left, other.left)
        right = max(right, other.right)
        top = min(top, other.top)
        bottom = max(bottom, other.bottom)
        size = max(size, other.size)
    }
}

extension PDFLine {
    /// Whether the first letter belongs to a script that runs from right to left.
    var isRightToLeft: Bool {
        for scalar in text.unicodeScalars where scalar.value.isLetter { return scalar.value.isRightToLeft }
        return false
    }

    /// Whether the line starts a list item.
    ///
    /// An item starts with a bullet, a number in a circle, a number before a full stop or bracket, or a letter before a
    /// bracket.
    var startsItem: Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first else { return false }
        if "•◦▪■●○‣⁃–—-*·✓".unicodeScalars.contains(first) {
            return scalars.dropFirst().first.map { $0 == " " } ?? false
        }
        if first.isCircledNumber { return true }
        let label = scalars.prefix { $0 != " " }
        guard label.count <= 5, label.count < scalars.count, let last = label.last, last == "." || last == ")" else {
            return false
        }
        let inner = label.dropLast().drop { $0 == "(" }
        let isNumber = inner.allSatisfy { $0.properties.numericType != nil || $0 == "." }
        return !inner.isEmpty && (isNumber || inner.count == 1 && last == ")")
    }

    /// Whether the line closes a sentence, or a part of one that a colon or semicolon ends.
    var endsSentence: Bool {
        ":;".utf8.contains(text.utf8.last ?? 0)
            || SentenceMarks.closeSentence(Array(text.utf8).span, before: text.utf8.count)
    }

    /// Whether the line starts with a small letter, or in a script that has none.
    var startsSmall: Bool {
        guard let first = text.unicodeScalars.first else { return false }
        let properties = first.properties
        return properties.isLowercase || properties.isAlphabetic && !properties.isUppercase && !properties.isCased
    }
}

extension Unicode.Scalar {
    /// Whether the character is a number in a circle, as marks of notes are.
    fileprivate var isCircledNumber: Bool {
        switch value {
        case 0x2460...0x2473, 0x24EA...0x24FF, 0x2776...0x2793, 0x3251...0x325F, 0x32B1...0x32BF: true
        default: false
        }
    }
}
