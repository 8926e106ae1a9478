import Bytes

/// Names as programs have them: words that are joined with capitals inside.
package enum Identifier {
    /// The folded parts of a form with capitals inside, of at least two characters each; none where there are no parts.
    package static func parts(of form: [UInt8]) -> [[UInt8]] {
        // Most words hold no capital but their first letter.
        guard form.dropFirst().contains(where: { $0 >= 0x80 || $0.isUppercase }) else { return [] }
        // Where each character starts, and where the last one ends.
        var starts: [Int] = []
        var isUpper: [Bool] = []
        var at = 0
        while at < form.count {
            let character = UTF8Character(in: form.span, at: at)
            starts.append(at)
            isUpper.append(character.scalar.map { Words.folded(scalar: $0) != $0 } ?? false)
            at += character.length
        }
        starts.append(at)
        var parts: [[UInt8]] = []
        var start = 0
        for i in 1...isUpper.count {
            // A part begins at a capital after a small letter, and at the last of several capitals before one.
            let begins =
                i == isUpper.count
                || isUpper[i] && (!isUpper[i - 1] || i + 1 < isUpper.count && !isUpper[i + 1])
            guard begins else { continue }
            if i - start > 1 { parts.append(Words.fold(Array(form[starts[start]..<starts[i]]))) }
            start = i
        }
        return parts.count == 1 && parts[0] == Words.fold(form) ? [] : parts
    }
}
