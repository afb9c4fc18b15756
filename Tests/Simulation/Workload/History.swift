import CalloutClient
import Wire

/// What became of a call.
enum CallOutcome: Sendable, Equatable {
  case reply(JSONValue)
  case refused(UInt32)
  /// Nobody knows whether it had an effect.
  case unknown
  /// It surely had none.
  case nothing
}

/// A call that was made: who asked what, under which key, and what came of it, each time that it was made.
final class CallRecord: @unchecked Sendable {
  let operation: OperationShape
  let tenant: Int
  let role: TenantRoleName
  let key: [UInt8]
  let request: JSONValue
  var outcomes: [CallOutcome] = []

  typealias TenantRoleName = String

  init(_ operation: OperationShape, tenant: Int, role: String, key: [UInt8], request: JSONValue) {
    self.operation = operation
    self.tenant = tenant
    self.role = role
    self.key = key
    self.request = request
  }

  /// The reply, if one ever came.
  var reply: JSONValue? {
    for case .reply(let reply) in outcomes { return reply }
    return nil
  }
}

/// What must be true of all calls together.
///
/// It knows nothing of how a service decides: it compares what was acknowledged with what was acknowledged before, and
/// with what is there at the end.
struct ReferenceModel {
  struct Violation: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }

  /// The same key is answered the same for ever (I6), whatever was unknown in between.
  static func checkAnswers(_ calls: [CallRecord]) throws {
    for call in calls where call.operation.method.kind == .write {
      var known: CallOutcome?
      for outcome in call.outcomes {
        switch outcome {
        case .unknown, .nothing: continue
        case .refused(let number) where RefusalCode(rawValue: number).map { $0.isPassing } ?? false: continue
        case .reply, .refused:
          if let known, known != outcome {
            throw Violation("I6: \(call.operation.method.name) under one key: first \(known), then \(outcome)")
          }
          known = outcome
        }
      }
    }
  }

  /// What the journal holds at the end is what was acknowledged, with the amounts that were acknowledged.
  ///
  /// - Parameter transfers: by id: kind and amount, at the end.
  static func checkJournal(_ calls: [CallRecord], _ transfers: [String: (kind: String, amount: Int64)]) throws {
    var owners: [String: CallRecord] = [:]
    for call in calls {
      guard let reply = call.reply else { continue }
      for transfer in posted(reply, by: call.operation.method) {
        guard case .text(let id)? = transfer["id"] else { continue }
        guard let present = transfers[id] else {
          throw Violation("\(call.operation.method.name) was acknowledged with transfer \(id), which is not there")
        }
        if case .integer(let amount)? = transfer["amount"], amount != present.amount {
          throw Violation("transfer \(id) was acknowledged with \(amount) and is \(present.amount)")
        }
        if let other = owners[id], other !== call {
          throw Violation(
            "transfer \(id) answers two keys, of \(other.operation.method.name) and \(call.operation.method.name)")
        }
        owners[id] = call
      }
    }
    // What nobody asked for, and no ticket, timer or acknowledged overage explains, must not be there.
    let possible = calls.filter { call in
      call.operation.method == .adjustmentPost && (call.reply != nil || call.outcomes.contains(.unknown))
    }
    let adjustments = transfers.values.filter { $0.kind == "adjustment" }.count
    if adjustments > possible.count {
      throw Violation("\(adjustments) adjustments were posted, and \(possible.count) could have been")
    }
  }

  /// The transfers of a reply to an operation that posts them.
  private static func posted(_ reply: JSONValue, by method: Wire.Method) -> [JSONValue] {
    switch method {
    case .chargePost, .chargeReverse, .adjustmentPost, .holdCapture:
      reply["transfer"].map { [$0] } ?? []
    default: []
    }
  }

  /// Operations of which each accepted one changes its ticket.
  private static let alwaysChanging: Set<String> = [
    "ticket.open", "ticket.dispatch", "ticket.resolve", "ticket.close", "ticket.reopen", "work.record",
  ]

  /// Tickets are numbered once, and each acknowledged change made a version of its own.
  static func checkTickets(_ calls: [CallRecord]) throws {
    var numbers: [String: String] = [:]
    var versions: [String: CallRecord] = [:]
    for call in calls where call.operation.method.kind == .write {
      guard let ticket = call.reply?["ticket"], case .text(let id)? = ticket["id"] else { continue }
      if let number = ticket["number"]?.plain, call.operation.method == .ticketOpen {
        if let other = numbers["\(call.tenant) \(number)"], other != id {
          throw Violation("tickets \(other) and \(id) both have number \(number)")
        }
        numbers["\(call.tenant) \(number)"] = id
      }
      // Other operations may find nothing to change, and a message is a row of its own.
      guard alwaysChanging.contains(call.operation.method.name), let version = ticket["version"]?.plain,
        !version.isEmpty
      else { continue }
      if let other = versions["\(id) \(version)"], other !== call {
        throw Violation(
          "ticket \(id) got version \(version) from \(other.operation.method.name) and \(call.operation.method.name)")
      }
      versions["\(id) \(version)"] = call
    }
  }
}

extension RefusalCode {
  /// Whether the refusal says nothing of the request itself: it was not decided.
  var isPassing: Bool {
    switch self {
    case .unavailable, .overloaded, .draining, .deadlineExceeded, .outcomeUnknown, .cancelled, .tenantUnknown: true
    default: false
    }
  }
}
