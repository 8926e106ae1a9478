/// What each part of a unit's score weighs, and of the confidence in an answer. `docs/retrieval.md` says how they were chosen.
package struct EvidenceWeights: Sendable {
    /// The parts of `EvidenceParts`.
    package var coverage = 1.0
    package var alone = 0.7
    package var withPrevious = 0.4
    package var passage = 0.8
    /// For each unit of doubt about names and numbers.
    package var doubt = -0.3
    /// The probability, by the reader, that the answer lies in the unit.
    package var mass = 1.0
    /// The logarithm of the odds that the passage answers, by the reader.
    package var relevance = 0.08

    // Rules for kinds of questions and units.

    /// Coverage that only the head of the table, the lead-in or the question above adds.
    package var context = 0.8
    /// Coverage that only headings, title and path add; and in a question for yes or no, where what is asked about is what
    /// headings do not say.
    package var headings = 0.3
    package var headingsOfYesNo = 0.85
    /// Coverage that only the sentence before adds, where a pronoun of the unit stands for what that one names.
    package var goesOn = 0.5
    /// The unit denies or leaves out, where the question does; and it does not, where the question does.
    package var denies = 0.5
    /// The unit has no more than an exception, where the question denies: "except in May".
    package var excepts = 0.25
    package var affirms = -0.9
    /// The unit denies a verb that the question does not deny, or forbids something.
    package var deniesVerb = -0.3
    /// The unit says what the question's subject is: "The harbour master is".
    package var defines = 0.3
    /// The share of the key of a "key: value" line that the question holds.
    package var key = 0.3
    /// The unit holds money, where the question asks for it.
    package var money = 0.3
    /// In a question for yes or no: the share of the words that headings do not say and the unit does.
    package var point = 0.4
    /// The unit holds a length of time, where the question asks how long.
    package var duration = 0.4
    /// An item that says nothing of the question by itself: its list answers as a whole.
    package var itemOfList = -0.5
    /// A list of which one item says all that the list says of the question, or where one number or time is asked for.
    package var listOfItem = -0.5
    /// The name of the question stands in the cell of a row where what is asked puts it.
    package var rowOfName = 0.4
    /// The question names another row of the table by all words of its first cell.
    package var rowOfOther = -0.6
    /// For a row without the cell that the question tells with its head, where another row of the table has this cell.
    package var rowOfOtherCell = -1.5
    /// The question counts things, and the unit is a row without what is counted.
    package var nothingCounted = -0.3
    /// The unit tells an amount for the one that the question ends with: "… for students".
    package var ofBeneficiary = 0.6
    /// The unit has a word for a cause, where the question asks why.
    package var cause = 0.3
    /// The key of a "key: value" line is the noun that is asked for: "What is the total of …?"
    package var keyOfHead = 0.5
    /// The pronoun of a sentence stands for another one than the question names.
    package var ofOtherNamed = -0.9
    /// The sentence says who holds another office.
    package var otherOffice = -0.8
    /// Who wrote a mail did nothing that is asked for.
    package var sender = -1.0
    /// The unit tells the measure that "how hot" asks for.
    package var measure = 0.4
    /// A word that means about the same as one of the question that stands nowhere in the index, as a share of that word.
    package var otherWord = 0.9
    /// The unit tells of the one before or after the one that is named, where the question asks for them.
    package var succession = 1.2
    /// The unit says what letters stand for, where the question asks it.
    package var meaning = 1.6
    /// The share of the question's weight that another heading of the passage has, and nothing that speaks for the unit.
    package var otherHeading = -0.6
    /// A heading names its subject more often than it says something of it.
    package var heading = -0.5

    // Confidence: parts of the logarithm of the odds.

    /// A name, a number or an identifier of the question stands elsewhere in the document; elsewhere in the index; nowhere.
    package var doubtInDocument = 0.7
    package var doubtElsewhere = 4.5
    package var doubtNowhere = 7.5
    /// Another noun stands where the question has one that the document lacks.
    package var doubtOfCompound = 3.0
    /// The unit speaks of another person or thing than the one that the question names.
    package var doubtOfSubject = 9.0
    /// A noun of the question stands nowhere in the index, and the unit has no word like it.
    package var doubtOfAbsent = 3.5
    /// Nothing that measures what "how" with an adjective asks to be measured; no time where one is asked for.
    package var doubtOfMeasure = 11.0
    /// What is asked of somebody is said of another one: by a passage that says something else of the first one; by another
    /// passage; by none.
    package var doubtOfPredicate = (beside: 9.0, elsewhere: 4.5, nowhere: 6.0)
    /// No number, where one is asked for; no money likewise.
    package var doubtWithoutNumber = 1.0
    /// Neither a number nor a word such as "half", where "how many" asks.
    package var doubtWithoutAmount = 2.5
    /// No name of anybody, where a person is asked for.
    package var doubtWithoutName = 1.0
    package var doubtWithoutMoney = 3.0
    /// The text lacks the noun that is asked for, which the index knows, where a person is asked for; where not.
    package var doubtOfHead = (person: 4.5, other: 1.5)
    /// For each point that the unit is behind a unit that lacks names or numbers of the question.
    package var doubtBehind = 1.5
    /// A row lacks what "how many" asks for.
    package var doubtOfCounted = 1.5
    /// Each number of a sentence counts something else.
    package var doubtOfOtherCounted = 4.8
    /// All rows of a table were compared.
    package var certainComparison = 2.0
    /// The unit holds just what is asked for: a length of time, a date, a number with its unit.
    package var certainKind = 0.5

    package init() {}

    func of(_ doubt: PredicateCheck.Doubt) -> Double {
        switch doubt {
        case .none: 0
        case .ofOther: doubtOfSubject
        case .besideOther: doubtOfPredicate.beside
        case .elsewhere: doubtOfPredicate.elsewhere
        case .nowhere: doubtOfPredicate.nowhere
        }
    }
}
