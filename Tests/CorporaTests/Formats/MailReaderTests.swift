import Corpora
import Foundation
import TestSupport
import Testing

@Suite struct MailReaderTests {
    @Test func headerAndBodyAreDecoded() throws {
        let mail = """
            From: =?utf-8?Q?Zo=C3=AB_Marsh?= <zoe@example.org>
            To: crew@example.org
            Received: from a by b
            Subject: =?iso-8859-1?Q?R=E9union?=
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            The caf=E9 opens at ei=
            ght.
            """
        let document = try #require(Readers.read(Array(mail.utf8), path: "a.eml").document)
        #expect(
            document.string
                == "Subject: Réunion\nFrom: Zoë Marsh <zoe@example.org>\nTo: crew@example.org\n\nThe café opens at eight.\n")
        #expect(document.title == "Réunion")
        #expect(document.spans.headings(at: 70) == ["Réunion"])
    }

    @Test func theRicherAlternativeIsTakenOnlyWhereItSaysMore() {
        func mail(_ plain: String, _ page: String) -> String {
            "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n\(plain)\n"
                + "--x\nContent-Type: text/html\n\n\(page)\n--x--\n"
        }
        #expect(
            Readers.text(mail("Pay by Friday.", "<p>Pay by <b>Friday</b>.</p>"), "a.eml")?.hasSuffix("Pay by Friday.\n")
                == true)
        let table = Readers.text(
            mail("See the page.", "<table><tr><td>rope</td><td>4.10</td><td>for each metre</td></tr></table>"), "a.eml")
        #expect(table?.contains("rope | 4.10") == true)
        #expect(table?.contains("See the page") == false)
    }

    @Test func attachmentsAreReadByTheirReaders() throws {
        let word = Data(OfficeSample.word(OfficeSample.paragraph("Signed in Odde."))).base64EncodedString()
        let mail =
            "Subject: papers\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee below.\n"
            + "--x\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"deed.docx\"\n"
            + "Content-Transfer-Encoding: base64\n\n\(word)\n--x\nContent-Type: image/png; name=\"pier.png\"\n"
            + "Content-Disposition: attachment; filename=\"pier.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
        let document = try #require(Readers.read(Array(mail.utf8), path: "a.eml").document)
        #expect(
            document.string
                == "Subject: papers\n\nSee below.\n\nAttachment: deed.docx\n\nSigned in Odde.\n\n[Attachment, not read: pier.png, image/png]\n"
        )
        #expect(document.spans.headings(at: 60) == ["papers", "Attachment: deed.docx"])
    }

    @Test func mailsInsideMailsAndEncryptedPartsAreTold() {
        let inner = "Subject: the old mail\nFrom: a@b\n\nOld words.\n"
        let mail =
            "Subject: fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n\(inner)\n"
            + "--x\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=y\n\n--y\n"
            + "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--y\nContent-Type: application/octet-stream\n\nxxxx\n--y--\n--x--\n"
        let text = Readers.text(mail, "a.eml")
        #expect(text?.contains("Subject: the old mail\nFrom: a@b\n\nOld words.") == true)
        #expect(text?.contains("[Encrypted part, not read]") == true)
    }

    @Test func aMailboxIsAllItsMails() throws {
        let box =
            "From a@b Mon Mar  4 09:12:44 2024\nSubject: one\n\nFirst.\n\n>From here on it rains.\n\n"
            + "From c@d Tue Mar  5 08:01:02 2024\nSubject: two\nContent-Transfer-Encoding: base64\n\nU2Vjb25kLgo=\n"
        let document = try #require(Readers.read(Array(box.utf8), path: "list.mbox").document)
        #expect(document.string == "Subject: one\n\nFirst.\n\nFrom here on it rains.\n\nSubject: two\n\nSecond.\n")
        #expect(document.spans.headings(at: document.text.count - 1) == ["two"])
        #expect(document.title == nil)
    }

    @Test func flowedLinesAreJoined() {
        let mail = "Content-Type: text/plain; format=flowed\n\nThe courier \nbrings it.\n> Is it \n> here?\n\n-- \nZoë\n"
        #expect(
            Readers.text(mail, "a.eml")
                == "The courier brings it.\n> Is it here?\n\n-- \nZoë\n")
    }

    @Test func savedPagesAreReadAsPages() throws {
        let page =
            "From: <Saved>\nSubject: old name\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\n"
            + "Content-Transfer-Encoding: quoted-printable\n\n<title>Ferry times</title><h1>Times</h1><p>Caf=C3=A9 boat</p>\n--x\n"
            + "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n"
        let document = try #require(Readers.read(Array(page.utf8), path: "a.mhtml").document)
        #expect(document.string == "Times\n\nCafé boat\n")
        #expect(document.title == "Ferry times")
    }

    /// What was not read of an attachment is told, with its name.
    @Test func attachmentsHaveNotes() throws {
        let page = "<p>Tides of May.</p><p hidden>Tides of June.</p>"
        let inner =
            "Subject: old\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=y\n\n"
            + "--y\nContent-Type: text/html; name=tides.html\nContent-Disposition: attachment\n\n\(page)\n--y--\n"
        let mail =
            "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n"
            + "--x\nContent-Type: text/html; name=\"May tides.html\"\nContent-Disposition: attachment\n\n\(page)\n"
            + "--x\nContent-Type: message/rfc822\n\n\(inner)\n--x--\n"
        let document = try #require(Readers.read(Array(mail.utf8), path: "a.eml").document)
        #expect(document.string.contains("Tides of May.") && !document.string.contains("June"))
        #expect(document.notes == [.inside("May tides.html", .hiddenPieces(1)), .inside("tides.html", .hiddenPieces(1))])
    }

    @Test func hostileMailsEnd() throws {
        let folder = try TemporaryFolder(["plain.txt": "text"])
        let nested = (0..<3000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined() + "\nkept\n"
        let parts = "Content-Type: multipart/mixed; boundary=x\n\n" + String(repeating: "--x\n\nz\n", count: 5000)
        let mails = String(repeating: "Content-Type: message/rfc822\n\n", count: 3000) + "kept\n"
        let extractor = Extractor(.underTest, workers: 1)
        for (name, text) in [("nested.eml", nested), ("parts.eml", parts), ("mails.eml", mails)] {
            try folder.write(Array(("Subject: s\nMIME-Version: 1.0\n" + text).utf8), to: name)
            _ = try extractor.extract(folder.file(name))
            #expect(try extractor.extract(folder.file("plain.txt")).document?.string == "text")
        }
    }

    @Test func aPartThatSaysSomethingElseIsKeptToo() throws {
        func mail(_ plain: String) -> [UInt8] {
            let parts = [
                ("plain", plain), ("html", "<p>The ferry leaves the old harbour at nine, <b>every</b> day but Sunday.</p>"),
            ]
            let body = parts.map { "--B\nContent-Type: text/\($0.0)\n\n\($0.1)\n" }.joined()
            return Array(("MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n" + body + "--B--\n").utf8)
        }
        let same = Readers.text(mail("The ferry leaves the old harbour at nine, *every* day but Sunday."), "a.eml")
        #expect(same?.components(separatedBy: "ferry").count == 2)
        let other = Readers.text(mail("Call the office under 0421 7788 for winter fares of the boat"), "a.eml")
        #expect(other?.contains("ferry") == true && other?.contains("0421 7788") == true)
    }

    /// Of parts that all say the same besides the best one, one is written.
    @Test func aPartThatRepeatsAnotherIsNotWrittenTwice() {
        let sentence = "The ferry leaves the old harbour at nine and calls at the island. "
        let best = "<p>" + String(repeating: sentence, count: 3) + "</p>"
        let other = "Open the version for browsers under harbour.example to see all pictures of winter"
        let parts = [("text/plain", other), ("text/x-watch-html", other), ("text/html", best)]
        let body = parts.map { "--B\nContent-Type: \($0.0)\n\n\($0.1)\n" }.joined()
        let mail = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n" + body + "--B--\n"
        let text = Readers.text(Array(mail.utf8), "a.eml") ?? ""
        #expect(text.contains("ferry") && text.components(separatedBy: "harbour.example").count == 2, "\(text)")
    }

    @Test func linesEndAsProgramsEndThem() {
        let mail = "From: Ida <ida@quay.example>\nSubject: Berths\n\nLine one.\nLine two.\n"
        let read = "Subject: Berths\nFrom: Ida <ida@quay.example>\n\nLine one.\nLine two.\n"
        for end in ["\r\r\n", "\r"] {
            #expect(Readers.text(mail.replacing("\n", with: end), "a.eml") == read)
            let box = "From ida Fri May  3 10:00:00 2024\n" + mail
            #expect(Readers.text(box.replacing("\n", with: end), "a.mbox")?.contains("Line one.\nLine two.\n") == true)
        }
    }
}

