/// The text of a mail of Outlook ([MS-OXMSG]).
enum OutlookText {
    /// Writes the mail of a file.
    static func extract(_ file: CompoundFile, _ limits: ExtractionLimits) throws(Refusal) -> Extracted {
        var extracted = Extracted()
        try message(file, OutlookNames(file), below: "", level: 1, limits, &extracted)
        return extracted
    }

    private static func message(
        _ file: CompoundFile, _ names: OutlookNames, below folder: String, level: Int, _ limits: ExtractionLimits,
        _ extracted: inout Extracted
    ) throws(Refusal) {
        let properties = OutlookProperties(file, folder, header: folder.isEmpty ? 32 : 24)
        if !extracted.text.isEmpty { extracted.text.append(10) }
        if let title = DocumentTitle.clean((properties.text(0x0037) ?? "").utf8) {
            if extracted.title == nil { extracted.title = title }
            extracted.headings.append(Heading(start: extracted.text.count, level: level, text: title))
        }
        let header = OutlookHeader(file, below: folder, properties, names)
        if level == 1 { extracted.date = header.date.flatMap(DocumentDate.normalised) }
        extracted.text += Array((header.lines.joined(separator: "\n") + "\n").utf8)
        extracted.append(body(file, properties, below: folder))
        try attachments(file, names, below: folder, level: level, limits, &extracted)
    }

    /// The body of a mail, of its forms in plain text and HTML, or of that in rich text.
    private static func body(_ file: CompoundFile, _ properties: OutlookProperties, below folder: String) -> Extracted {
        var forms = BodyForms()
        var damaged = Remarks()
        func add(_ body: [UInt8], _ read: ([UInt8]) throws(Refusal) -> Extracted) {
            do throws(Refusal) {
                forms.add(try read(body), isShown: true)
            } catch {
                if error != .pageWithoutText { damaged.add(.damaged("the body of the message")) }
            }
        }
        let plain = properties.text(0x1000)
        if let plain {
            var form = Extracted()
            let text = plain.replacing("\r\n", with: "\n").replacing("\u{0}", with: "").trimmed
            form.append(paragraph: text)
            forms.add(form, isShown: true)
        }
        let page = file[folder + "__substg1.0_10130102"] ?? properties.text(0x1013).map { Array($0.utf8) }
        if let page, !page.isEmpty {
            add(page) { page throws(Refusal) in try HTMLReader.extract(page) }
        } else if plain == nil, let packed = file[folder + "__substg1.0_10090102"] {
            let body = PackedRichText.unpacked(packed)
            if body?.isWhole == false { damaged.add(.damaged("the body of the message")) }
            add(body?.text ?? []) { text throws(Refusal) in try RichTextReader.extract(text) }
        }
        var text = forms.text
        text.remarks.add(damaged)
        return text
    }

    /// Mails inside mails are read to this depth.
    private static let deepestMail = 4

    private static func attachments(
        _ file: CompoundFile, _ names: OutlookNames, below folder: String, level: Int, _ limits: ExtractionLimits,
        _ extracted: inout Extracted
    ) throws(Refusal) {
        for inner in file.folders(below: folder, named: "__attach_version1.0_#") {
            let properties = OutlookProperties(file, inner, header: 8)
            let name = properties.text(0x3707) ?? properties.text(0x3704) ?? properties.text(0x3001) ?? "attachment"
            let mail = inner + "__substg1.0_3701000D/"
            if level < deepestMail, file.paths.keys.contains(where: { $0.hasPrefix(mail + "__properties") }) {
                try message(file, names, below: mail, level: level + 1, limits, &extracted)
                continue
            }
            do throws(Refusal) {
                // A mail inside too many others, an object of another program, or a link has no bytes of its own.
                guard let bytes = file[inner + "__substg1.0_37010102"] else { throw .noText }
                let document = try Readers.readInside(bytes, path: name, limits: limits, used: extracted.text.count)
                extracted.append(heading: "Attachment: " + name, level: level + 1)
                extracted.append(document, levels: level + 1)
            } catch {
                if case .textTooLong = error { throw error }
                extracted.append(paragraph: "[Attachment, not read: \(name)]")
                extracted.remarks.add(error == .needsPassword ? .locked(name) : .attachment(name))
            }
        }
    }
}
