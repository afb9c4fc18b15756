/// One change from a version of a plan to another, in words.
public struct PlanChange: Hashable, Sendable, CustomStringConvertible {
  /// What became of the clause.
  public var kind: Kind
  /// The part of the plan: `rates`, `hours`.
  public var section: String
  /// The clause's id, or what else names it there.
  public var clause: String
  /// For whom it changes.
  public var whom: String
  /// What changes, one phrase for each thing that does.
  public var phrases: [String]

  /// What became of a clause; the raw value is the word that is shown.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// It was not there before.
    case added
    /// It is there no more.
    case removed
    /// It says something else.
    case changed
  }

  /// `rates onsite-desktop, changed for work with mode onsite: costs 60 credits … instead of 50 credits …`.
  public var description: String {
    "\(section) \(clause), \(kind.rawValue) for \(whom): " + phrases.joined(separator: "; ")
  }
}

/// A clause as phrases that can be compared: what it is called, whom it concerns, what it says.
struct ClauseDescription {
  var section: String
  var id: String
  var whom: String
  /// A label and what follows it, in order; a label stands once.
  var phrases: [(label: String, words: String)]

  init(_ section: String, _ id: String, whom: String, _ phrases: [(String, String?)]) {
    self.section = section
    self.id = id
    self.whom = whom
    self.phrases = phrases.compactMap { label, words in words.map { (label, $0) } }
  }

  func words(_ label: String) -> String? { phrases.first { $0.label == label }?.words }

  /// What is different in `new`, label by label; empty when nothing is.
  func differences(to new: ClauseDescription) -> [String] {
    var texts: [String] = []
    for (label, words) in phrases {
      switch new.words(label) {
      case words: break
      case let other?: texts.append("\(label) \(other) instead of \(words)")
      case nil: texts.append("no longer \(label) \(words)")
      }
    }
    for (label, words) in new.phrases where self.words(label) == nil { texts.append("now \(label) \(words)") }
    return texts
  }

  var all: [String] { phrases.map { "\($0.label) \($0.words)" } }
}

extension Plan {
  /// What a new version changes, in the order of the language's sections: clauses that are added, removed or say
  /// something else, and the order of those of which the first that matches counts. Empty for documents that differ in
  /// their wording alone.
  public func changes(to new: Plan) -> [PlanChange] {
    let (before, after) = (described, new.described)
    var sections: [String] = []
    for one in before + after where !sections.contains(one.section) { sections.append(one.section) }
    var changes: [PlanChange] = []
    for section in sections {
      let (olds, news) = (before.filter { $0.section == section }, after.filter { $0.section == section })
      changes += Plan.changes(from: olds, to: news)
      if Plan.orderedSections.contains(section) { changes += Plan.reordering(section, olds.map(\.id), news.map(\.id)) }
    }
    return changes
  }

  private static func changes(from olds: [ClauseDescription], to news: [ClauseDescription]) -> [PlanChange] {
    var changes: [PlanChange] = []
    for old in olds {
      guard let new = news.first(where: { $0.id == old.id }) else {
        changes.append(
          PlanChange(kind: .removed, section: old.section, clause: old.id, whom: old.whom, phrases: old.all))
        continue
      }
      let phrases = old.differences(to: new)
      guard !phrases.isEmpty else { continue }
      let whom = old.whom == new.whom ? new.whom : "\(old.whom) before, \(new.whom) now"
      changes.append(
        PlanChange(kind: .changed, section: old.section, clause: old.id, whom: whom, phrases: phrases))
    }
    for new in news where !olds.contains(where: { $0.id == new.id }) {
      changes.append(PlanChange(kind: .added, section: new.section, clause: new.id, whom: new.whom, phrases: new.all))
    }
    return changes
  }

  /// Where the order says something: the first that matches counts, or what stands later is more urgent.
  private static let orderedSections = ["channels", "classes", "targets", "rates", "waivers"]

  private static func reordering(_ section: String, _ old: [String], _ new: [String]) -> [PlanChange] {
    let (before, after) = (old.filter { new.contains($0) }, new.filter { old.contains($0) })
    guard before != after else { return [] }
    return [
      PlanChange(
        kind: .changed, section: section, clause: "order", whom: "everybody",
        phrases: ["the order is \(after.joined(separator: ", ")) instead of \(before.joined(separator: ", "))"])
    ]
  }
}