extension MailReaderTests {
    /// A line of a body starts with "From ", with and without a blank line before it.
    @Test func linesThatStartWithFromStartNoMail() {
        let mails =
            "From a@b Mon Jan  1 00:00:00 2024\nSubject: one\n\nThe tug left.\nFrom here on it is calm.\n\nFrom Odde to Kiel in a day.\n\n"
            + "From MAILER-DAEMON\nSubject: two\n\nThe end.\n"
        #expect(
            Readers.text(mails, "a.mbox")
                == "Subject: one\n\nThe tug left.\nFrom here on it is calm.\n\nFrom Odde to Kiel in a day.\n\nSubject: two\n\nThe end.\n"
        )
    }

    @Test func linesOfAHeaderThatAreNoFieldsAreKept() {
        #expect(
            Readers.text("Subject: tide\nThe tug left.\nAt six.\n\nNo answer.\n", "a.eml")
                == "Subject: tide\n\nThe tug left.\nAt six.\n\nNo answer.\n")
        #expect(
            Readers.text("Subject: a long\nsubject\nFrom: a@b\n\nBody.\n", "a.eml")
                == "Subject: a long subject\nFrom: a@b\n\nBody.\n")
    }
}

/// Parts that name their content and do not hold it (RFC 2046, section 5.2.3).
extension MailReaderTests {
    private func mail(_ parts: [String]) -> [UInt8] {
        let body = parts.map { "--B\n\($0)\n" }.joined()
        return Array(
            ("Subject: chart\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n" + body + "--B--\n").utf8)
    }

