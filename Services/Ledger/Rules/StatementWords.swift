package import Policy

/// The words of a statement's page in one language, and how that language writes days and numbers. What the journal says
/// stands on the page as it was posted.
package struct StatementWords: Sendable {
  package let language: MessageLanguage
  package let soFar, customer, agreement, period, openingBalance, closingBalance: String
  package let balanceCaption, lotsCaption, packages, number, package, since, granted, used, lapsed, left, until: String
  package let addedByHand, noEnd, date, whatAndWhy, total, nothing, footer: String
  package let thisPeriod, thisPeriodSoFar, ahead: String
  /// `Page 1 of 2`: what stands before the number, and before the count.
  package let page, ofPages: String
  package let title: @Sendable (_ period: String) -> String
  package let range: @Sendable (_ first: String, _ last: String) -> String
  package let zone: @Sendable (_ name: String) -> String
  package let summary: @Sendable (_ units: String) -> String
  package let more: @Sendable (_ count: String) -> String
  package let burnDown: @Sendable (_ units: String) -> String
  package let lapse: @Sendable (_ units: String, _ number: Int, _ day: String) -> String
  package let section: @Sendable (StatementLine.Section) -> String

  /// The words in the first of these languages that has some; English where none has.
  package static func nearest(_ languages: [MessageLanguage]) -> StatementWords {
    languages.flatMap(\.widening).lazy.compactMap { all[$0] }.first ?? english
  }

  /// The languages that have words, by their tags.
  package static let all: [MessageLanguage: StatementWords] = Dictionary(
    [english, german].map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })

  package static let english = StatementWords(
    language: .english, soFar: "so far", customer: "Customer", agreement: "Agreement", period: "Period",
    openingBalance: "Opening balance", closingBalance: "Closing balance",
    balanceCaption: "The balance over the period.",
    lotsCaption: "The balance over the period, and the last day of each package, by its number below.",
    packages: "Packages", number: "No.", package: "Package", since: "Since", granted: "Granted", used: "Used",
    lapsed: "Lapsed", left: "Left", until: "Until", addedByHand: "Added by hand", noEnd: "no end", date: "Date",
    whatAndWhy: "What and why", total: "Total", nothing: "Nothing was added or used.",
    footer: "Every figure comes from the journal, whose entries are never changed. "
      + "What comes late is an adjustment on the next statement.",
    thisPeriod: "This period", thisPeriodSoFar: "This period, so far", ahead: "Ahead, if nothing more is used",
    page: "Page ", ofPages: " of ", title: { "Statement of \($0)" }, range: { "\($0) to \($1)" },
    zone: { "time of \($0)" }, summary: { "Summary in \($0)" }, more: { "\($0) more" },
    burnDown: { "Burn-down of \($0)" }, lapse: { "\($0) of package \($1) lapse after \($2)." },
    section: { $0.rawValue })

  package static let german = StatementWords(
    language: .german, soFar: "bis jetzt", customer: "Kunde", agreement: "Vertrag", period: "Zeitraum",
    openingBalance: "Anfangssaldo", closingBalance: "Endsaldo", balanceCaption: "Der Saldo im Zeitraum.",
    lotsCaption: "Der Saldo im Zeitraum, und der letzte Tag jedes Pakets mit seiner Nummer von unten.",
    packages: "Pakete", number: "Nr.", package: "Paket", since: "Seit", granted: "Erhalten", used: "Verbraucht",
    lapsed: "Verfallen", left: "Rest", until: "Bis", addedByHand: "Von Hand gebucht", noEnd: "ohne Ende", date: "Tag",
    whatAndWhy: "Was und warum", total: "Summe", nothing: "Nichts kam hinzu, und nichts wurde verbraucht.",
    footer: "Jede Zahl stammt aus dem Journal, dessen Einträge nie geändert werden. "
      + "Was nachgetragen wird, steht als Korrektur auf dem nächsten Auszug.",
    thisPeriod: "Dieser Zeitraum", thisPeriodSoFar: "Dieser Zeitraum, bis jetzt",
    ahead: "Danach, wenn nichts mehr verbraucht wird", page: "Seite ", ofPages: " von ",
    title: { "Auszug für \($0)" }, range: { "\($0) bis \($1)" }, zone: { "Zeit von \($0)" },
    summary: { "Überblick in \($0)" }, more: { "\($0) weitere" }, burnDown: { "Verlauf: \($0)" },
    lapse: { "\($0) von Paket \($1) verfallen nach dem \($2)." },
    section: { section in
      switch section {
      case .added: "Zugänge"
      case .charges: "Belastungen"
      case .adjustments: "Korrekturen und Nachträge"
      case .expired: "Verfallen"
      case .invoiced: "Über den Saldo hinaus berechnet"
      }
    })
}
