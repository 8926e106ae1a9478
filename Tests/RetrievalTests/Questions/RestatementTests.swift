import Retrieval
import Testing

/// Sentences that say the same with other numbers and names.
struct RestatementTests {
    @Test(arguments: [
        ("The mooring fee is 12 crowns a night.", "The mooring fee is 15 crowns a night."),
        ("Arne Moe looks after the pump.", "Tora Lie looks after the pump."),
        ("Die Miete beträgt ab Mai 480 Euro.", "Die Miete beträgt ab März 510 Euro."),
    ])
    func otherNumbersAndNamesRestate(first: String, second: String) {
        #expect(Restatement.isOne(WordRow(first), of: WordRow(second)))
    }

    @Test(arguments: [
        ("The mooring fee is 12 crowns a night.", "The mooring fee is not refunded after 12 days."),
        ("Arne Moe looks after the pump.", "Arne Moe has sold the old pump."), ("12 crowns.", "15 crowns."),
    ])
    func otherStatementsDoNot(first: String, second: String) {
        #expect(!Restatement.isOne(WordRow(first), of: WordRow(second)))
    }
}
