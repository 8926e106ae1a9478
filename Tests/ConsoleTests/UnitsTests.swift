import Console
import Foundation
import Testing

@Suite struct UnitsTests {
    @Test(arguments: [
        (0, "0 B"), (1, "1 B"), (812, "812 B"), (999, "999 B"), (1000, "1.00 kB"), (1234, "1.23 kB"), (9_994, "9.99 kB"),
        (9_996, "10.0 kB"), (52_400, "52.4 kB"), (99_940, "99.9 kB"), (99_950, "100 kB"), (999_499, "999 kB"),
        (999_500, "1.00 MB"), (1_300_000_000, "1.30 GB"), (7_000_000_000_000, "7.00 TB"), (5_000_000_000_000_000, "5000 TB"),
    ])
    func bytesHaveThreeDigits(count: Int, text: String) {
        #expect(Units.bytes(count) == text)
    }

    @Test(arguments: [
        (0, "0.0 s"), (0.44, "0.4 s"), (9.94, "9.9 s"), (9.96, "10 s"), (99.4, "99 s"), (99.6, "1:40 min"),
        (185, "3:05 min"),
        (3599.4, "59:59 min"), (3599.6, "1:00 h"), (3720, "1:02 h"), (360_000, "100:00 h"),
    ])
    func secondsTakeTheLargestUnitThatFits(seconds: Double, text: String) {
        #expect(Units.seconds(seconds) == text)
    }

    @Test(arguments: [-1, Double.infinity, -Double.infinity, Double.nan]) func aTimeThatIsNoneIsAQuestionMark(
        seconds: Double
    ) {
        #expect(Units.seconds(seconds) == "?")
    }

    @Test func oneIsSingular() {
        #expect([0, 1, 2].map { Units.count($0, "passage") } == ["0 passages", "1 passage", "2 passages"])
    }

    @Test func ratiosHaveThreeDigitsBehindThePointBelowTen() {
        #expect([0, 0.27142, 1, 12.34].map { Units.ratio($0) } == ["0.000", "0.271", "1.000", "12.3"])
    }
}
