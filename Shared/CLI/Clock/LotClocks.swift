import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// What a lot went through by the journal.
struct LotCourse {
  /// `lot … of flexi-600`.
  var name: String
  /// The transfers that filled it, drew on it or moved its end, with its part in each, in the journal's order.
  var parts: [(transfer: Callout_V1_Transfer, draw: Callout_V1_Draw)] = []

  /// Those of an agreement, in the order in which they were filled first.
  ///
  /// - Parameter transfers: the whole journal, in its order.
  static func all(of transfers: [Callout_V1_Transfer]) -> [LotCourse] {
    var places: [Data: Int] = [:]
    var lots: [LotCourse] = []
    for transfer in transfers {
      for draw in transfer.entries.first?.draws ?? [] {
        let place = places[draw.lotID] ?? lots.count
        if place == lots.count {
          let package = transfer.kind == "grant" ? transfer.lines.first?.clause ?? "" : ""
          let id = LotID(bytes: draw.lotID)?.description ?? ""
          lots.append(LotCourse(name: "lot \(id) \(package.isEmpty ? "added by hand" : "of \(package)")"))
          places[draw.lotID] = place
        }
        lots[place].parts.append((transfer, draw))
      }
    }
    return lots
  }

  /// The clock of its expiry.
  func expiry(now: Int64) -> LifeClock {
    var clock = LifeClock(title: "L\(name.dropFirst())")
    var left: Int64 = 0
    for (transfer, draw) in parts {
      left += draw.amount
      if draw.amount >= 0 {
        let state = draw.expiresMs == 0 ? "cancelled" : "running"
        clock.add(transfer.atMs, state, due: draw.expiresMs, transfer.text)
      } else if transfer.kind == "expiry" {
        clock.add(transfer.atMs, "missed", due: clock.due, transfer.text)
      }
    }
    // What is used up leaves no trace in the journal when its time is over.
    if left == 0, clock.intervals.last?.state == "running", clock.due <= now {
      clock.add(clock.due, "met", due: clock.due, "All of it was used by then.")
    }
    return clock
  }

  /// The clock of the notice ahead of its expiry, which the plan that filled it or moved its end says how long before; nil where it never
  /// had an end. It is met when the customer was told, which other lots with the same last day may have brought about earlier.
  ///
  /// - Parameters:
  ///   - notices: the customer's, the oldest first.
  ///   - plan: by its version; nil: the one that the agreement is under.
  func notice(_ notices: [Callout_V1_CustomerNotice], plan: (Data) -> Plan?, now: Int64) -> LifeClock? {
    var course = WarningCourse(clock: LifeClock(title: "Notice before \(name) expires"), notices: notices)
    var expires: Int64?
    for (transfer, draw) in parts {
      course.settle(by: transfer.atMs)
      course.left += draw.amount
      if draw.amount >= 0, draw.expiresMs != expires, let plan = plan(transfer.planVersion) {
        expires = draw.expiresMs
        course.arm(transfer, expires: draw.expiresMs, granted: parts[0].transfer.atMs, plan)
      } else {
        course.follow(transfer)
      }
    }
    course.settle(by: now)
    return course.clock.intervals.isEmpty ? nil : course.clock
  }
}

/// The clock of a notice ahead of a lot's expiry, while it is made from the journal.
private struct WarningCourse {
  var clock: LifeClock
  let notices: [Callout_V1_CustomerNotice]
  /// Units of the lot.
  var left: Int64 = 0
  private var warning: Warning?

  /// A notice that is to come.
  struct Warning {
    var due: Int64
    var since: Int64
    /// Whether a notice is the one.
    var isTold: (Callout_V1_CustomerNotice) -> Bool
  }

  init(clock: LifeClock, notices: [Callout_V1_CustomerNotice]) {
    self.clock = clock
    self.notices = notices
  }

  /// Looks whether the customer was told by then, or should have been.
  mutating func settle(by instant: Int64) {
    guard let warning else { return }
    if let told = notices.first(where: { $0.atMs >= warning.since && $0.atMs <= instant && warning.isTold($0) }) {
      clock.add(told.atMs, "met", due: warning.due, "The customer was told: \(told.subject)")
    } else if warning.due >= instant {
      return
    } else if left > 0 {
      clock.add(
        warning.due, "missed", due: warning.due,
        "No notice is known: all of it was kept aside for work then, or the news is under way")
    }
    self.warning = nil
  }

  /// The lot was filled, or its end moved.
  mutating func arm(_ transfer: Callout_V1_Transfer, expires: Int64, granted: Int64, _ plan: Plan) {
    warning = nil
    guard expires != 0 else {
      if !clock.intervals.isEmpty { clock.add(transfer.atMs, "cancelled", due: 0, "\(transfer.text): it has no end") }
      return
    }
    let end = Instant(milliseconds: expires)
    let due = plan.expiryNotice(before: end).milliseconds
    let what = "\(transfer.text): the last day is \(plan.lastDay(before: end).words)"
    guard due > transfer.atMs else {
      return clock.add(
        transfer.atMs, "cancelled", due: 0, "\(what), too near to be told of \(plan.notices.expiry) before")
    }
    clock.add(transfer.atMs, "running", due: due, "\(what), told of \(plan.notices.expiry) before")
    warning = Warning(due: due, since: transfer.atMs) { notice in
      notice.kind == MessageKind.expiry.rawValue
        && plan.isExpiryTold(
          subject: notice.subject, text: notice.text, ofUnit: transfer.unit, granted: Instant(milliseconds: granted),
          expiring: end)
    }
  }

  /// Something else happened to the lot.
  mutating func follow(_ transfer: Callout_V1_Transfer) {
    guard let warning else { return }
    if left == 0 {
      clock.add(transfer.atMs, "cancelled", due: warning.due, "\(transfer.text): nothing of it is left")
    } else {
      clock.add(transfer.atMs, "running", due: warning.due, "\(transfer.text): something of it is left again")
    }
  }
}

extension LifeClock {
  /// The clocks of an agreement's lots: when each expires, and when the customer is told of that ahead.
  static func lots(
    of id: AgreementID, _ client: CalloutClient, _ options: CallOptions, zones: @escaping ZoneLoader
  ) async throws(CalloutError) -> [LifeClock] {
    let agreement = try await client.ledger.agreementGet(.with { $0.agreementID = Data(id.bytes) }, options: options)
      .agreement
    var transfers: [Callout_V1_Transfer] = []
    var request = JournalListRequest()
    request.agreementID = agreement.id
    request.page.size = pageSize
    repeat {
      let page = try await client.ledger.journalList(request, options: options)
      transfers += page.transfers
      request.page.after = page.next
    } while !request.page.after.isEmpty
    var plans: [Data: Plan] = [:]
    for version in Set(transfers.map(\.planVersion) + [agreement.planVersion]) where !version.isEmpty {
      let document = try await client.ledger.planGet(.with { $0.version = version }, options: options).document
      plans[version] = try? Plan.read(String(decoding: document, as: UTF8.self), zones: zones).get()
    }
    let notices = try await notices(to: agreement.accountID, client, options)
    let now = try await client.ledger.clockGet(ClockGetRequest(), options: options).nowMs
    let found = plans
    return LotCourse.all(of: transfers).flatMap { lot in
      let notice = lot.notice(notices, plan: { found[$0] ?? found[agreement.planVersion] }, now: now)
      return [lot.expiry(now: now), notice].compactMap(\.self)
    }
  }
}
