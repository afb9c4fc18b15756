import IntakeRules
import Policy
import ServiceKit

/// Work under way as a ticket keeps it.
struct StoredRunning: StoredValue {
  let id: String
  let mode: String
  let engineer: String
  let sinceMs: Int64

  init(_ running: RunningWork) {
    id = running.id.description
    mode = running.mode.rawValue
    engineer = running.engineer
    sinceMs = running.since.milliseconds
  }

  var value: RunningWork? {
    guard let id = WorkID(id), let mode = WorkRecord.Mode(rawValue: mode) else { return nil }
    return RunningWork(id: id, mode: mode, engineer: engineer, since: Instant(milliseconds: sinceMs))
  }
}

/// An earlier stretch as a ticket keeps it.
struct StoredStretch: StoredValue {
  let reportedMs: Int64
  let resolvedMs: Int64
  let resolution: String
  let category: String
  let name: String
  let maintenanceVisitID: String?
  let earlierClosedMs: Int64?
  let earlierHasSameAsset: Bool
  let targets: [StoredTarget]
  let beyondConsent: [StoredInterval]
  let hasLateWork: Bool

  init(_ stretch: TicketStretch) {
    reportedMs = stretch.reportedAt.milliseconds
    resolvedMs = stretch.resolvedAt.milliseconds
    resolution = stretch.resolution.rawValue
    category = stretch.category
    name = stretch.class
    maintenanceVisitID = stretch.maintenanceVisitID?.description
    earlierClosedMs = stretch.earlierClosedAt?.milliseconds
    earlierHasSameAsset = stretch.earlierHasSameAsset
    targets = stretch.targets.map(StoredTarget.init)
    beyondConsent = stretch.beyondConsent.map(StoredInterval.init)
    hasLateWork = stretch.hasLateWork
  }

  var value: TicketStretch? {
    let (targets, beyond) = (targets.compactMap(\.value), beyondConsent.compactMap(\.value))
    guard let resolution = Ticket.Resolution(rawValue: resolution), targets.count == self.targets.count,
      beyond.count == beyondConsent.count
    else { return nil }
    return TicketStretch(
      reportedAt: Instant(milliseconds: reportedMs), resolvedAt: Instant(milliseconds: resolvedMs),
      resolution: resolution, category: category, class: name,
      maintenanceVisitID: maintenanceVisitID.flatMap { VisitID($0) },
      earlierClosedAt: earlierClosedMs.map(Instant.init(milliseconds:)), earlierHasSameAsset: earlierHasSameAsset,
      targets: targets, beyondConsent: beyond, hasLateWork: hasLateWork)
  }
}
