import Corpora
import Testing

@Suite struct CalendarReaderTests {
    private let event = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        SUMMARY:Dry dock
        LOCATION:Boat house 4
        DTSTART;TZID=Europe/Oslo:20240611T090000
        DTEND:20240611T100000Z
        ORGANIZER;CN="Ode Brink":mailto:ode@example.org
        ATTENDEE;ROLE=REQ-PARTICIPANT;CN=Tove:mailto:tove@example.org
        DESCRIPTION:Bring the mal
         let\\, please\\nand rope
        BEGIN:VALARM
        TRIGGER:-PT15M
        DESCRIPTION:Reminder
        END:VALARM
        END:VEVENT
        END:VCALENDAR

        """

    private let told = """
        Appointment: Dry dock
        Start: 2024-06-11 09:00 Europe/Oslo
        End: 2024-06-11 10:00 UTC
        Place: Boat house 4
        Organizer: Ode Brink <ode@example.org>
        Attendees: Tove <tove@example.org>
        Bring the mallet, please
        and rope

        """

    @Test func appointmentsAreLines() { #expect(Readers.text(event, "a.ics") == told) }

    @Test func anInvitationFollowsTheTextOfItsMail() {
        let mail =
            "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
            + "About the dock.\n--x\nContent-Type: text/calendar; method=REQUEST\n\n\(event)--x--\n"
        #expect(Readers.text(mail, "a.eml") == "Subject: s\n\nAbout the dock.\n\n" + told)
    }

    @Test func partsOfAnAppointmentBelongToIt() {
        let event =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Muster\nBEGIN:VLOCATION\nNAME:Pier hall\nEND:VLOCATION\n"
            + "X-ALT-DESC;FMTTYPE=text/html:<p>Bring <b>boots</b></p>\nEND:VEVENT\nEND:VCALENDAR\n"
        #expect(Readers.text(event, "a.ics") == "Appointment: Muster\nPier hall\nBring boots\n")
    }

    @Test func eachMailHasItsAppointments() {
        let invitation = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Muster\nEND:VEVENT\nEND:VCALENDAR\n"
        let mails = ["one", "two"].map {
            "From a@b Mon Jan  1 00:00:00 2024\nSubject: \($0)\nMIME-Version: 1.0\nContent-Type: text/calendar\n\n\(invitation)\n"
        }
        #expect(
            Readers.text(mails.joined(), "a.mbox")
                == "Subject: one\n\nAppointment: Muster\n\nSubject: two\n\nAppointment: Muster\n")
    }

    @Test func cardsAreLines() {
        let card =
            "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg=\n M=C3=BCller\nTEL;CELL:+47 55\nEND:VCARD\n"
        #expect(Readers.text(card, "a.vcf") == "FN: Jörg Müller\nTEL (CELL): +47 55\n")
        #expect(Readers.text("just words\n", "a.vcf") == "just words\n")
        #expect(Readers.text("NOTE:old\n\(card)", "a.vcf")?.hasPrefix("NOTE: old\n\nFN: Jörg") == true)
    }

    @Test func filesInTheTextOfAMailAreRead() {
        let mail = "Subject: u\n\nSee it.\n\nbegin 644 note.txt\n65&AE('5U(&ME>2!I<R!P;&]V97(N\"@``\n`\nend\n\nbegin well\n"
        #expect(
            Readers.text(mail, "a.eml")
                == "Subject: u\n\nSee it.\n\n\nbegin well\n\nAttachment: note.txt\n\nThe uu key is plover.\n")
    }
}

extension CalendarReaderTests {
    private func event(_ lines: String) -> String? {
        Readers.text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Muster\n\(lines)END:VEVENT\nEND:VCALENDAR\n", "a.ics")
    }

    @Test func aPageThatSaysMoreThanTheDescriptionIsRead() {
        let page = "X-ALT-DESC;FMTTYPE=text/html:<p>Bring <b>boots</b></p>\n"
        #expect(event("DESCRIPTION:Bring boots\n" + page) == "Appointment: Muster\nBring boots\n")
        #expect(event("DESCRIPTION:\n" + page) == "Appointment: Muster\nBring boots\n")
        #expect(event("DESCRIPTION:Soon.\n" + page) == "Appointment: Muster\nSoon.\nBring boots\n")
    }

    /// Times when somebody can be reached (RFC 7953), and kinds that no standard knows.
    @Test func componentsOfOtherKindsAreEntries() {
        let calendar = """
            BEGIN:VCALENDAR
            BEGIN:VTIMEZONE
            TZID:Europe/Oslo
            BEGIN:STANDARD
            COMMENT:not shown
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VAVAILABILITY
            SUMMARY:Office hours
            BEGIN:AVAILABLE
            SUMMARY:Monday to Friday
            END:AVAILABLE
            END:VAVAILABILITY
            BEGIN:X-LOG
            COMMENT:Calm sea
            END:X-LOG
            BEGIN:VTODO
            SUMMARY:Paint
            PERCENT-COMPLETE:40
            END:VTODO
            END:VCALENDAR

            """
        #expect(
            Readers.text(calendar, "a.ics")
                == "Availability: Office hours\nMonday to Friday\n\nX-log\nCalm sea\n\nTask: Paint\nPercent complete: 40\n")
    }
}

extension CalendarReaderTests {
    private func entry(_ lines: String...) -> String? {
        let text = (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR"]).joined(separator: "\n")
        return Readers.text(text, "a.ics")
    }

    @Test func wholeDaysEndWithTheLastOne() {
        #expect(
            entry("DTSTART;VALUE=DATE:20240430", "DTEND;VALUE=DATE:20240502")
                == "Appointment\nStart: 2024-04-30\nEnd: 2024-05-01\n")
        #expect(
            entry("DTSTART;VALUE=DATE:20240229", "DTEND;VALUE=DATE:20240301")
                == "Appointment\nStart: 2024-02-29\nEnd: 2024-02-29\n")
        #expect(
            entry("DTSTART;VALUE=DATE:20231231", "DTEND;VALUE=DATE:20240101")
                == "Appointment\nStart: 2023-12-31\nEnd: 2023-12-31\n")
        #expect(
            entry("DTSTART:20240430T100000", "DTEND:20240430T110000")
                == "Appointment\nStart: 2024-04-30 10:00\nEnd: 2024-04-30 11:00\n")
    }

    @Test func answersToAnInvitationAreTold() {
        #expect(
            entry(
                "ATTENDEE;CN=Ann;PARTSTAT=DECLINED:mailto:ann@x.org", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@x.org",
                "ATTENDEE;PARTSTAT=tentative:mailto:cyd@x.org")
                == "Appointment\nAttendees: Ann <ann@x.org> (declined), bob@x.org, cyd@x.org (tentative)\n")
    }
}

extension CalendarReaderTests {
    @Test func placesOfMeetingsInTheNetAndOnTheMapAreKept() {
        let lines = [
            "BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:Berths", "GEO:60.07;6.55",
            "X-GOOGLE-CONFERENCE:https://meet.example/a",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/b", "END:VEVENT", "END:VCALENDAR", "",
        ]
        let links = "https://meet.example/a, https://teams.example/b"
        #expect(
            Readers.text(lines.joined(separator: "\r\n"), "a.ics")
                == "Appointment: Berths\nCoordinates: 60.07, 6.55\nConference: \(links)\n")
    }
}
