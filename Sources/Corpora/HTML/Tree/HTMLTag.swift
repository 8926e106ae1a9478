/// The HTML elements that the extraction tells apart. Every other element is `other`.
enum HTMLTag: String {
    case text = "#text"
    /// An element that no standard knows, such as one of the page's own.
    case other = "#other"
    /// The place where a page starts, in a document that has pages.
    case page = "#page"
    case html, head, body, title, base, meta
    case article, main, section, div, center, header, footer, aside, nav, address, figure, figcaption, details, summary
    case h1, h2, h3, h4, h5, h6, p, pre, blockquote, hr, br
    case ul, ol, menu, li, dl, dt, dd
    case table, caption, thead, tbody, tfoot, tr, td, th
    case a, b, i, em, strong, span, font, code, kbd, samp, tt, small, big, sub, sup, q, cite, abbr, u, s, del, ins,
        mark, time
    case label, data, bdi, bdo, wbr, img, nobr, acronym, strike, dfn
    case variable = "var"
    case script, style, noscript, template, form, input, button, select, textarea, option, fieldset, legend
    case ruby, rb, rt, rp, rtc
    case mfrac, msup, msub, msubsup, mover, munder, munderover, msqrt, mroot, mfenced, mtable, mtr, mtext, annotation
    case mmultiscripts, mprescripts
    case iframe, object, embed, svg, math, canvas, audio, video, map, area, dialog, applet, frame, frameset, noframes
    case tspan, textpath, metadata, foreignobject
    case drawnText = "text"
    case hgroup, search, dir, optgroup, datalist, output, meter, progress, picture, source, track, param, col, colgroup, slot

    /// Whether a browser shows nothing of the text inside the element: code, fallbacks, pictures.
    var isRemoved: Bool {
        switch self {
        case .title, .script, .style, .template, .iframe, .embed, .canvas, .audio, .video, .dialog, .applet,
            .frame, .rp, .annotation, .metadata:
            true
        default: false
        }
    }

    /// Whether the element is empty. The parser wrongly gives such an element the nodes after it as children.
    var isVoid: Bool { self == .wbr || self == .embed }

    /// The element that a name in a page stands for. Old names for preformatted text are `pre`.
    init(name: String) {
        if let tag = HTMLTag(rawValue: name) ?? HTMLTag(rawValue: name.lowercased()) {
            self = tag
        } else {
            self = ["listing", "xmp", "plaintext"].contains(name) ? .pre : .other
        }
    }

    /// The part of a table that a role of ARIA makes of an element; nil for another role.
    init?(role: String) {
        switch role {
        case "table", "grid", "treegrid": self = .table
        case "rowgroup": self = .tbody
        case "row": self = .tr
        case "cell", "gridcell": self = .td
        case "columnheader", "rowheader": self = .th
        default: return nil
        }
    }

    /// The element of a formula by its name in MathML; nil for another name.
    init?(mathematical name: String) {
        guard let tag = HTMLTag(rawValue: name), tag == .math || Self.mathematical.contains(tag) else { return nil }
        self = tag
    }

    private static let mathematical: Set<HTMLTag> = [
        .mfrac, .msup, .msub, .msubsup, .mover, .munder, .munderover, .msqrt, .mroot, .mfenced, .mtable, .mtr, .mtext,
    ]

    /// Whether the element is a group of rows of a table.
    var isRowGroup: Bool { self == .thead || self == .tbody || self == .tfoot }

    /// Whether the element is part of a line, so that its text goes on in that line.
    var isInline: Bool {
        switch self {
        case .text, .a, .b, .i, .em, .strong, .span, .font, .code, .kbd, .samp, .tt, .small, .big, .sub, .sup, .q,
            .cite, .abbr, .u, .s, .del, .ins, .mark, .time, .label, .data, .bdi, .bdo, .wbr, .img, .br, .nobr, .acronym,
            .strike, .dfn, .variable, .page, .math, .button, .ruby, .rb, .rt, .rtc, .input, .svg, .map, .area, .tspan,
            .textpath, .other, .output, .meter, .progress, .picture, .source, .track, .param, .slot:
            true
        default: false
        }
    }

    /// 1 to 6 for a heading; nil for every other element.
    var headingLevel: Int? {
        switch self {
        case .h1: 1
        case .h2: 2
        case .h3: 3
        case .h4: 4
        case .h5: 5
        case .h6: 6
        default: nil
        }
    }
}
