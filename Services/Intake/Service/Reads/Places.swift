import Policy
import ServiceKit
import Wire

/// The places before the first and after the last of all ids: where a first page begins. No version 7 identifier has
/// either.
extension ID {
  static var lowest: ID { ID(high: 0, low: 0) }
  static var highest: ID { ID(high: .max, low: .max) }
}

extension Callout_V1_Page {
  /// The page as a reply needs it, after the queries have checked it.
  func checked() throws(ReadFailure) -> PageRequest {
    do {
      return try PageRequest(self)
    } catch {
      throw .refused(error)
    }
  }
}
