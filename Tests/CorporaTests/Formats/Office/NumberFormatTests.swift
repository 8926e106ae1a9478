import Corpora
import TestSupport
import Testing

@Suite struct NumberFormatTests {
    @Test(arguments: [
        ("00000", "123", "00123"), ("000-00-0000", "123456789", "123-45-6789"), ("00000", "123.5", "00123.5"),
        ("0;-0;\"none\"", "0", "none"), ("0;-0;\"none\"", "-4", "-4"), ("0;-0;\"none\"", "4", "4"),
        ("[<=9999999]###-####;(###) ###-####", "5551234", "555-1234"),
        ("[<=9999999]###-####;(###) ###-####", "2125551234", "(212) 555-1234"),
        ("0;[Red]0", "-7", "-7"), ("$#,##0.00;($#,##0.00)", "-1234.5", "-$1234.50"), ("# ##0", "12345", "12345"),
        ("#\\ ##0\\ \"€\"", "12345", "12345 €"), ("0#\" \"##\" \"##\" \"##\" \"##", "123456789", "01 23 45 67 89"),
        ("_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", "0", "0"), ("[=1]\"yes\";[=0]\"no\"", "1", "yes"),
        ("\"high\"", "7", "high (7)"), (";;;", "7", "7"), ("0.0,\"k\"", "1500", "1500"), ("\"Q\"0", "3", "Q3"),
        ("General\" kg\"", "5", "5 kg"), ("[h]:mm", "1.5", "36:00:00"), ("dd/mm/yyyy;@", "45415", "2024-05-03"),
        ("DD.MM.YYYY", "45415", "2024-05-03"), ("D. MMMM YYYY", "45415", "2024-05-03"),
        ("TT.MM.JJJJ", "45415", "2024-05-03"),
        ("H:MM AM/PM", "0.5", "12:00"), ("[$-411]ggge\"年\"m\"月\"d\"日\"", "45415", "2024-05-03"),
        ("yyyy-mm-ddThh:mm:ss", "45415.5", "2024-05-03 12:00"), ("[HH]:MM:SS", "1.5", "36:00:00"),
        ("NNNNMMMM DD, YYYY", "45415", "2024-05-03"), ("QQ YYYY", "45415", "2024-05-03"), ("MM.YY", "45415", "2024-05-03"),
        ("Standard", "1250", "1250"), ("Estándar", "1250", "1250"), ("Fixed", "12.5", "12.5"), ("0 h", "7", "7"),
        ("[h]:mm", "-0.0208333333333333", "-0:30:00"), ("h:mm", "-0.0208333333333333", "-00:30"), ("h:mm", "-1.5", "-1.5"),
        ("mm:ss.0", "0.00109375", "00:01:34.5"), ("[h]:mm:ss.00", "1.00000289351852", "24:00:00.25"),
        ("[ss].00", "0.00109375", "0:01:34.5"), ("hh:mm:ss.000", "0.5", "12:00"),
        ("yyyy-mm-dd hh:mm:ss.000", "45415.5000001157", "2024-05-03 12:00:00.01"),
        ("hh:mm:ss", "0.500002893518519", "12:00"),
        ("GG/MM/AAAA HH:MM", "45415.5", "2024-05-03 12:00"), ("DM #,##0.00", "1250", "1250.00"),
    ])
    func numbersAreWrittenAsTheirCodesSay(code: String, number: String, shown: String) {
        let escaped = code.replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
        let styles =
            "<numFmts><numFmt numFmtId=\"170\" formatCode=\"\(escaped)\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"170\"/></cellXfs>"
        let row = "<row r=\"1\"><c r=\"A1\" s=\"0\"><v>\(number)</v></c></row>"
        #expect(Readers.text(OfficeSample.workbook([("S", row)], styles: styles), "a.xlsx") == "S\n\n\(shown)\n")
    }

    @Test func codesOfCharactersInTextsAreRead() {
        let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
        let bytes = OfficeSample.workbook([("S", row)], strings: ["two_x000D_lines_x005F_x"])
        #expect(Readers.text(bytes, "a.xlsx") == "S\n\ntwo lines_x\n")
    }

    /// Programs that write no styles leave numbers as they compute them.
    @Test func aSheetWithoutStylesShowsFifteenDigits() {
        let row = "<row r=\"1\"><c r=\"A1\"><v>1.1000000000000001</v></c></row>"
        #expect(Readers.text(OfficeSample.workbook([("S", row)]), "a.xlsx") == "S\n\n1.1\n")
    }

    /// Keys such as the numbers of accounts are numbers to a sheet.
    @Test(arguments: ["1234567890123456", "123456789012345678", "-1234567890123456"])
    func wholeNumbersHaveAllTheirDigits(number: String) {
        let row = "<row r=\"1\"><c r=\"A1\"><v>\(number)</v></c></row>"
        #expect(Readers.text(OfficeSample.workbook([("S", row)]), "a.xlsx") == "S\n\n\(number)\n")
    }
}
