import Foundation
import Interface

/// What a reader asks the page for.
struct PageQuery: Sendable {
    enum Mode: String { case ask, search }

    /// The name that stands for all indexes.
    static let all = "*"

    /// The conditions that a query may have.
    private static let conditions = ["path", "type", "since", "before"]

    /// What a reader asks, and where.
    static let fields: [Form.Field] = [
        .init("q", .text(0...4096), "The question or the words to look for."),
        .init("mode", .choice(["ask", "search"]), "What to do with them."),
        .init("index", .text(0...255), "The name of the index."),
        .init("path", .text(0...400), "Only documents whose path fits."),
        .init("type", .text(0...80), "Only this format."),
        .init("since", .text(0...40), "Only documents of this date or later."),
        .init("before", .text(0...40), "Only documents from before this date."),
    ]
    /// The page's form.
    static let form = Form(fields + [.init("part", .choice(["results"]), "Only the results.")])

    let text: String
    let mode: Mode
    let index: String?
    let filters: [String: String]
    /// Whether only the results are wanted, for a page that is there already.
    let isPart: Bool

    init(_ entries: Entries) {
        func value(_ name: String) -> String? {
            entries.text(name).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        text = value("q") ?? ""
        mode = entries.text("mode").flatMap(Mode.init) ?? .ask
        index = value("index")
        filters = PageQuery.conditions.reduce(into: [:]) { $0[$1] = value($1) }
        isPart = entries.text("part") != nil
    }

    /// The fields but the index, for a link to a page that leads back to what was asked.
    var link: HTML {
        let conditions = PageQuery.conditions.compactMap { name in
            filters[name].map { value -> HTML in "&amp;\(name)=\(link: value)" }
        }
        return "q=\(link: text)&amp;mode=\(mode.rawValue)\(conditions)"
    }

    /// The request of the API for a form.
    func entries(_ form: Form, as name: String) throws -> Entries {
        var members: [String: JSON] = [name: .text(text)]
        for (name, value) in filters { members[name] = .text(value) }
        if let index { members[index == PageQuery.all ? "indexes" : "index"] = .text(index) }
        return try form.read(.object(members))
    }
}
