import Corpora
import TestSupport
import Testing

@Suite struct OutlookReaderTests {
    private typealias Sample = OldOfficeSample

    /// The properties of a mail, a recipient or an attachment of Outlook.
    private struct Properties {
        /// Texts by the four hexadecimal digits of their numbers.
        var texts: [(number: String, text: String)] = []
        /// Numbers of eight bytes, by the numbers of property and kind.
        var numbers: [(tag: Int, value: Int)] = []

        func streams(in folder: String, header: Int) -> [(name: String, bytes: [UInt8])] {
            let fixed = numbers.flatMap { Sample.number($0.tag, 4) + Sample.number(6, 4) + Sample.number($0.value, 8) }
            return [(folder + "__properties_version1.0", Sample.zeros(header) + fixed)]
                + texts.map { number, text in
                    (folder + "__substg1.0_\(number)001F", text.utf16.flatMap { Sample.number(Int($0)) })
                }
        }
    }

    /// The streams that give the numbers 8000, 8001 and so on to names, each a family and a number.
    private func names(_ names: [(family: UInt8, number: Int)]) -> [(name: String, bytes: [UInt8])] {
        let end: [UInt8] = [0x20, 6, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
        let entries = names.enumerated().flatMap { index, name in
            Sample.number(name.number, 4) + Sample.number((index + 3) << 1) + Sample.number(index)
        }
        let folder = "__nameid_version1.0/__substg1.0_"
        return [(folder + "00020102", names.flatMap { [$0.family] + end }), (folder + "00030102", entries)]
    }

    private func text(_ streams: [(name: String, bytes: [UInt8])]) -> String? {
        Readers.text(Sample.compound(streams, keepsLengths: true), "a.msg")
    }

    private func recipient(_ index: Int, _ name: String, _ address: String, kind: Int) -> [(name: String, bytes: [UInt8])] {
        let number = address.hasPrefix("/o=") ? "3003" : "39FE"
        return Properties(texts: [("3001", name), (number, address)], numbers: [(0x0C15_0003, kind)])
            .streams(in: "__recip_version1.0_#0000000\(index)/", header: 8)
    }

    /// 3 May 2024, 09:30 UTC, and the midnights in UTC at the start of that day and of 7 May.
    private static let time = 133_592_022_000_000_000
    private static let day = 133_591_680_000_000_000
    private static let laterDay = day + 4 * 864_000_000_000

    @Test func recipientsHaveAddresses() {
        let mail = Properties(
            texts: [
                ("0037", "Berths"), ("0C1A", "Ida Odde"), ("0C1E", "EX"), ("0C1F", "/o=Harbour/cn=ida"),
                ("0E04", "Ole Quay; Ann Pier"), ("0E03", "zoe@quay.example"), ("0E02", "Kai Mole"), ("1000", "See you."),
            ], numbers: [(0x0039_0040, Self.time)])
        let streams =
            mail.streams(in: "", header: 32) + recipient(0, "Ole Quay", "ole@quay.example", kind: 1)
            + recipient(1, "zoe@quay.example", "zoe@quay.example", kind: 2)
            + recipient(2, "Kai Mole", "/o=Harbour/cn=kai", kind: 3)
        #expect(
            text(streams) == """
                Subject: Berths
                From: Ida Odde
                To: Ole Quay <ole@quay.example>, Ann Pier
                Cc: zoe@quay.example
                Bcc: Kai Mole
                Date: 2024-05-03 09:30 UTC

                See you.

                """)
    }

