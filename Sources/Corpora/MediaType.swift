/// The kinds of files that are read into documents.
public enum MediaType: String, Sendable, Codable, CaseIterable {
    case text, markdown, html, pdf
}
