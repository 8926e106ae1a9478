import Bytes
import CPoppler

/// A line of a page, or a piece of a line. Its place is in points from the top left corner of the page.
struct PDFLine {
    /// The words, with single spaces between.
    var text: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    /// The width of the first word.
    var firstWord: Double

    var height: Double { bottom - top }

    /// Splits the text of a page at line ends, and wherever the place of the letters jumps.
    ///
    /// - Parameter boxes: the rectangle of each Unicode scalar of `text`.
    static func fragments(of text: String, boxes: UnsafeBufferPointer<PopplerRectangle>) -> [PDFLine] {
        var fragments: [PDFLine] = []
        var current: PDFLine?
        var spaceDue = false
        var isFirstWord = true
        func end() {
            if let fragment = current { fragments.append(fragment) }
            current = nil
            spaceDue = false
            isFirstWord = true
        }
        for (i, scalar) in text.unicodeScalars.enumerated() {
            if scalar == "\n" {
                end()
                continue
            }
            if scalar.properties.isWhitespace {
                spaceDue = current != nil
                isFirstWord = current == nil
                continue
            }
            guard let letters = Self.letters(scalar) else { continue }
            let box = i < boxes.count ? boxes[i] : PopplerRectangle(x1: 0, y1: 0, x2: 0, y2: 0)
            let place = PDFLine(text: "", box: box)
            if let fragment = current, !fragment.touches(place) { end() }
            guard current != nil else {
                current = place
                current!.text = letters
                current!.firstWord = place.right - place.left
                continue
            }
            current!.append(place, (spaceDue ? " " : "") + letters)
            spaceDue = false
            if isFirstWord { current!.firstWord = current!.right - current!.left }
        }
        end()
        return fragments
    }

    private init(text: String, box: PopplerRectangle) {
        self.text = text
        let (x1, y1) = (Self.onPage(box.x1), Self.onPage(box.y1))
        let (x2, y2) = (Self.onPage(box.x2), Self.onPage(box.y2))
        left = min(x1, x2)
        right = max(x1, x2)
        top = min(y1, y2)
        bottom = max(y1, y2)
        firstWord = 0
    }

    /// A coordinate in points, kept within 200 inches, the size of the largest page that PDF programs show.
    ///
    /// A hostile file may state any number.
    private static func onPage(_ coordinate: Double) -> Double {
        coordinate.isFinite ? min(max(coordinate, -14_400), 14_400) : 0
    }

    /// Appends a text, and extends the place of the line to that of `other`.
    mutating func append(_ other: PDFLine, _ text: String) {
        self.text += text
        left = min(left, other.left)
        right = max(right, other.right)
        top = min(top, other.top)
        bottom = max(bottom, other.bottom)
    }

    /// Whether a letter stands at the height of the line and near it.
    private func touches(_ letter: PDFLine) -> Bool {
        let overlap = min(bottom, letter.bottom) - max(top, letter.top)
        guard overlap >= 0.3 * min(height, letter.height) else { return false }
        let gap = max(letter.left - right, left - letter.right)
        return gap < 1.5 * max(height, letter.height)
    }

    /// The text for a scalar of a page. Ligatures become letters. Nil for control characters and direction marks.
    private static func letters(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0..<32, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: nil
        case 0xFB00: "ff"
        case 0xFB01: "fi"
        case 0xFB02: "fl"
        case 0xFB03: "ffi"
        case 0xFB04: "ffl"
        case 0xFB05, 0xFB06: "st"
        default: String(scalar)
        }
    }
}

extension PDFLine {
    /// Whether the first letter belongs to a script that runs from right to left.
    var isRightToLeft: Bool {
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            return (0x590...0x8FF).contains(scalar.value) || (0xFB1D...0xFEFC).contains(scalar.value)
        }
        return false
    }

    /// Whether the line starts a list item.
    ///
    /// An item starts with a bullet, a number before a full stop or bracket, or a letter before a bracket.
    var startsItem: Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first else { return false }
        if "•◦▪■●○‣⁃–—-*·✓".unicodeScalars.contains(first) {
            return scalars.dropFirst().first.map { $0 == " " } ?? false
        }
        let label = scalars.prefix { $0 != " " }
        guard label.count <= 5, label.count < scalars.count, let last = label.last, last == "." || last == ")" else {
            return false
        }
        let inner = label.dropLast().drop { $0 == "(" }
        let isNumber = inner.allSatisfy { $0.properties.numericType != nil || $0 == "." }
        return !inner.isEmpty && (isNumber || inner.count == 1 && last == ")")
    }

    /// Whether the line is a table row.
    var isTableRow: Bool { text.contains(" | ") }

    /// Whether the line closes a sentence, or a part of one that a colon or semicolon ends.
    var endsSentence: Bool {
        ":;".utf8.contains(text.utf8.last ?? 0)
            || SentenceMarks.closeSentence(Array(text.utf8).span, before: text.utf8.count)
    }
}