    @Test func aMailForAnotherPersonTellsBoth() {
        let mail = Properties(texts: [
            ("0037", "Berths"), ("0C1A", "Ida Odde"), ("0C1E", "SMTP"), ("0C1F", "ida@quay.example"),
            ("0042", "Harbour Office"), ("5D02", "office@quay.example"), ("1000", "See you."),
        ])
        #expect(
            text(mail.streams(in: "", header: 32))
                == "Subject: Berths\nFrom: Harbour Office <office@quay.example>\nSender: Ida Odde <ida@quay.example>\n\nSee you.\n"
        )
    }

    @Test func contactsTellNumbersAndAddresses() {
        let names = names([(4, 0x8083), (4, 0x8093), (4, 0x801B), (4, 0x8082)])
        let contact = Properties(
            texts: [
                ("001A", "IPM.Contact"), ("0037", "Ida Odde"), ("3A08", "+47 555 1234"), ("3A16", "Quay & Sons"),
                ("3A17", "Pilot"), ("3A06", "Ida"), ("3A11", "Odde"), ("3A45", "Dr"), ("3A26", "Norway"),
                ("8000", "ida@quay.example"), ("8001", "office@quay.example"), ("8002", "4 Mole Street\r\n5750 Odda"),
            ], numbers: [(0x3A42_0040, Self.day)])
        let document = text(names + contact.streams(in: "", header: 32))
        #expect(
            document == """
                Subject: Ida Odde
                Name: Dr Ida Odde
                Company: Quay & Sons
                Job title: Pilot
                Business phone: +47 555 1234
                E-mail: ida@quay.example
                E-mail: office@quay.example
                Business address: 4 Mole Street, 5750 Odda, Norway
                Birthday: 2024-05-03

                """)
    }

    @Test func appointmentsTellTimesAndPlace() {
        let names = names([(2, 0x820D), (2, 0x820E), (2, 0x8208), (2, 0x8215)])
        func appointment(_ kind: String, _ start: Int, _ end: Int, isWholeDay: Bool) -> String? {
            let properties = Properties(
                texts: [("001A", kind), ("0037", "Tide table"), ("8002", "Pier 4")],
                numbers: [(0x8000_0040, start), (0x8001_0040, end), (0x8003_000B, isWholeDay ? 1 : 0)])
            return text(names + properties.streams(in: "", header: 32))
        }
        for kind in ["IPM.Appointment", "IPM.Schedule.Meeting.Request"] {
            #expect(
                appointment(kind, Self.time, Self.time + 36_000_000_000, isWholeDay: false)
                    == "Subject: Tide table\nStart: 2024-05-03 09:30 UTC\nEnd: 2024-05-03 10:30 UTC\nPlace: Pier 4\n")
        }
        // Midnight of the writer, two hours before that of UTC, and five hours after it.
        for hours in [-2, 5] {
            let shift = hours * 36_000_000_000
            #expect(
                appointment("IPM.Appointment", Self.day + shift, Self.laterDay + shift, isWholeDay: true)
                    == "Subject: Tide table\nStart: 2024-05-03\nEnd: 2024-05-06\nPlace: Pier 4\n")
        }
    }

    @Test func tasksTellDays() {
        let names = names([(3, 0x8104), (3, 0x8105), (3, 0x811C), (3, 0x8101)])
        func task(_ isComplete: Int, state: Int) -> String? {
            let properties = Properties(
                texts: [("001A", "IPM.Task"), ("0037", "Paint the buoy")],
                numbers: [
                    (0x8000_0040, Self.day), (0x8001_0040, Self.laterDay), (0x8002_000B, isComplete), (0x8003_0003, state),
                ])
            return text(names + properties.streams(in: "", header: 32))
        }
        let days = "Subject: Paint the buoy\nStart: 2024-05-03\nDue: 2024-05-07\n"
        #expect(task(1, state: 2) == days + "Status: completed\n")
        #expect(task(0, state: 1) == days + "Status: in progress\n")
    }

    /// The properties of a mail inside a mail have a shorter header.
    @Test func aMailInsideAMailHasItsOwnFields() {
        let folder = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
        let inner = Properties(texts: [("0037", "Old tides"), ("1000", "Low.")], numbers: [(0x0039_0040, Self.time)])
        let outer = Properties(texts: [("0037", "Tides"), ("1000", "High.")])
        #expect(
            text(outer.streams(in: "", header: 32) + inner.streams(in: folder, header: 24))
                == "Subject: Tides\n\nHigh.\n\nSubject: Old tides\nDate: 2024-05-03 09:30 UTC\n\nLow.\n")
    }

    /// Packed by another program, with references into the text and into what the window holds at the start.
    private static let packed =
        "7c000000af0000004c5a46751a889ed003000a00726370673132357e3200f401f702a403e4071302807d030aff01d0205468652066010490727920746f"
        + "204f82640100206c656176079182610540373a34352c12603111ea51756112501361393a3831302e0aa311d80970737447064002200600756e"
        + "6414e0730515837d17e0"
    private static let richText =
        #"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}\pard\plain\f0\fs20 The ferry to Odde leaves at 7:45, "#
        + #"the ferry to Quay at 9:10.\par The ferry rests on Sundays.\par}"#

    private func mail(body: [UInt8]) -> Document? {
        let streams = Properties(texts: [("0037", "Ferries")]).streams(in: "", header: 32)
        return Readers.read(
            Sample.compound(streams + [("__substg1.0_10090102", body)], keepsLengths: true), path: "a.msg"
        ).document
    }

    @Test func packedRichTextIsABody() throws {
        let packed = stride(from: 0, to: Self.packed.utf8.count, by: 2).map { place in
            UInt8(String(Array(Self.packed)[place..<(place + 2)]), radix: 16) ?? 0
        }
        let plain = Array(Self.richText.utf8)
        let header = Sample.number(plain.count + 12, 4) + Sample.number(plain.count, 4) + Sample.number(0x414C_454D, 4)
        let text =
            "Subject: Ferries\n\nThe ferry to Odde leaves at 7:45, the ferry to Quay at 9:10.\n\nThe ferry rests on Sundays.\n"
        for body in [packed, header + Sample.zeros(4) + plain] {
            let document = try #require(mail(body: body))
            #expect(document.string == text)
            #expect(document.notes == [])
        }
        // Of a body that is cut off, what is there is read, and that it is cut off is told.
        for body in [Array(packed.prefix(90)), Array((header + Sample.zeros(4) + plain).prefix(140))] {
            let document = try #require(mail(body: body))
            #expect(document.string.contains("leaves at 7:45"))
            #expect(document.notes == [.damagedParts(["the body of the message"])])
        }
    }

    @Test func aDamagedBodyIsTold() {
        for body in [[], [1, 2, 3], Sample.number(40, 4) + Sample.zeros(40)] {
            let document = mail(body: body)
            #expect(document?.string == "Subject: Ferries\n")
            #expect(document?.notes == [.damagedParts(["the body of the message"])])
        }
    }

    @Test func attachmentsHaveNotes() {
        let outer = Properties(texts: [("0037", "Tides"), ("1000", "High.")]).streams(in: "", header: 32)
        let folder = "__attach_version1.0_#00000000/"
        let page = Array("<p>Tides of May.</p><p hidden>Tides of June.</p>".utf8)
        let attachment =
            Properties(texts: [("3707", "may.html")]).streams(in: folder, header: 8)
            + [(folder + "__substg1.0_37010102", page)]
        let document = Readers.read(Sample.compound(outer + attachment, keepsLengths: true), path: "a.msg").document
        #expect(document?.string.contains("Tides of May.") == true)
        #expect(document?.notes == [.inside("may.html", .hiddenPieces(1))])
    }

    /// The body of a mail in HTML, and the text that says something else.
    @Test func theFormThatReadersSeeStandsFirst() {
        let page = "<p>Pay <s>500</s> 900 EUR by Monday.</p>"
        let mail = Properties(texts: [("0037", "Dues"), ("1000", "Pay 500 900 EUR by Monday.\r\n\r\nCall 0421 7788.")])
        let streams = mail.streams(in: "", header: 32) + [("__substg1.0_10130102", Array(page.utf8))]
        #expect(text(streams) == "Subject: Dues\n\nPay ~~500~~ 900 EUR by Monday.\n\nCall 0421 7788.\n")
    }
}
