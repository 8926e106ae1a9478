/// Words of questions in English and German.
enum QuestionWords {
    /// Words after which the question names what it wants counted.
    static let beforeCounted = Set.words("many viele cuántos cuántas percentage")

    /// Words between "many" and what is counted.
    static let beforeCountedNoun = Set.words("of the these your our der die den")

    /// Words that make a sentence a question. They are no evidence, and the model's function words lack some of them.
    static let all = Set.words(
        """
        how what when where which who whom whose why does did doing done is are was were am many much long often far old \
        can could shall should will would must may might have has had i we you our your my me us do if there their they it \
        its in on at of to for from with by about into and or not wie was wann wo welche welcher welches welchen wer wem \
        wen wessen warum wieso wohin woher viele viel lange oft weit alt kann können darf dürfen muss müssen soll sollen \
        wird werden wurde wurden ist sind war waren hat haben hatte man ich wir sie er es mein unser der die das den dem \
        des ein eine einen einem einer eines und oder nicht im in am an auf aus bei mit nach von vom zu zum zur für über \
        unter bis gilt gibt
        """)
}
