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

/// Headers of two rows, tables after others, and tables with the names of other formats.
extension TableReaderTests {
    @Test func twoRowsMayNameTheColumns() {
        #expect(
            Readers.text("Region,Sales,,Costs,\n,2019,2020,2019,2020\nNorth,10,12,5,6\nSouth,20,22,7,8\n", "a.csv")
                == "Region | Sales |  | Costs\n | 2019 | 2020 | 2019 | 2020\n"
                + "Region: North | Sales 2019: 10 | Sales 2020: 12 | Costs 2019: 5 | Costs 2020: 6\n"
                + "Region: South | Sales 2019: 20 | Sales 2020: 22 | Costs 2019: 7 | Costs 2020: 8\n")
        #expect(
            Readers.text(",Sales,Sales\nRegion,Q1,Q2\nNorth,10,12\nSouth,20,22\n", "a.csv")
                == " | Sales | Sales\nRegion | Q1 | Q2\nRegion: North | Sales Q1: 10 | Sales Q2: 12\n"
                + "Region: South | Sales Q1: 20 | Sales Q2: 22\n")
        #expect(
            Readers.text("Name,Length,Weight\n,m,kg\nOak,10,500\nElm,20,300\n", "a.csv")
                == "Name | Length | Weight\n | m | kg\nName: Oak | Length m: 10 | Weight kg: 500\n"
                + "Name: Elm | Length m: 20 | Weight kg: 300\n")
    }

    @Test func aFirstRowOfValuesIsNoHeader() {
        #expect(
            Readers.text("name,size,\nOak,n/a,x\nElm,5,y\nFir,6,z\n", "a.csv")
                == "name | size\nname: Oak | size: n/a | x\nname: Elm | size: 5 | y\nname: Fir | size: 6 | z\n")
        #expect(
            Readers.text("name,port,berth\n,Odde,Kiel\nKari,Rome,Lund\nOle,Bari,Ulm\n", "a.csv")
                == "name | port | berth\nport: Odde | berth: Kiel\nname: Kari | port: Rome | berth: Lund\n"
                + "name: Ole | port: Bari | berth: Ulm\n")
    }

    @Test func aTableOfWordsBelowNumbersHasItsOwnHeader() {
        #expect(
            Readers.text("rope,price\nhemp,3\nsisal,2\n\ntown,mayor\nOdde,Anne\nKiel,Greg\n", "a.csv")
                == "rope | price\nrope: hemp | price: 3\nrope: sisal | price: 2\n"
                + "town | mayor\ntown: Odde | mayor: Anne\ntown: Kiel | mayor: Greg\n")
        #expect(
            Readers.text("rope,price\nhemp,3\n\nMayors\ntown,mayor,party\nOdde,Anne,left\n", "a.csv")
                == "rope | price\nrope: hemp | price: 3\nMayors\ntown | mayor | party\n"
                + "town: Odde | mayor: Anne | party: left\n")
        // A row without a number is a row like the others where the rows after it have numbers.
        #expect(
            Readers.text("rope,price\nhemp,3\n\ntarred,none\nsisal,2\n", "a.csv")
                == "rope | price\nrope: hemp | price: 3\nrope: tarred | price: none\nrope: sisal | price: 2\n")
    }

    @Test(arguments: ["a.xls", "a.xlsx", "a.ods"]) func aTableNamedAfterAProgramIsATable(path: String) {
        #expect(
            Readers.text("name,price\nhemp,3\nsisal,2\n", path)
                == "name | price\nname: hemp | price: 3\nname: sisal | price: 2\n")
        #expect(Readers.text("Some words, and more.\nOther words.\n", path) == "Some words, and more.\nOther words.\n")
    }
}

extension TableReaderTests {
    /// Columns that are called by years, dates, ranges or numbers in order, below which other cells stand.
    @Test(arguments: ["2019,2020", "1/22/20,1/23/20", "0-9,65+", "2024-01,2024-02", "1,2,3"])
    func columnsMayBeCalledByTimes(heads: String) {
        let names = heads.split(separator: ",")
        let cells = names.indices.map { "\($0 * 7 + 40).5" }
        let row = zip(names, cells).map { " | \($0): \($1)" }.joined()
        let text = Readers.text("port,\(heads)\nOdde,\(cells.joined(separator: ","))\n", "a.csv")
        #expect(text == "port | \(names.joined(separator: " | "))\nport: Odde\(row)\n")
    }

    /// Rows of a table without names, the first of which holds a year as the others do.
    @Test func aRowWithAYearIsNoHeader() {
        #expect(Readers.text("Kestrel,1931\nNotus,1940\n", "a.csv") == "Kestrel | 1931\nNotus | 1940\n")
    }
}
