import Retrieval
import Testing

struct ExactFormsTests {
    @Test(arguments: [
        ("Which release is 3.10?", ["3.10"]), ("order AB-1234/5, please", ["ab-1234/5"]), ("see § 7(2)(b).", ["7(2)(b)"]),
        ("who writes C++ or C#?", ["c++", "c#"]), ("(-5 °C)", ["-5", "°c"]), ("CVE-2023-12345!", ["cve-2023-12345"]),
        ("how does .NET end?", [".net"]), ("gate B of I", ["b"]), ("invoice 20419 of 2024", ["20419"]),
        ("order 1250", ["1250"]), ("the short-term co-operative, don't", []), ("In 1962 the town (of 300) voted.", []),
        ("", []), ("... ???", []), ("what was on 3 May 2024?", ["3 may 2024"]), ("since 2024-05-03", ["2024-05-03"]),
        ("account DE89 3704 0044 0532 0130 00", ["de89370400440532013000"]), ("1998 1999 2000", []),
    ])
    func formsAreWhatStandsForItself(question: String, forms: [String]) {
        #expect(ExactForms(in: question).forms.map { String(decoding: $0, as: UTF8.self) } == forms)
    }

    @Test(arguments: [
        ("3.10", "Python 3.10 is out.", true), ("3.10", "Version 3.10.1", false), ("3.10", "13.10", false),
        ("3.1", "3.10", false),
        ("11.3", "Release 3.11.3", false), ("11.3", "Release 11.3.", true), ("C++", "We write C++.", true),
        ("C++", "only C", false),
        ("C+", "C++", false), ("10.0.12.0", "host 10.0.12.0, port 5", true), ("ab-1234/5", "AB-1234/5", true),
        ("7(2)", "under 7(2)(b)", true), ("3.10", "release v3.10", true), ("3.10", "at 3.10pm", true),
        ("-5", "it was -5 outside", true), ("1204.50", "1,204.50 crowns", true), ("1,204.50", "1204.50", true),
        ("1 204,50", "1\u{202F}204,50", true), ("1204.50", "11,204.50", false), ("1204.50", "1,204.505", false),
        ("1.204", "1,204", false), ("1.204,50", "1204,50", true), ("1204.50", "1.204,50 Euro", true),
        ("1.234.567", "1234567 bolts", true), ("10.100.200.5", "10.100.200.5", true),
        ("1250", "1,250 crowns", true), ("1250", "1,250,000 crowns", false), ("B", "gate B.", true),
        ("B", "B2 and R&B", false),
        (".NET", "net", false), (".NET", "the .NET team", true), ("10.100.200.5", "10100200.5", false),
        ("1.204", "1204", false),
        ("2024-05-03", "on 3 May 2024", true), ("2024-05-03", "on May 3rd, 2024", true), ("3 May 2024", "03.05.2024", true),
        ("3 May 2024", "am 3. Mai 2024", true), ("3 May 2024", "on 13 May 2024", false), ("2024-05-03", "2024-05-17", false),
        ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00", true),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000", true),
        ("0307654321", "call 030/7654321 today", true), ("5551234567", "(555) 123-4567", true),
        ("030 7654321", "0307654321", false),
        ("5551234567", "(555) 123-45678", false), ("CO2", "CO₂ falls", true), ("CO₂", "less CO2", true),
        ("CO2", "Co. 2", false),
    ])
    func aFormIsNoPartOfALongerOne(form: String, text: String, isThere: Bool) {
        #expect(ExactForms(in: form).share(in: Array(text.utf8)) == (isThere ? 1 : 0))
    }

    @Test func theShareCountsEachForm() {
        #expect(ExactForms(in: "3.10 or 3.11 or 3.12").share(in: Array("3.11 and 3.12".utf8)) == 2.0 / 3)
        #expect(ExactForms(in: "no form").share(in: Array("no form".utf8)) == 0)
    }
}
