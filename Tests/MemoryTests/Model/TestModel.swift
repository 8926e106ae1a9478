import Foundation
import Memory
import TestSupport

/// The repository's default model, read once.
enum TestModel {
    static let path = Program.root.appendingPathComponent("models/default.safetensors").path
    static let shared: ModelFile = {
        do { return try ModelFile(path: path) } catch { fatalError("\(error)") }
    }()
}

/// Texts of many kinds, written for these tests.
enum SampleTexts {
    static let all: [String] = [
        "",
        " ",
        "a",
        "The cargo bike was returned on 12 March 2025 because its left brake lever had cracked; the workshop replaced it within two days.",
        "Die Rücksendung muss innerhalb von 30 Tagen erfolgen. Bitte legen Sie den Kaufbeleg bei — sonst können wir den Betrag nicht erstatten.",
        "func getAllocator(_ n: Int) -> McPointer<UInt8> { return iPhone.allocate(n) // TODO 0xFF_FF\n}\n",
        "| Name | Value |\n|---|---|\n| alpha | 3.14159 |\n| beta_2 | -17 |\n\n\n\n# A heading\r\nwindows line\r\n\ttabs   and    spaces  \n",
        "emoji 👩‍👩‍👧‍👦 and 漢字かな交じり文 and עברית and العربية and ελληνικά and русский ТЕКСТ",
        "no-break\u{a0}space, thin\u{2009}space, “curly” ‘quotes’ – dashes — ellipsis… ½ × ÷ € ß ẞ İ ı ſ",
        String(repeating: "ha", count: 40) + " " + String(repeating: "Z", count: 70) + " 123456789012345678901234567890",
    ]
}
