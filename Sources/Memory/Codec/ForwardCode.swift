/// The entries of the code that the backbone's forward run leaves, by finite scalar quantisation (Mentzer et al. 2023).
package enum ForwardCode {
    /// The number of values of an entry. A model file with another number is refused.
    package static let levels = 15
    /// Entries are −half…half.
    package static let half: Int8 = 7
}
