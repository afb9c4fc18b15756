public import Policy
internal import Wire

/// How a test tenant's time was moved.
public struct ClockAdvance: Sendable, Hashable {
  /// The time in all three services now.
  public let now: Instant
  /// The instants at which something fell due on the way.
  public let stops: [Instant]
}

extension CalloutClient {
  /// Moves a test tenant's clock in all three services, and returns when everything due by then has happened and every
  /// event has been delivered.
  ///
  /// The clocks stop at each instant at which something is due anywhere, so that what happens there happens at its own
  /// time in all three. A service whose clock is there already is left alone; so a move that broke off can be repeated.
  ///
  /// - Parameters:
  ///   - target: Where to go. If the clocks are there already, only what is waiting is waited for.
  ///   - tenant: The test tenant, instead of the configuration's.
  ///   - patience: The longest wait for things to settle at one instant, and for a service that is away.
  ///   - stopped: Told each instant at which something fell due, for a display.
  /// - Throws: ``CalloutError/refusal(_:)`` for a live tenant; ``CalloutError/transport(text:effect:)`` if a service
  ///   refuses another's news for good, or if things do not settle. The clocks then stand where they came to.
  @discardableResult
  public func advanceClock(
    to target: Instant, tenant: TenantID? = nil, patience: Duration = .seconds(60),
    stopped: @Sendable (Instant) -> Void = { _ in }
  ) async throws(CalloutError) -> ClockAdvance {
    let options = CallOptions(deadline: min(patience, .seconds(300)), tenant: tenant)
    let refused = try await pending(options).map(\.eventsRefused)
    var stops: [Instant] = []
    while true {
      let places = try await settle(options, patience: patience, refusedBefore: refused)
      let due = places.map(\.nextDueMs).filter { $0 > 0 }.min().map { Instant(milliseconds: $0) }
      let next = min(due ?? target, target)
      let latest = places.map(\.nowMs).max() ?? 0
      let earliest = places.map(\.nowMs).min() ?? 0
      if earliest >= target.milliseconds { return ClockAdvance(now: Instant(milliseconds: latest), stops: stops) }
      try await move(places, to: next, options)
      if due == next {
        stops.append(next)
        stopped(next)
      }
    }
  }

  /// Waits until nothing is due and no event is under way in all three services.
  ///
  /// - Parameters:
  ///   - tenant: The tenant, instead of the configuration's.
  ///   - patience: The longest wait.
  /// - Throws: ``CalloutError/transport(text:effect:)`` if it takes longer, or a service refuses another's news for good.
  public func settle(tenant: TenantID? = nil, patience: Duration = .seconds(60)) async throws(CalloutError) {
    let options = CallOptions(deadline: min(patience, .seconds(300)), tenant: tenant)
    let refused = try await pending(options).map(\.eventsRefused)
    _ = try await settle(options, patience: patience, refusedBefore: refused)
  }

  private func pending(_ options: CallOptions) async throws(CalloutError) -> [PendingGetReply] {
    try await everywhere { service throws(CalloutError) in
      try await service.pendingGet(PendingGetRequest(), options: options)
    }
  }

  private func move(
    _ places: [PendingGetReply], to instant: Instant, _ options: CallOptions
  ) async throws(CalloutError) {
    var request = ClockAdvanceRequest()
    request.toMs = instant.milliseconds
    let filled = request
    let behind = Set(zip(services, places).filter { $0.1.nowMs < instant.milliseconds }.map(\.0.name))
    _ = try await everywhere { service throws(CalloutError) in
      if behind.contains(service.name) { _ = try await service.clockAdvance(filled, options: options) }
    }
  }

  /// Asks until all three have twice in a row nothing to do: one event may cause another.
  private func settle(
    _ options: CallOptions, patience: Duration, refusedBefore: [UInt64]
  ) async throws(CalloutError) -> [PendingGetReply] {
    let start = surroundings.now()
    var quietCount = 0
    var pause: Duration = .milliseconds(2)
    while true {
      let places = try await pending(options)
      for (index, place) in places.enumerated() where place.eventsRefused > refusedBefore[index] {
        throw .transport(
          text: "\(services[index].name.rawValue) has news that another service refused for good; see its log.",
          effect: .done)
      }
      let isQuiet = places.allSatisfy { $0.timersDue == 0 && $0.eventsWaiting == 0 }
      quietCount = isQuiet ? quietCount + 1 : 0
      if quietCount == 2 { return places }
      guard surroundings.now() - start < patience else {
        let waiting = zip(services, places).map {
          "\($0.name.rawValue) has \($1.timersDue) due and \($1.eventsWaiting) events waiting"
        }
        throw .transport(
          text: "Things did not settle within \(patience): \(waiting.joined(separator: ", ")).", effect: .done)
      }
      if isQuiet { continue }
      do { try await surroundings.sleep(pause) } catch {
        throw .transport(text: "The wait was cancelled.", effect: .done)
      }
      pause = min(pause * 2, .milliseconds(100))
    }
  }
}
