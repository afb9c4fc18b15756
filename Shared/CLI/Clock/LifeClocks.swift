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
  static let pageSize: UInt32 = 100

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
    return endOfLife(versions, try await notices(to: id, client, options))
  }

  /// What a customer was told, the oldest first.
  static func notices(
    to account: Data, _ client: CalloutClient, _ options: CallOptions
  ) async throws(CalloutError) -> [Callout_V1_CustomerNotice] {
    var notices: [Callout_V1_CustomerNotice] = []
    var request = NoticeListRequest()
    request.accountID = account
    request.page.size = pageSize
    repeat {
      let page = try await client.notifier.noticeList(request, options: options)
      notices += page.notices
      request.page.after = page.next
    } while !request.page.after.isEmpty
    return notices.sorted { $0.atMs < $1.atMs }
  }
}
