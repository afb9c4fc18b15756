import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// A clock of something that is no ticket's: what it went through, in the shape of a ticket's clocks. It is made of what is kept for
/// ever: the journal, published plans, and what customers were told.
struct LifeClock: Equatable {
  /// Whose clock it is, in words.
  var title: String
  /// In order. A clock is running, met, missed or cancelled.
  var intervals: [Interval] = []

  /// How it stood from an instant on.
  struct Interval: Equatable {
    var at: Int64
    var state: String
    /// 0: it was not due.
    var due: Int64
    var why: String
  }

  /// When it is due, or was; 0: it is not.
  var due: Int64 { intervals.last?.due ?? 0 }

  mutating func add(_ at: Int64, _ state: String, due: Int64, _ why: String) {
    if let last = intervals.last, last.state == state, last.due == due { return }
    intervals.append(Interval(at: at, state: state, due: due, why: why))
  }

  /// The clocks of an agreement's lots: each is due when the lot expires, in the order in which they were filled first.
  ///
  /// - Parameter transfers: the whole journal, in its order.
  static func lots(_ transfers: [Callout_V1_Transfer], now: Int64) -> [LifeClock] {
    var places: [Data: Int] = [:]
    var clocks: [(clock: LifeClock, left: Int64)] = []
    for transfer in transfers {
      for draw in transfer.entries.first?.draws ?? [] {
        let place = places[draw.lotID] ?? clocks.count
        if place == clocks.count {
          let package = transfer.kind == "grant" ? transfer.lines.first?.clause ?? "" : ""
          let id = LotID(bytes: draw.lotID)?.description ?? ""
          clocks.append((LifeClock(title: "Lot \(id) \(package.isEmpty ? "added by hand" : "of \(package)")"), 0))
          places[draw.lotID] = place
        }
        clocks[place].left += draw.amount
        if draw.amount >= 0 {
          let state = draw.expiresMs == 0 ? "cancelled" : "running"
          clocks[place].clock.add(transfer.atMs, state, due: draw.expiresMs, transfer.text)
        } else if transfer.kind == "expiry" {
          clocks[place].clock.add(transfer.atMs, "missed", due: clocks[place].clock.due, transfer.text)
        }
      }
    }
    return clocks.map { clock, left in
      var clock = clock
      // What is used up leaves no trace in the journal when its time is over.
      if left == 0, clock.intervals.last?.state == "running", clock.due <= now {
        clock.add(clock.due, "met", due: clock.due, "All of it was used by then.")
      }
      return clock
    }
  }

  /// A published version of the plan that a customer is on.
  struct Version {
    var publishedAt: Int64
    var plan: Plan
  }

  /// The clock of the notice of a product's end of life (P17): it is due at the end of the last day on which the notice is in time, and
  /// met by telling the customer.
  static func endOfLife(_ versions: [Version], _ notices: [Callout_V1_CustomerNotice]) -> LifeClock {
    var clock = LifeClock(title: "Notice of the end of life")
    var told = notices.filter { $0.kind == "end-of-life" }.sorted { $0.atMs < $1.atMs }[...]
    func tell(before instant: Int64) {
      while let notice = told.first, notice.atMs < instant {
        clock.add(
          notice.atMs, notice.late ? "missed" : "met", due: clock.due, "The customer was told: \(notice.subject).")
        told = told.dropFirst()
      }
    }
    var known: CivilDate?
    for version in versions.sorted(by: { $0.publishedAt < $1.publishedAt }) {
      tell(before: version.publishedAt)
      let end = version.plan.product?.endOfLife?.on
      guard end != known else { continue }
      known = end
      if let end, let last = version.plan.noticeDay {
        let due = version.plan.zone.startOfDay(last.adding(days: 1)).milliseconds
        clock.add(
          version.publishedAt, "running", due: due, "Support ends on \(end): the last day for the notice is \(last).")
      } else {
        clock.add(version.publishedAt, "cancelled", due: 0, "No end is foreseen.")
      }
    }
    tell(before: .max)
    return clock
  }

  func text(_ civil: (Int64) -> String) -> String {
    let head = due == 0 ? "\(title): not due" : "\(title): due \(civil(due))"
    let rows = intervals.map { [civil($0.at), $0.state, $0.due == 0 ? "" : "due \(civil($0.due))", $0.why] }
    return ([head] + Columns.lines(rows, indent: "  ")).joined(separator: "\n") + "\n"
  }

  func json(_ instant: (Int64) -> JSONValue) -> JSONValue {
    [
      "clock": .text(title), "due": due == 0 ? .null : instant(due),
      "history": .list(
        intervals.enumerated().map { index, interval in
          [
            "from": instant(interval.at),
            "to": intervals.indices.contains(index + 1) ? instant(intervals[index + 1].at) : .null,
            "state": .text(interval.state), "due": interval.due == 0 ? .null : instant(interval.due),
            "why": .text(interval.why),
          ]
        }),
    ]
  }
}

extension LifeClock {
  /// How many of anything one page brings.
  private static let pageSize: UInt32 = 100

  static func lots(
    of agreement: AgreementID, _ client: CalloutClient, _ options: CallOptions
  ) async throws(CalloutError) -> [LifeClock] {
    var transfers: [Callout_V1_Transfer] = []
    var request = JournalListRequest()
    request.agreementID = Data(agreement.bytes)
    request.page.size = pageSize
    repeat {
      let page = try await client.ledger.journalList(request, options: options)
      transfers += page.transfers
      request.page.after = page.next
    } while !request.page.after.isEmpty
    let now = try await client.ledger.clockGet(ClockGetRequest(), options: options).nowMs
    return lots(transfers, now: now)
  }

  /// - Parameter zones: of the plans.
  static func endOfLife(
    of account: AccountID, _ client: CalloutClient, _ options: CallOptions, zones: @escaping ZoneLoader
  ) async throws(CalloutError) -> LifeClock {
    let id = Data(account.bytes)
    let customer = try await client.intake.accountGet(.with { $0.accountID = id }, options: options).account
    var published: [Callout_V1_PlanVersion] = []
    var request = PlanListRequest()
    request.page.size = pageSize
    repeat {
      let page = try await client.notifier.planList(request, options: options)
      published += page.versions
      request.page.after = page.next
    } while !request.page.after.isEmpty
    let plan = published.first { $0.version == customer.planVersion }?.plan
    var versions: [Version] = []
    for version in published where version.plan == plan {
      let document = try await client.notifier.planGet(.with { $0.version = version.version }, options: options)
        .document
      guard case .success(let plan) = Plan.read(String(decoding: document, as: UTF8.self), zones: zones) else {
        continue
      }
      versions.append(Version(publishedAt: version.publishedMs, plan: plan))
    }
    var notices: [Callout_V1_CustomerNotice] = []
    var asked = NoticeListRequest()
    asked.accountID = id
    asked.page.size = pageSize
    repeat {
      let page = try await client.notifier.noticeList(asked, options: options)
      notices += page.notices
      asked.page.after = page.next
    } while !asked.page.after.isEmpty
    return endOfLife(versions, notices)
  }
}