    @Test func textsAfterAnAttachmentStandBeforeIt() throws {
        let file = "Content-Type: text/plain\nContent-Disposition: attachment; filename=tides.txt\n\nHigh at nine.\n"
        let document = try #require(
            Readers.read(
                mail(["Content-Type: text/plain\n\nMy letter.\n", file, "Content-Type: text/plain\n\nDock 77.\n"]),
                path: "a.eml"
            ).document)
        #expect(
            document.string
                == "Subject: chart\n\nMy letter.\n\nDock 77.\n\nAttachment: tides.txt\n\nHigh at nine.\n")
    }

    @Test func linesBelowBase64AreKeptAsText() {
        let header = "Subject: tide\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        #expect(
            Readers.text(header + "SGlnaCB0aWRlIGF0IG5pbmU\n--\nList of the harbour\n", "a.eml")
                == "Subject: tide\n\nHigh tide at nine\n--\nList of the harbour\n")
        #expect(
            Readers.text(header + "SGlnaCB0aWRl\nIGF0IG5pbmU=\n", "a.eml") == "Subject: tide\n\nHigh tide at nine\n")
    }

    @Test func contentThatIsElsewhereIsToldByNameAndWay() throws {
        let part =
            "Content-Type: message/external-body; access-type=ANON-FTP; name=\"tides.ps\"; site=\"ftp.odde.example\";\n"
            + " directory=\"charts\"\n\nContent-Type: application/postscript\nContent-ID: <t@odde.example>\n"
            + "Content-Description: Tides of May\n"
        let document = try #require(
            Readers.read(mail(["Content-Type: text/plain\n\nThe chart is below.\n", part]), path: "a.eml").document)
        #expect(
            document.string
                == "Subject: chart\n\nThe chart is below.\n\n[Attachment elsewhere, not read: tides.ps, Tides of May, "
                + "application/postscript, anon-ftp ftp.odde.example charts]\n")
        #expect(document.notes == [.attachments(["tides.ps (anon-ftp)"])])
    }

    /// An address may be broken over lines, and words may stand where the content would.
    @Test func addressesAreWholeAndWordsBesideAreKept() throws {
        let address =
            "Content-Type: message/external-body; access-type=URL;\n URL=\"https://odde.example/charts/\n    tides.pdf\"\n\n"
            + "Content-Type: application/pdf; name=\"may.pdf\"\n"
        let command =
            "Content-Type: message/external-body; access-type=mail-server; server=\"list@odde.example\"\n\n"
            + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nsend tides 5\n"
        let document = try #require(Readers.read(mail([address, command]), path: "a.eml").document)
        #expect(document.string.contains("not read: may.pdf, application/pdf, url https://odde.example/charts/tides.pdf]"))
        #expect(document.string.hasSuffix("not read: text/plain, mail-server list@odde.example]\n\nsend tides 5\n"))
        #expect(document.notes == [.attachments(["may.pdf (url)", "text/plain (mail-server)"])])
    }
}

