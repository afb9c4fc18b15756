import CalloutClient
import Wire

/// A hold as the ledger has it at the end.
struct StoredHold {
  let state: String
  let amount: Int64
  let captured: Int64
}

/// Holds as their replies tell of them: each is placed once and ends once, as its last state says.
enum Holds {
  /// - Parameter stored: every hold at the end, by id.
  static func check(_ calls: [CallRecord], _ stored: [String: StoredHold]) throws {
    var ends: [String: CallRecord] = [:]
    for call in calls {
      for (reply, _) in call.replies {
        guard let hold = reply["hold"], let id = hold["id"]?.plain, let amount = hold["amount"]?.whole else { continue }
        guard let present = stored[id] else {
          throw Violation(.acknowledged, "\(call.name) was told hold \(id), which is not there")
        }
        if present.amount != amount {
          throw Violation(.history, "hold \(id) of \(present.amount) was told to \(call.name) as \(amount)")
        }
        let state: String
        switch call.method {
        case .holdVoid: state = "voided"
        case .holdCapture: state = "captured"
        default: continue
        }
        if let other = ends[id], other !== call {
          throw Violation(.hold, "hold \(id) was ended by \(other.name) and again by \(call.name)")
        }
        ends[id] = call
        if present.state != state {
          throw Violation(.acknowledged, "\(call.name) was accepted, and hold \(id) is \(present.state)")
        }
        if state == "captured", present.captured != call.request["amount"]?.whole ?? 0 {
          throw Violation(.history, "\(present.captured) of hold \(id) were captured, not what \(call.name) asked")
        }
      }
    }
  }
}
