/// Words of French, Spanish and Dutch that tell what a question asks for.
///
/// Many are words of English, too ("son", "hay", "van"), so they count only in a foreign question (`QuestionLanguage.isForeign`).
enum ForeignWords {
    /// First words of questions.
    static let starts = Set.words(
        """
        combien quand qui quel quelle quels quelles où comment pourquoi cuánto cuánta cuántos cuántas cuándo quién quiénes qué cuál cuáles \
        dónde cómo hoeveel wanneer wat waar hoe waarom welke welk
        """)
    /// Function words and light verbs; "heure" and "hora", with which a question asks for a time.
    private static let others = Set.words(
        """
        que est sont ont le la les un une des du de aux et ou dans sur pour par avec ce cette ces mon ma mes notre nos votre vos il elle ils \
        elles on nous vous se fait faut doit peut coûte coûtent lieu porque es son está están hay el los las una unos unas del al en con su sus \
        mi mis nuestro nuestra tiene tienen cuesta cuestan wie zijn het een van voor met op naar bij niet er heeft hebben wordt worden moet \
        moeten kan kunnen mag mogen onze mijn kost heure hora
        """)
    /// Words that name no thing.
    static let all = starts.union(others)
    /// Words after which a noun stands.
    static let beforeNouns = Set.words(
        """
        l d la le les un une du des el los las una del het een de cuántos cuántas quel quelle quels quelles qué welke welk su mi mon ma mes \
        notre nos votre vos nuestro nuestra mijn onze
        """
    )
    /// First words of questions for an amount.
    static let amounts = Set.words("combien cuánto cuánta cuántos cuántas hoeveel")
    /// Function words of Dutch that neither German nor English has.
    static let dutch = Set.words(
        "het een wordt worden van voor zijn heeft hebben naar niet deze onze mijn moet moeten kunnen mogen zal")
    /// Function words of German that Dutch lacks.
    static let german = Set.words(
        "der das dem ein eine einen und für mit von im zum zur nicht ist sind wir ich auf nach aus ab vom ins sich mein unser frau herr"
    )
}
