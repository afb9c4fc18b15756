import IntakeRules
import Policy
import ServiceKit

/// How facts are written in a text column: a line for each, its name, a space and its value. Words of a list are apart by
/// spaces, an instant is in milliseconds. It is read with every ticket, which JSON would make slow.
enum StoredFacts {
  /// Facts as they are stored.
  static func text(_ facts: Facts) -> String {
    var text = ""
    for (name, fact) in facts.all {
      if !text.isEmpty { text += "\n" }
      text += name.rawValue
      text += " "
      text += value(fact)
    }
    return text
  }

  /// The facts that were stored; what cannot be one is left out.
  static func facts(_ text: String) -> Facts {
    var facts = Facts()
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " "), let name = FactName(rawValue: String(line[..<space])) else {
        continue
      }
      let value = line[line.index(after: space)...]
      switch name.shape {
      case .text: facts[name] = .text(String(value))
      case .flag: facts[name] = .flag(value == "true")
      case .list: facts[name] = .list(value.split(separator: " ").map(String.init))
      case .instant: facts[name] = Int64(value).map { .instant(Instant(milliseconds: $0)) }
      }
    }
    return facts
  }

  private static func value(_ fact: Fact) -> String {
    switch fact {
    case .list(let words): words.joined(separator: " ")
    case .instant(let instant): String(instant.milliseconds)
    case .text, .number, .flag: fact.description
    }
  }
}

/// A decision as an attempt keeps it.
struct StoredRecord: StoredValue {
  let subject: String
  let plan: String
  let atMs: Int64
  let facts: String
  let looked: [String]
  let considered: [String]
  let failed: [StoredClause]
  let warnings: [StoredClause]
  let handling: String
  let draws: String?

  init(_ record: AdmissionRecord) {
    subject = record.subject.rawValue
    plan = record.plan.description
    atMs = record.at.milliseconds
    facts = StoredFacts.text(record.facts)
    looked = record.looked
    considered = record.considered
    failed = record.failed.map(StoredClause.init)
    warnings = record.warnings.map(StoredClause.init)
    handling = record.handling.rawValue
    draws = record.draws
  }

  var value: AdmissionRecord? {
    guard let subject = AdmissionSubject(rawValue: subject), let plan = PlanVersion(plan),
      let handling = ChannelRule.Handling(rawValue: handling)
    else { return nil }
    return AdmissionRecord(
      subject: subject, plan: plan, at: Instant(milliseconds: atMs), facts: StoredFacts.facts(facts), looked: looked,
      considered: considered, failed: failed.compactMap(\.value), warnings: warnings.compactMap(\.value),
      handling: handling, draws: draws)
  }
}
