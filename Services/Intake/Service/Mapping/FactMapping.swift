import Foundation
import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Facts {
  /// The most facts that a request may tell.
  static let countMax = 32
  /// The most words of one fact.
  static let wordCountMax = 100

  /// What a request tells; refuses `.invalid(field:)` for a name that plans do not know or a value of another shape.
  init(field: String, _ told: [Callout_V1_Fact]) throws(Refused) {
    self.init()
    guard told.count <= Self.countMax else {
      throw Refused(.invalid(field: field), "\(field) has at most \(Self.countMax) facts.")
    }
    for fact in told {
      guard let name = FactName(rawValue: fact.name) else {
        let names = FactName.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refused(.invalid(field: field), "No plan can ask for the fact it names; the names are \(names).")
      }
      self[name] = try Self.value(of: fact, name, field)
    }
  }

  private static func value(of fact: Callout_V1_Fact, _ name: FactName, _ field: String) throws(Refused) -> Fact {
    switch (fact.value, name.shape) {
    case (.text(let text), .text): return .text(try word(text, name, field))
    case (.text(let text), .list): return .list([try word(text, name, field)])
    case (.flag(let flag), .flag): return .flag(flag)
    case (.instantMs(let milliseconds), .instant):
      return .instant(try Instant(field: field, milliseconds: milliseconds))
    case (.list(let list), .list):
      guard list.items.count <= wordCountMax else {
        throw Refused(.invalid(field: field), "The fact \(name.rawValue) has at most \(wordCountMax) words.")
      }
      var words: [String] = []
      for item in list.items { words.append(try word(item, name, field)) }
      return .list(words)
    case (_, .text), (_, .flag), (_, .list), (_, .instant):
      throw Refused(.invalid(field: field), "The fact \(name.rawValue) is a \(name.shape).")
    }
  }

  private static func word(_ text: String, _ name: FactName, _ field: String) throws(Refused) -> String {
    guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Refused(.invalid(field: field), "The fact \(name.rawValue) holds words of 1 to 64 bytes, without spaces.")
    }
    return text
  }
}

extension Callout_V1_Fact {
  /// A fact as the wire shows it.
  init(_ name: FactName, _ fact: Fact) {
    self.init()
    self.name = name.rawValue
    switch fact {
    case .text(let text): value = .text(text)
    case .number(let number): value = .number(number)
    case .flag(let flag): value = .flag(flag)
    case .list(let list): value = .list(.with { $0.items = list })
    case .instant(let instant): value = .instantMs(instant.milliseconds)
    }
  }
}

extension Callout_V1_Task {
  /// The most stretches of work that a task tells.
  static let intervalCountMax = 1000

  /// What rating looks at, as the wire shows it.
  init(_ task: TaskFacts) {
    self.init()
    facts = task.facts.all.map { Callout_V1_Fact($0.name, $0.fact) }
    work = task.work.prefix(Self.intervalCountMax).map(Callout_V1_Interval.init)
    beyond = task.beyond.prefix(Self.intervalCountMax).map(Callout_V1_Interval.init)
    reportedMs = task.reportedAt.milliseconds
    completedMs = task.completedAt.milliseconds
    blocksConsented = UInt32(task.blocksConsented)
    assessed = task.isAssessed
    assessment = task.assessment
    overrideReason = task.assessmentOverride ?? ""
    earlierClosedMs = task.earlierClosedAt.milliseconds
    parts = task.parts.map(Callout_V1_Part.init)
    misusedClass = task.misusedClass ?? ""
  }
}
