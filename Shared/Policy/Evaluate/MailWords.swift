/// The words of a mail or of a phrase, as they are compared: in small letters, without signs and numbers.
struct MailWords {
  /// The most words of a mail that is looked at; one that has more says something.
  static let countMax = 200

  private(set) var all: [String] = []
  /// Whether there were more than ``countMax``.
  private(set) var isTooLong = false

  /// Letters make words. An apostrophe within one joins it; anything else ends it, and numbers are no words.
  init(_ text: String) {
    var word = ""
    for scalar in text.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark {
        word.unicodeScalars.append(scalar)
      } else if !Self.apostrophes.contains(scalar) {
        guard end(&word) else { return }
      }
    }
    _ = end(&word)
  }

  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}"]

  private mutating func end(_ word: inout String) -> Bool {
    guard !word.isEmpty else { return true }
    guard all.count < Self.countMax else {
      isTooLong = true
      return false
    }
    all.append(word.lowercased())
    word = ""
    return true
  }

  /// Where a phrase's words stand, each occurrence with all of its places.
  func places(of phrase: MailWords) -> [Range<Int>] {
    let count = phrase.all.count
    guard count > 0, count <= all.count else { return [] }
    return (0...all.count - count).map { $0..<$0 + count }.filter { all[$0].elementsEqual(phrase.all) }
  }
}

extension MailRule.Ignored {
  /// Whether these words are such a mail's: one of ``says`` stands in them, and beside those and ``besides`` nothing but
  /// `names`. A rule without ``says`` knows no mail by its words.
  func isSaid(by words: MailWords, names: Set<String>) -> Bool {
    guard !words.isTooLong else { return false }
    let asked = says.flatMap { words.places(of: MailWords($0)) }
    guard !asked.isEmpty else { return false }
    var covered = Set(asked.joined())
    for phrase in besides { covered.formUnion(words.places(of: MailWords(phrase)).joined()) }
    return words.all.indices.allSatisfy { covered.contains($0) || names.contains(words.all[$0]) }
  }
}

extension Plan {
  /// What kind of mail it is, by its words (E4): the `content` of the first rule of the plan's mail whose phrases it is made
  /// of; `problem` where there is none. What follows a line of `--` and a space is a signature (RFC 3676, section 4.3), and
  /// does not count; neither do numbers, nor the words of `writer`, who may sign with a name.
  public func content(ofMail subject: String, _ text: String, writer: String = "") -> String {
    let rules = mail?.ignore.filter { !$0.says.isEmpty } ?? []
    guard !rules.isEmpty else { return "problem" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let written = lines.prefix { $0 != "-- " && $0 != "-- \r" }.joined(separator: "\n")
    let words = MailWords(subject + "\n" + written)
    let names = Set(MailWords(writer).all)
    return rules.first { $0.isSaid(by: words, names: names) }?.content ?? "problem"
  }
}
