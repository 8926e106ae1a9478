import Console
import Testing

@Suite struct TableTests {
    @Test func columnsAreAlignedTwoSpacesApart() {
        var table = Table(.left, .right, .left)
        table.row("a", "1", "x")
        table.row("bbb", "22", "yy")
        #expect(table.text() == "a     1  x\nbbb  22  yy")
    }

    @Test func missingCellsAreEmptyAndSurplusCellsAreDropped() {
        var table = Table(.left, .left)
        table.row("only")
        table.row("a", "b", "surplus")
        #expect(table.text() == "only\na     b")
    }

    @Test func everyLineBeginsWithTheIndent() {
        var table = Table(.left)
        table.row("a")
        table.row("b")
        #expect(table.text(indent: "  ") == "  a\n  b")
    }

    @Test func widthsAreThoseOfCharactersNotOfBytes() {
        var table = Table(.left, .left)
        table.row("Übergröße", "1")
        table.row("plain", "2")
        #expect(table.text() == "Übergröße  1\nplain      2")
    }

    @Test func aTableWithoutRowsIsEmpty() {
        #expect(Table(.left, .right).text().isEmpty)
    }
}
