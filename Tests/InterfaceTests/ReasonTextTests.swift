import Indexes
import Interface
import Testing

struct ReasonTextTests {
    /// The remedy is that of the system's error (numbers of Linux: 5 input and output, 12 memory, 13
    /// permission, 24 open files).
    @Test(arguments: [
        ("5", "check the disk"), ("12", "free some memory and run 'r3mem refresh' again"), ("13", "check its permissions"),
        ("24", "raise the limit of open files (ulimit -n) and run 'r3mem refresh' again"),
    ])
    func filesThatCannotBeOpenedAreToldWhatHelps(error: String, remedy: String) {
        #expect(ReasonText.words(Reason(74, [error])).hasSuffix("; " + remedy))
    }
}
