import Corpora
import Testing

@Suite struct TableReaderTests {
    @Test func eachRowCarriesItsHeader() throws {
        let document = try #require(
            Readers.read(
                Array("name,built,yard\nKestrel,1931,Odde\n\"Notus, the tug\",,\"He said \"\"no\"\"\"\n".utf8), path: "a.csv"
            ).document)
        #expect(
            document.string
                == "name | built | yard\nname: Kestrel | built: 1931 | yard: Odde\nname: Notus, the tug | yard: He said \"no\"\n"
        )
        #expect(document.original == .extracted)
        #expect(document.mediaType == .table)
    }

    @Test(arguments: [";", "\t", "|", ","]) func theDelimiterIsFound(delimiter: String) {
        let rows = [["id", "price"], ["1", "2.50"], ["2", "3.75"]].map { $0.joined(separator: delimiter) }.joined(
            separator: "\r\n")
        #expect(Readers.text(rows, "a.csv") == "id | price\nid: 1 | price: 2.50\nid: 2 | price: 3.75\n")
    }

    @Test func aDecimalCommaIsNoDelimiter() {
        #expect(
            Readers.text("rope;price\nhemp;4,10\nsisal;3,90\n", "a.csv")
                == "rope | price\nrope: hemp | price: 4,10\nrope: sisal | price: 3,90\n")
        #expect(Readers.text("sep=;\na,x;b\n1;2\n", "a.csv") == "a,x | b\na,x: 1 | b: 2\n")
    }

    @Test func cellsOfSeveralLinesStayInTheirRow() {
        #expect(Readers.text("a,b\n\"one\ntwo\",3\n", "a.csv") == "a | b\na: one two | b: 3\n")
    }

    @Test func rowsOfOtherLengthsAreKept() {
        #expect(Readers.text("a,b\n1\n1,2,3\n", "a.csv") == "a | b\na: 1\na: 1 | b: 2 | 3\n")
    }

    @Test func whiteSpaceInCellsIsOneSpace() {
        let rows = String(repeating: " a  b\t c ,\" \n\",  2 \r\n", count: 60)
        #expect(
            Readers.text("name , gap,n\n" + rows, "a.csv")
                == "name | gap | n\n" + String(repeating: "name: a b c | n: 2\n", count: 60))
    }

    @Test func aTableWithoutHeaderHasPlainRows() {
        #expect(Readers.text("1,2\n3,4\n", "a.csv") == "1 | 2\n3 | 4\n")
        #expect(Readers.text("x\ty\n", "a.tsv") == "x | y\n")
    }

    @Test func aQuotationMarkThatNothingClosesIsALetter() {
        let text = Readers.text("name,width\n5\" pipe,3\n\"open,4\nlast,5\n", "a.csv")
        #expect(text == "name | width\nname: 5\" pipe | width: 3\nname: \"open | width: 4\nname: last | width: 5\n")
    }

    @Test func aMarkInOneCellIsNotClosedInAnother() {
        let rows = "name\tlength\tport\nAnna\t\"tall one\tLund\nCleo\t6\" 1\tRome\n"
        #expect(
            Readers.text(rows, "a.tsv")
                == "name | length | port\nname: Anna | length: \"tall one | port: Lund\nname: Cleo | length: 6\" 1 | port: Rome\n"
        )
        #expect(
            Readers.text("id\ttext\nA\t\"said\" once\nB\t\"opened only\nC\tlast\n", "a.tsv")
                == "id | text\nid: A | text: said once\nid: B | text: \"opened only\nid: C | text: last\n")
        // A cell of several lines still ends before spaces and a delimiter.
        #expect(Readers.text("a,b\n\"one\ntwo\" ,3\n", "a.csv") == "a | b\na: one two | b: 3\n")
    }

    @Test func aTableBelowABlankLineHasItsOwnHeader() {
        #expect(
            Readers.text("rope,price\nhemp,3\nsisal,2\n\nguard,phone,dock\nOle,4471,12\nKari,4472,13\n", "a.csv")
                == "rope | price\nrope: hemp | price: 3\nrope: sisal | price: 2\n"
                + "guard | phone | dock\nguard: Ole | phone: 4471 | dock: 12\nguard: Kari | phone: 4472 | dock: 13\n")
        #expect(
            Readers.text("name,port\nOle,Odde\n\nKari,Rome\nNils,Lund\n", "a.csv")
                == "name | port\nname: Ole | port: Odde\nname: Kari | port: Rome\nname: Nils | port: Lund\n")
    }

    @Test func rowsThatMultiplyTheirHeadersAreLimited() {
        var limits = ExtractionLimits()
        limits.textBytes = 100_000
        let header = String(repeating: "h", count: 190)
        let bytes = Array((header + ",b\n" + String(repeating: "1,2\n", count: 5000)).utf8)
        #expect(Readers.read(bytes, path: "a.csv", limits: limits).refusal == .textTooLong(limit: 100_000))
    }

    @Test func marksAreReadAsProgramsWriteThem() {
        #expect(
            Readers.text("\"a\", \"b\", \"c\"\n\"1\", \"2, two\", \"3\"\n", "a.csv")
                == "a | b | c\na: 1 | b: 2, two | c: 3\n")
        #expect(
            Readers.text("name,say\nAnn,\"a \\\"b, c\\\"\"\n\"Bo\\\\\",\"x\"\n", "a.csv")
                == "name | say\nname: Ann | say: a \"b, c\"\nname: Bo\\\\ | say: x\n")
        #expect(Readers.text("path,n\n\"C:\\dir\\\",2\n", "a.csv") == "path | n\npath: C:\\dir\\ | n: 2\n")
    }

    @Test func titlesOverATableAreNoHeader() {
        #expect(
            Readers.text("Dues of 2024,,\n,,\n# in crowns, without tax\nname,year\nEast,1\nWest,2\n", "a.csv")
                == "Dues of 2024\n# in crowns | without tax\nname | year\nname: East | year: 1\nname: West | year: 2\n")
    }
}

extension TableReaderTests {
    @Test func columnsWithEqualNamesAreToldApart() {
        #expect(
            Readers.text("ship,date,date,Date (2),date\nKestrel,3 May,9 May,x,1 June\n", "a.csv")
                == "ship | date | date | Date (2) | date\n"
                + "ship: Kestrel | date: 3 May | date (2): 9 May | Date (2): x | date (3): 1 June\n")
        #expect(
            Readers.text("day,day,day (2)\n3,9,1\n", "a.csv") == "day | day | day (2)\nday: 3 | day (3): 9 | day (2): 1\n")
    }

    @Test func aFirstRowWithEqualWordsMayBeARowLikeOthers() {
        #expect(Readers.text("no,no,yes\nyes,no,yes\n", "a.csv") == "no | no | yes\nyes | no | yes\n")
        #expect(Readers.text("Odde,Odde\nKiel,Kiel\n", "a.csv") == "Odde | Odde\nKiel | Kiel\n")
    }
}
