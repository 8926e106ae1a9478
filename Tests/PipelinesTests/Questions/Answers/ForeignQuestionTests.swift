import Retrieval
import Testing

private let corpus: Result<TestCorpus, any Error> = Result {
    let corpus = try TestCorpus()
    let files = [
        "fr/kermesse.md":
            "# Compte rendu\n\nLa kermesse est reportée au samedi 22 juin. Les bénévoles se retrouvent à 8 heures.\n",
        "fr/clubs.csv": "Club,Prix en euros,Salle\nClub de voile,40,Nord\nClub de rame,25,Sud\n",
        "es/viaje.md": "# Viaje\n\nEl barco sale de Paita a las 6:40. De noche hay 4 grados en la isla.\n",
        "es/personal.csv":
            "Nombre,Puesto,Antigüedad,Vacaciones\nLuz Prado,cocinera,2011,24\nTeo Rey,portero,1998,27\n",
        "nl/notulen.md": "# Notulen\n\nDe nieuwe voorzitter is Hanna Kool. De haven moet voor 1 mei klaar zijn.\n",
        "nl/boot.csv": "Boot,Eigenaar,Lengte m\nMeeuw,Jan de Boer,7.2\nWulp,Els Prins,8.8\nKluut,Piet Vos,6.1\n",
    ]
    for (path, text) in files { try corpus.write(path, text) }
    try corpus.makeIndex()
    return corpus
}

/// Questions in French, Spanish and Dutch.
struct ForeignQuestionTests {
    @Test(arguments: [
        ("Quand a lieu la kermesse ?", "22 juin"), ("Quel club est le moins cher ?", "Club de rame"),
        ("Quel club est le plus cher ?", "Club de voile"),
        ("Quel est le club le moins cher ?", "Club de rame"), ("¿A qué hora sale el barco a la isla?", "6:40"),
        ("A quelle heure se retrouvent les bénévoles ?", "8 heures"),
        ("¿Qué temperatura hay de noche en la isla?", "4 grados"), ("¿Cuántos días de vacaciones tiene Luz?", "24"),
        ("Wie is de nieuwe voorzitter?", "Hanna Kool"), ("Wat is de langste boot?", "Wulp"),
        ("Welke boot is de kortste?", "Kluut"), ("Wanneer moet de haven klaar zijn?", "1 mei"),
    ])
    func itsAnswerIsShort(question: String, short: String) throws {
        let answer = try corpus.get().open().ask(question)
        #expect(answer.shortAnswer?.text.hasSuffix(short) == true, "\(answer.shortAnswer as Any), \(answer.missing)")
    }

    @Test(arguments: ["Quelle est l'adresse du club ?", "¿Cuál es el teléfono de Teo Rey?"])
    func whatNothingTellsIsRefused(question: String) throws {
        let answer = try corpus.get().open().ask(question)
        #expect(!answer.isFound, "\(answer.sentences.map(\.text))")
    }
}
