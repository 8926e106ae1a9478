import Foundation

/// Texts in URLs.
package enum URLText {
    private static let plain = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")

    /// Everything but plain letters, digits and slashes in percent signs.
    package static func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }

    /// One part of a path: slashes in percent signs too.
    package static func escapedPart(_ text: String) -> String { escaped(text).replacing("/", with: "%2F") }
}
