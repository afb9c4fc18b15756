import CalloutClient
import Policy
import Wire

/// A ticket as its replies tell of it: one state for each version, each reached from the one before.
struct Tickets {
  private struct Told {
    let ticket: JSONValue
    let call: CallRecord
  }

  private var versions: [String: [Int64: Told]] = [:]
  private var sightings: [String: [Sighting]] = [:]
  private var numbers: [String: String] = [:]

  /// States that may follow a state.
  private static let next: [String: Set<String>] = [
    "open": ["open", "dispatched", "resolved"], "dispatched": ["dispatched", "open", "resolved"],
    "resolved": ["resolved", "closed", "open"], "closed": ["closed", "open"],
  ]

  /// The state that an accepted operation leaves its ticket in.
  private static let made = [
    "ticket.open": "open", "ticket.dispatch": "dispatched", "ticket.resolve": "resolved", "ticket.close": "closed",
    "ticket.reopen": "open", "ticket.merge": "closed",
  ]

  /// Operations of which each accepted one makes a version of its own; others may find nothing to change.
  static let alwaysChanging: Set<String> = [
    "ticket.open", "ticket.dispatch", "ticket.resolve", "ticket.close", "ticket.reopen", "work.record",
    "ticket.merge", "ticket.split",
  ]

  /// Takes what all calls were told.
  init(_ calls: [CallRecord]) throws {
    for call in calls {
      for (reply, attempt) in call.replies {
        for member in ["ticket", "into", "split"] {
          if let ticket = reply[member] { try take(ticket, isFirst: member == "ticket", call, attempt) }
        }
      }
    }
  }

  /// - Parameter isFirst: whether it is the ticket that was asked about, not one that changed along with it.
  private mutating func take(
    _ ticket: JSONValue, isFirst: Bool, _ call: CallRecord, _ attempt: CallRecord.Attempt
  ) throws {
    guard let id = ticket["id"]?.plain, let version = ticket["version"]?.whole, version > 0 else { return }
    let isOwn = Self.alwaysChanging.contains(call.name)
    if isFirst, let state = Self.made[call.name], ticket["state"]?.plain != state {
      throw Violation(.history, "\(call.name) was accepted, and left ticket \(id) \(ticket["state"]?.plain ?? "")")
    }
    if let number = ticket["number"]?.plain {
      let key = "\(call.desk) \(number)"
      if let other = numbers[key], other != id {
        throw Violation(.history, "tickets \(other) and \(id) both have number \(number)")
      }
      numbers[key] = id
    }
    if let known = versions[id]?[version] {
      if known.ticket != ticket {
        throw Violation(.history, "version \(version) of ticket \(id) is told in two ways: \(known.ticket), \(ticket)")
      }
      if isOwn, Self.alwaysChanging.contains(known.call.name), known.call !== call {
        throw Violation(.history, "\(known.call.name) and \(call.name) both made version \(version) of ticket \(id)")
      }
    }
    if versions[id]?[version] == nil || isOwn { versions[id, default: [:]][version] = Told(ticket: ticket, call: call) }
    sightings[id, default: []].append(.init(number: version, call: call, attempt: attempt, isOwn: isOwn))
  }

  /// - Parameter stored: each ticket's version and state at the end, by id.
  func check(_ stored: [String: (version: Int64, state: String)]) throws {
    for (id, versions) in versions.sorted(by: { $0.key < $1.key }) {
      for (version, told) in versions.sorted(by: { $0.key < $1.key }) {
        guard let before = versions[version - 1]?.ticket["state"]?.plain, let after = told.ticket["state"]?.plain
        else { continue }
        // A ticket that is merged into another is closed from wherever it stands.
        if Self.next[before]?.contains(after) != true, told.call.name != "ticket.merge" || after != "closed" {
          throw Violation(.history, "\(told.call.name) brought ticket \(id) from \(before) to \(after)")
        }
      }
      guard let last = versions.max(by: { $0.key < $1.key }) else { continue }
      guard let present = stored[id], present.version >= last.key else {
        throw Violation(
          .acknowledged, "version \(last.key) of ticket \(id) was told by \(last.value.call.name) and is not there")
      }
      if present.version == last.key, let state = last.value.ticket["state"]?.plain, state != present.state {
        throw Violation(.history, "ticket \(id) is \(present.state) and was told to be \(state)")
      }
    }
    for (id, sightings) in sightings.sorted(by: { $0.key < $1.key }) { try sightings.checkOrder("ticket \(id)") }
  }
}
