import Corpora
import TestSupport
import Testing

/// Charts and diagrams of Office.
@Suite struct ChartTests {
    private let body = "<w:p><w:r><w:drawing><c:chart xmlns:c=\"c\" r:id=\"r0\"/></w:drawing></w:r></w:p>"

    private func values(_ name: String, _ points: [String]) -> String {
        let all = points.enumerated().map { "<c:pt idx=\"\($0.offset)\"><c:v>\($0.element)</c:v></c:pt>" }.joined()
        return "<c:\(name)><c:numRef><c:numCache>\(all)</c:numCache></c:numRef></c:\(name)>"
    }

    private func document(_ chart: String, kind: String = "chart") -> Document? {
        let bytes = OfficeSample.word(body, parts: [(kind, "chart.xml", chart)])
        return Readers.read(bytes, path: "a.docx").document
    }

    @Test func eachSeriesHasItsOwnNamesAndSizes() {
        func series(_ name: String, _ x: [String], _ y: [String], _ more: String = "") -> String {
            let tx = "<c:tx><c:v>\(name)</c:v></c:tx>"
            return "<c:ser>\(tx)\(values("xVal", x))\(values("yVal", y))\(more)</c:ser>"
        }
        let chart =
            "<c:chartSpace xmlns:c=\"c\">" + series("Oak", ["1", "2"], ["10", "20"])
            + series("Ash", ["1", "2"], ["3", "4"])
            + series("Elm", ["7", "8"], ["30", "40"], values("bubbleSize", ["5", "6"])) + "</c:chartSpace>"
        #expect(
            document(chart)?.string
                == "| 1 | 2\n\nOak | 10 | 20\n\nAsh | 3 | 4\n\n| 7 | 8\n\nElm | 30 | 40\n\nElm (size) | 5 | 6\n")
    }

    @Test func chartsOfNewKindsAreRead() {
        func level(_ points: [String]) -> String {
            "<x:lvl>" + points.enumerated().map { "<x:pt idx=\"\($0.offset)\">\($0.element)</x:pt>" }.joined() + "</x:lvl>"
        }
        let set =
            "<x:data id=\"0\"><x:strDim type=\"cat\">\(level(["Fees", "Fuel"]))</x:strDim>"
            + "<x:numDim type=\"val\">\(level(["12", "-5"]))</x:numDim></x:data>"
        let chart =
            "<x:chartSpace xmlns:x=\"x\" xmlns:a=\"a\"><x:chartData>\(set)</x:chartData><x:chart><x:title><x:tx><x:txData>"
            + "<x:v>Budget</x:v></x:txData></x:tx></x:title><x:series><x:tx><x:txData><x:v>2024</x:v></x:txData></x:tx>"
            + "<x:dataId val=\"0\"/></x:series></x:chart></x:chartSpace>"
        #expect(document(chart, kind: "chartEx")?.string == "Budget\n\n| Fees | Fuel\n\n2024 | 12 | -5\n")
    }

    @Test func longSeriesAreCutAndTold() {
        let all = (0..<1200).map(String.init)
        let chart = "<c:chartSpace xmlns:c=\"c\"><c:ser>\(values("val", all))</c:ser></c:chartSpace>"
        #expect(document(chart)?.notes == [.partsBeyondLimit(["series and points of charts"])])
    }

    @Test func boxesOnAChartAreText() {
        let chart = "<c:chartSpace xmlns:c=\"c\"><c:ser>\(values("val", ["4"]))</c:ser></c:chartSpace>"
        let box = "<c:userShapes xmlns:c=\"c\" xmlns:a=\"a\"><a:p><a:r><a:t>Storm of May</a:t></a:r></a:p></c:userShapes>"
        let links = OfficeSample.relationships([("u", "chartUserShapes", "box.xml")])
        let parts = [("chart", "chart.xml", chart), ("none", "_rels/chart.xml.rels", links), ("none", "box.xml", box)]
        let text = Readers.text(OfficeSample.word(body, parts: parts.map { (kind: $0.0, name: $0.1, xml: $0.2) }), "a.docx")
        #expect(text == "| 4\n\nStorm of May\n")
    }

    @Test func diagramsComeInTheirOrder() {
        func point(_ id: String) -> String {
            "<d:pt modelId=\"\(id)\"><d:t><a:p><a:r><a:t>step \(id)</a:t></a:r></a:p></d:t></d:pt>"
        }
        func link(_ from: String, _ to: String, _ order: Int) -> String {
            "<d:cxn modelId=\"\(from)\(to)\" srcId=\"\(from)\" destId=\"\(to)\" srcOrd=\"\(order)\"/>"
        }
        let diagram =
            "<d:dataModel xmlns:d=\"d\" xmlns:a=\"a\"><d:ptLst><d:pt modelId=\"0\" type=\"doc\"/>"
            + ["1", "3", "2", "1a"].map(point).joined() + "</d:ptLst><d:cxnLst>" + link("0", "1", 0) + link("0", "3", 2)
            + link("0", "2", 1) + link("1", "1a", 0) + link("3", "3", 0) + "</d:cxnLst></d:dataModel>"
        #expect(document(diagram, kind: "diagramData")?.string == "step 1\n\nstep 1a\n\nstep 2\n\nstep 3\n")
    }
}
