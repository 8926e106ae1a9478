import Corpora
import Testing

/// Bodies of mails: their forms, and what stands in place of one.
@Suite struct MailBodyTests {
    private func alternatives(_ parts: [(type: String, text: String)]) -> String? {
        let body = parts.map { "--x\nContent-Type: \($0.type)\n\n\($0.text)\n" }.joined()
        return Readers.text(
            "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n\(body)--x--\n", "a.eml")
    }

    /// What readers see stands first, and paragraphs that say something else after it.
    @Test func whatReadersSeeStandsFirst() {
        let plain = "Please pay 500 EUR by Friday.\n\nThank you for\nthe quick reply.\n"
        let page = "<p>Please pay 900 EUR by Friday.</p><p>Thank you for the quick reply.</p>"
        #expect(
            alternatives([("text/plain", plain), ("text/html", page)])
                == "Subject: s\n\nPlease pay 900 EUR by Friday.\n\nThank you for the quick reply.\n\nPlease pay 500 EUR by Friday.\n"
        )
        let struck = "<p>Old price <s>100 EUR</s>, new price 80 EUR.</p>"
        #expect(
            alternatives([("text/plain", "Old price 100 EUR, new price 80 EUR."), ("text/html", struck)])
                == "Subject: s\n\nOld price ~~100 EUR~~, new price 80 EUR.\n")
    }

    /// Long addresses, hidden hyphens and quotation marks are nothing new.
    @Test func theSameWordsAreWrittenOnce() {
        let address = "<https://quay.example/" + String(repeating: "a9", count: 60) + ">"
        let plain = "The captain's log is \(address) here, as of 3 May.\n"
        let page = "<p>The captain\u{2019}s log is <a>h\u{AD}ere</a>, as of <b>3</b> May.</p>"
        #expect(
            alternatives([("text/plain; charset=utf-8", plain), ("text/html; charset=utf-8", page)])?.contains("https")
                == false)
    }

    @Test func aFormWithFewWordsStandsForNone() {
        let words = "The ferry leaves the old harbour at nine and calls at the island."
        let text = alternatives([("text/plain", words), ("text/html", "<p>Open the app.</p>")])
        #expect(text?.hasPrefix("Subject: s\n\nThe ferry leaves") == true)
        let amp = alternatives([("text/plain", words), ("text/x-amp-html", "<html>tap, all of you, to go on</html>")])
        #expect(amp == "Subject: s\n\n\(words)\n")
    }

    @Test func textOfAWrongBoundaryIsKeptAndTold() {
        let mail = "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\nThe tug left at 7.\n"
        let document = Readers.read(Array(mail.utf8), path: "a.eml").document
        #expect(document?.string == "Subject: s\n\nThe tug left at 7.\n")
        #expect(document?.notes == [.damagedParts(["multipart/mixed"])])
    }

    @Test func enrichedTextHasNoMarks() {
        let mail = "Subject: s\nMIME-Version: 1.0\nContent-Type: text/enriched\n\n"
        let text = "<bold>Tides</bold> rise\nat <<7 h.\n\n<color><param>red</param>Mind</color> the gap.\n"
        #expect(Readers.text(mail + text, "a.eml") == "Subject: s\n\nTides rise at <7 h.\nMind the gap.\n")
    }

    @Test func aSignedPartIsNotLocked() {
        let mail =
            "Subject: s\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=s.p7m\n\nMFw\n"
        #expect(Readers.read(Array(mail.utf8), path: "a.eml").document?.notes == [.attachments(["s.p7m"])])
    }
}
