/// Particles and articles that are written with a word: of Korean after it, of Arabic and Hebrew before it.
enum Affixes {
    /// The word, and the word without what may be written with it. Plain forms in and out.
    static func bases(of word: [UInt8], _ script: Script) -> Set<[UInt8]> {
        var bases: Set<[UInt8]> = [word]
        switch script {
        case .hangul:
            for particle in korean
            where word.count > particle.count + 2 && word.suffix(particle.count).elementsEqual(particle) {
                bases.insert(Array(word.dropLast(particle.count)))
            }
        case .arabic:
            for prefix in arabic where word.count >= prefix.count + 4 && word.starts(with: prefix) {
                bases.insert(Array(word.dropFirst(prefix.count)))
            }
            for letter in arabicLetters where word.count >= letter.count + 6 && word.starts(with: letter) {
                bases.insert(Array(word.dropFirst(letter.count)))
            }
        case .hebrew:
            for prefix in hebrew where word.count >= prefix.count + 4 && word.starts(with: prefix) {
                bases.insert(Array(word.dropFirst(prefix.count)))
            }
        default: break
        }
        return bases
    }

    private static func list(_ words: String) -> [[UInt8]] { words.split(separator: " ").map { Array($0.utf8) } }

    /// Particles, endings of the copula, and the endings that make a verb of a noun.
    private static let korean = list(
        """
        은 는 이 가 을 를 의 에 도 만 과 와 로 나 에서 에게 께서 한테 으로 까지 부터 처럼 보다 이나 이란 이라 라고 마다 조차 밖에 \
        에는 에도 에만 에서는 에서도 으로는 으로도 으로서 로서 으로써 로써 이며 이고 들 들은 들이 들을 들의 들에게 \
        입니다 이다 이었다 였다 합니다 한다 하다 하는 하고 하여 해야 했다 된다 됩니다 되는 되어 할 한 함
        """)
    private static let arabic = list("ال وال فال بال كال لل ولل")
    private static let arabicLetters = list("و ف ب ك ل")
    private static let hebrew = list("ה ו ב ל כ מ ש וה שה מה בה לה כש ול וב ומ ושל")
}