extension MailReaderTests {
    @Test func textInUTF7IsDecoded() {
        let mail = "Subject: x\nContent-Type: text/plain; charset=UTF-7\n\nPrice +AKM-5, caf+AOk, 1 +- 1 and +2DzfDQ-.\n"
        #expect(Readers.text(mail, "a.eml") == "Subject: x\n\nPrice £5, café, 1 + 1 and 🌍.\n")
    }

    @Test func aPlusSignThatBeginsNothingStays() {
        let mail =
            "Subject: x\nContent-Type: text/plain; charset=UTF-7\n\nThe caf+AOk- sells C++, 2 + 3 = 5, a+/b and cr+AOg-me+\n"
        #expect(Readers.text(mail, "a.eml") == "Subject: x\n\nThe café sells C++, 2 + 3 = 5, a+/b and crème+\n")
    }
}

extension MailReaderTests {
    private func subject(_ field: String) -> String? { Readers.text("Subject: \(field)\n\nTide.\n", "a.eml") }

    @Test func neighbouringEncodedWordsAreDecodedEach() {
        let words = [
            // Padding in the middle, at the end and nowhere.
            (
                "=?UTF-8?B?SGlnaCB0aWRl?=\n =?UTF-8?B?LCBsb3cgdGk=?=\n =?UTF-8?B?ZGUgYXQgbmluZQ==?=",
                "High tide, low tide at nine"
            ),
            ("=?UTF-8?B?TcO2?= =?UTF-8?B?d2U=?= =?utf-8?b?biBpbiBLaWVs?=", "Möwen in Kiel"),
            ("=?UTF-8?B?w6k?=", "é"), ("Quay =?UTF-8?B?w6k?= four", "Quay é four"),
            // A character, and the digits of base64, are cut between words.
            ("=?UTF-8?B?S8M=?= =?UTF-8?B?vHN0ZQ==?=", "Küste"), ("=?UTF-8?Q?K=C3?= =?UTF-8?Q?=BCste?=", "Küste"),
            ("=?UTF-8?B?S8O8c?= =?UTF-8?B?3Rl?=", "Küste"),
            // A shift state goes on in the next word, or does not.
            ("=?ISO-2022-JP?B?GyRCOUEbKEI=?= =?ISO-2022-JP?B?GyRCJE4bKEI=?=", "港の"),
            ("=?ISO-2022-JP?B?GyRCOUE=?= =?ISO-2022-JP?B?JE4bKEI=?=", "港の"),
            ("=?GB2312?B?uNs=?= =?GB2312?B?v9o=?=", "港口"),
            // Words of several charsets and encodings, and a language.
            ("=?iso-8859-1?Q?K=FCste?= =?UTF-8*de?B?IHVuZCBNw7Z3ZQ==?= two", "Küste und Möwe two"),
            ("=?no-such-charset?Q?Tide?= =?x?= =?UTF-8?Q?a", "Tide =?x?= =?UTF-8?Q?a"),
        ]
        for (field, text) in words { #expect(subject(field) == "Subject: \(text)\n\nTide.\n", "\(field)") }
    }

    @Test func namesAndTitlesInSeveralEncodedWordsAreWhole() throws {
        let mail =
            "From: =?UTF-8?B?SsO8cmc=?= =?UTF-8?B?IE3DtndlcnQ=?= <jm@quay.example>\nSubject: =?UTF-8?B?VGlkZXM=?=\n =?UTF-8?B?IG9mIE1heQ==?=\n\nTide.\n"
        let document = try #require(Readers.read(Array(mail.utf8), path: "a.eml").document)
        #expect(document.string == "Subject: Tides of May\nFrom: Jürg Möwert <jm@quay.example>\n\nTide.\n")
        #expect(document.title == "Tides of May")
        let box = Readers.text("From jm Fri May  3 10:00:00 2024\n" + mail, "a.mbox")
        #expect(box?.contains("Tides of May\nFrom: Jürg Möwert <jm@quay.example>\n") == true)
    }

    /// The end of the name says by which reader the attachment is read.
    @Test func namesOfAttachmentsInSeveralEncodedWordsAreWhole() {
        let name = "=?UTF-8?B?R2Viw7xocg==?= =?UTF-8?B?ZW4uY3N2?="
        let heads = [
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"\(name)\"",
            "Content-Type: application/octet-stream;\n name=\"\(name)\"\nContent-Disposition: attachment",
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=UTF-8''Geb%C3%BChren.csv",
        ]
        for head in heads {
            let mail =
                "Subject: fees\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\(head)\n\nberth,fee\n4,12\n--x--\n"
            let text = Readers.text(mail, "a.eml")
            #expect(text?.contains("Attachment: Gebühren.csv") == true, "\(head)")
            #expect(text?.contains("not read") == false, "\(head)")
        }
    }

    @Test func base64GoesOnAfterPadding() {
        func mail(_ body: String, _ type: String = "text/plain; charset=utf-8") -> String {
            "Subject: tide\nContent-Type: \(type)\nContent-Transfer-Encoding: base64\n\n\(body)\n"
        }
        #expect(
            Readers.text(mail("SGlnaCB0aWRlIGF0IA==\nbmluZSBpbiBPZGRl"), "a.eml")
                == "Subject: tide\n\nHigh tide at nine in Odde\n")
        #expect(
            Readers.text(mail("SGlnaCB0aWRlIGF0IA==\nbmluZQ==\n____\nUnsubscribe\n"), "a.eml")
                == "Subject: tide\n\nHigh tide at nine\n____\nUnsubscribe\n")
        let file = mail("YmVydGgsZmVlCjQsMQ==\nMgo1LDE0Cg==", "text/csv; name=fees.csv")
        #expect(Readers.text(file, "a.eml")?.contains("14") == true)
        let other = mail("YmVydGgsZmVlCjQsMQ==\nMgo1LDE0Cg==", "application/octet-stream; name=fees.csv")
        #expect(Readers.text(other, "a.eml")?.contains("14") == true)
    }
}
