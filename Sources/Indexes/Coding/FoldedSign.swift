extension Int {
    /// A number of either sign as one that is not negative: small numbers stay small.
    var folded: Int { self < 0 ? -2 * self - 1 : 2 * self }

    /// The number of either sign that was folded.
    init(folded number: Int) { self = number & 1 == 1 ? -(number + 1) / 2 : number / 2 }
}
