public import Policy
import SwiftProtobuf
public import Wire

extension Facts {
  /// The most facts that a request tells, unless its message says otherwise.
  public static let toldCountMax = 32
  /// The most words of one fact.
  public static let wordCountMax = 100
  /// The most bytes of a word.
  public static let wordByteCountMax = 64

  /// What a request tells; refuses `.invalid(field:)` for more than `countMax` facts, a name that plans do not know, and a
  /// value of another shape than the name's.
  public init(field: String, _ told: [Callout_V1_Fact], countMax: Int = toldCountMax) throws(Refused) {
    self.init()
    guard told.count <= countMax else {
      throw Refused(.invalid(field: field), "\(field) has at most \(countMax) facts.")
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
    guard (1...wordByteCountMax).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Refused(
        .invalid(field: field),
        "The fact \(name.rawValue) holds words of 1 to \(wordByteCountMax) bytes, without spaces.")
    }
    return text
  }
}

extension Callout_V1_Fact {
  /// A fact as the wire shows it.
  public init(_ name: FactName, _ fact: Fact) {
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
