import TestSupport

/// Inputs to start from for the readers of documents, by the extension of the format.
func documentSeeds(_ format: String) -> [[UInt8]] {
    let texts: [String]
    switch format {
    case "docx":
        texts = [
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:pStyle w:val=\"H\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>"
                + "</w:numPr></w:pPr><w:r><w:rPr><w:strike/></w:rPr><w:t>a</w:t><w:br/><w:footnoteReference w:id=\"1\"/></w:r></w:p>"
                + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></w:body>"
                + "<w:style w:styleId=\"H\"><w:basedOn w:val=\"H\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style>"
                + "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"1\"><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>"
                + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:footnote w:id=\"1\"><w:p/></w:footnote></w:document>"
        ]
    case "xlsx":
        texts = [
            "<x><si><t>s</t></si><numFmts><numFmt numFmtId=\"170\" formatCode=\"0.00%\"/></numFmts><cellXfs><xf numFmtId=\"170\"/></cellXfs>"
                + "<row r=\"1\"><c r=\"B1\" s=\"0\"><v>1.5</v></c><c t=\"s\"><v>0</v></c></row></x>"
        ]
    case "pptx":
        texts = [
            "<s><cSld><spTree><sp><nvSpPr><nvPr><ph type=\"title\"/></nvPr></nvSpPr><txBody><p><pPr lvl=\"2\"/><r><t>a</t></r></p></txBody></sp>"
                + "<grpSp/><graphicFrame><tbl><tr><tc><txBody/></tc></tr></tbl></graphicFrame></spTree></cSld></s>"
        ]
    case "odt", "ods", "odp":
        texts = [
            "<c><automatic-styles><list-style name=\"L\"><list-level-style-number level=\"1\" num-format=\"1\" display-levels=\"2\"/></list-style>"
                + "</automatic-styles><body><text><h outline-level=\"1\">a</h><list style-name=\"L\"><list-item><p>b<s/></p></list-item></list>"
                + "<table><table-row><table-cell number-columns-repeated=\"3\"><p>c</p></table-cell></table-row></table></text></body></c>",
            "<c><body><spreadsheet><table name=\"t\"><table-row number-rows-repeated=\"2\"><table-cell><p>c</p></table-cell></table-row></table>"
                + "</spreadsheet></body></c>",
            "<c><body><presentation><page><frame class=\"title\"><text-box><p>t</p></text-box></frame></page></presentation></body></c>",
        ]
    case "epub": texts = ["<html><body><h1>a</h1><p>b</p></body></html>"]
    case "rtf":
        texts = [
            "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\pard\\intbl a\\'e9\\cell\\row\\pard\\u233?{\\footnote n}\\par}"
        ]
    case "eml", "mhtml":
        texts = [
            "Subject: =?utf-8?Q?=C3=A9?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>a\n"
                + "--x\nContent-Type: text/plain; format=flowed\nContent-Disposition: attachment; filename=a.csv\n\na,b\n1,2\n--x--\n"
        ]
    case "mbox": texts = ["From a@b Mon Mar  4 09:12:44 2024\nSubject: a\n\nb\n\nFrom c@d Tue Mar  5 08:01:02 2024\n\nc\n"]
    case "csv": texts = ["a;b\n\"c\"\"\n\";4,5\n"]
    case "json": texts = ["{\"a\": \"\\u00e9\\n\\/\\ud83d\\ude00\", \"b\": [1, \"é\"]}"]
    case "ipynb":
        texts = [
            "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"a\"],\"outputs\":[{\"text\":\"b\"}]},{\"cell_type\":\"markdown\",\"source\":\"# c\"}]}"
        ]
    case "srt":
        texts = ["1\n00:00:01,000 --> 00:00:02,000\n<i>a</i>\n", "WEBVTT\n\nNOTE b\n\n00:01.000 --> 00:02.000\n<v C>d\n"]
    case "tex": texts = ["\\title{A}\\section*[b]{C\\'e {\\ss}}\\begin{verbatim}\\'e\\end{verbatim}"]
    case "ics":
        texts = [
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Oslo:20240301T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
                + "SUMMARY:a\\, b\r\nATTENDEE;CN=\"C D\";PARTSTAT=DECLINED:mailto:c@d\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        ]
    case "vcf": texts = ["BEGIN:VCARD\nVERSION:3.0\nN:B;A;;;\nTEL;TYPE=work:+1 2\nNOTE:c\\nd\nEND:VCARD\n"]
    case "doc": return [oldWordSeed()]
    default: texts = []
    }
    return texts.map { Array($0.utf8) }
}

/// A Word document before 2007 with a list, a table, marks of characters, a note and a comment.
private func oldWordSeed() -> [UInt8] {
    typealias Sample = OldWordSample
    let struck = Sample.property(0x0837, [1]), inTable = Sample.property(0x2416, [1])
    var sample = Sample([
        .init([("Kept ", []), ("struck", struck)]), .init("Item", Sample.property(0x460B, [1, 0])),
        .init("Cell", inTable, mark: 7), .init("", inTable + Sample.property(0x2417, [1]), mark: 7),
        .init("A note\u{2}"), .init("A field \u{13} PAGE \u{14}3\u{15}"),
    ])
    sample.footnotes = [.init("Below.")]
    sample.comments = [.init("Said.")]
    sample.data = OldOfficeSample.zeros(64)
    return sample.file()
}
