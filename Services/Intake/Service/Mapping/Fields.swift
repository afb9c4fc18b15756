import Foundation
import IntakeRules
import Policy
import ServiceKit

// How the values of rules stand in the fields of messages: an id as its bytes, an instant as milliseconds, and what is
// not given as an empty field.

extension ID {
  var data: Data { Data(bytes) }
}

extension Optional {
  /// Empty for nil.
  func data<Tag>() -> Data where Wrapped == ID<Tag> { map { Data($0.bytes) } ?? Data() }
}

extension Instant? {
  /// 0 for nil.
  var milliseconds: Int64 { self?.milliseconds ?? 0 }
}

extension RawRepresentable where Self: CaseIterable, RawValue == String {
  /// The value that a field's word names; refuses `.invalid(field:)` with the words that it may be.
  init(field: String, _ word: String) throws(Refused) {
    guard let value = Self(rawValue: word) else {
      let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refused(.invalid(field: field), "\(field) is one of \(words).")
    }
    self = value
  }
}
