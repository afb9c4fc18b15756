import NIOCore
import Policy
import SwiftProtobuf
import Wire

/// `clock.advance`: moves a test tenant's clock. What falls due by then is fired by the scheduler.
enum ClockAdvance<State: ServiceState>: WriteOperation {
  static var method: Wire.Method { .clockAdvance }

  static func needs(
    _ request: Callout_V1_ClockAdvanceRequest, _ state: State, _ needs: inout Needs<State>
  ) throws(Refused) {
    _ = try Instant(field: "to_ms", milliseconds: request.toMs)
  }

  static func decide(
    _ request: Callout_V1_ClockAdvanceRequest, _ state: inout State, _ context: inout Context
  ) -> Decision<Callout_V1_ClockAdvanceReply> {
    guard let tenant = state.common.tenant, let present = tenant.instant else {
      return .refused(Refused(.liveTenant, "Only a test tenant's clock can be moved; this one goes by the wall clock."))
    }
    let target = Instant(milliseconds: request.toMs)
    guard target >= present else {
      return .refused(Refused(.conflict(state: "\(present)"), "The clock stands at \(present) and never goes back."))
    }
    state.common.tenants.update(tenant.id) { $0.instant = target }
    return .accepted(.with { $0.nowMs = target.milliseconds })
  }
}

/// `clock.get`
enum ClockGet: ReadOperation {
  static var method: Wire.Method { .clockGet }
  static var isByKey: Bool { true }

  static func queries(_ request: Callout_V1_ClockGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [Query(sql: "SELECT min(due_at) FROM timers WHERE tenant_id = $1", [Argument(context.tenant)])]
  }

  static func reply(
    _ request: Callout_V1_ClockGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ClockGetReply {
    let next = try results.rows(0) { row throws(RowError) in try row.next(Instant?.self) }.first ?? nil
    return .with {
      $0.nowMs = context.now.milliseconds
      $0.nextDueMs = next?.milliseconds ?? 0
    }
  }
}

/// `pending.get`: what has not happened yet although its time has come.
struct PendingGet: DecodedRead {
  private let request: Callout_V1_PendingGetRequest
  private let sql: String

  /// The operation of a service.
  ///
  /// - Parameter own: SQL that counts what waits beside timers and events; nil: nothing does.
  static func entry(counting own: String?) -> ReadEntry {
    let sql =
      "SELECT (SELECT count(*) FROM timers WHERE tenant_id = $1 AND due_at <= $2)\(own.map { " + (\($0))" } ?? ""), "
      + "(SELECT count(*) FROM outbox WHERE tenant_id = $1), "
      + "(SELECT count(*) FROM dead_events WHERE tenant_id = $1), "
      + "(SELECT min(due_at) FROM timers WHERE tenant_id = $1)"
    return ReadEntry(method: .pendingGet, isByKey: false) { body in
      PendingGet(request: try Payload.decode(from: body), sql: sql)
    }
  }

  func queries(_ context: ReadContext) throws(Refused) -> [Query] {
    [Query(sql: sql, [Argument(context.tenant), Argument(context.now)])]
  }

  func followUp(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> [Query] { [] }

  func reply(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> ByteBuffer {
    let read = { (row: inout RowReader) throws(RowError) in
      (
        due: try row.next(Int64.self), waiting: try row.next(Int64.self), refused: try row.next(Int64.self),
        next: try row.next(Instant?.self)
      )
    }
    guard let counts = try results.rows(0, read).first else {
      return Payload.encode(Callout_V1_PendingGetReply())
    }
    return Payload.encode(
      Callout_V1_PendingGetReply.with {
        $0.timersDue = UInt64(clamping: counts.due)
        $0.eventsWaiting = UInt64(clamping: counts.waiting)
        $0.eventsRefused = UInt64(clamping: counts.refused)
        $0.nextDueMs = counts.next?.milliseconds ?? 0
        $0.nowMs = context.now.milliseconds
      })
  }
}
