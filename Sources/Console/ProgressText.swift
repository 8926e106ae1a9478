/// A line that shows how far work has come.
package enum ProgressText {
    /// Columns of a bar, and those below which there is none.
    private static let (bar, shortestBar) = (20, 5)

    /// The name of the work, a bar and words behind it, in at most `width` columns. Where they are few, the bar is shorter;
    /// then there is none; then the last words are left out. Nothing is cut.
    package static func line(_ name: String, _ share: Double, _ words: [String], width: Int) -> String {
        var words = words
        while true {
            let length = ([name] + words).reduce(-2) { $0 + $1.count + 2 }
            let room = min(bar, width - length - 2)
            if room >= shortestBar {
                let full = Int((share * Double(room)).rounded(.down))
                let bar = String(repeating: "█", count: full) + String(repeating: "░", count: room - full)
                return ([name, bar] + words).joined(separator: "  ")
            }
            if length <= width { return ([name] + words).joined(separator: "  ") }
            if words.isEmpty { return "" }
            words.removeLast()
        }
    }
}
