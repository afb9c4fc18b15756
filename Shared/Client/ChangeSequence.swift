internal import Foundation
internal import NIOCore
public import Policy
internal import Transport
public import Wire

/// Something that changed in a service; see `changes.watch`.
public typealias Change = Callout_V1_Change

extension ServiceClient {
  /// What changes in this service for the tenant, as it happens.
  ///
  /// ```swift
  /// for try await change in client.intake.changes(kinds: ["ticket.resolved"]) {
  ///   print(change.kind, change.text)
  /// }
  /// ```
  ///
  /// When a connection breaks or a process shuts down, the sequence goes on from the last change that it gave, on
  /// another connection; a service that comes back late is waited for as long as the task runs.
  ///
  /// - Parameters:
  ///   - cursor: ``Change`` cursor after which to go on; nil: from now on.
  ///   - kinds: Such as `ticket.resolved`, at most 50; empty: all.
  ///   - subject: Id of the only subject to watch; nil: all.
  ///   - tenant: The tenant, instead of the configuration's.
  public func changes(
    after cursor: [UInt8]? = nil, kinds: [String] = [], subject: [UInt8]? = nil, tenant: TenantID? = nil
  ) -> ChangeSequence {
    ChangeSequence(caller: caller, cursor: cursor ?? [], kinds: kinds, subject: subject ?? [], tenant: tenant)
  }
}

/// Changes in the order in which they happened; ends only with an error or when its task is cancelled.
public struct ChangeSequence: AsyncSequence, Sendable {
  /// What is given.
  public typealias Element = Change
  /// Why there is no more.
  public typealias Failure = CalloutError

  let caller: ServiceCaller
  let cursor: [UInt8]
  let kinds: [String]
  let subject: [UInt8]
  let tenant: TenantID?

  /// A reader, which starts where the sequence does.
  public func makeAsyncIterator() -> Iterator { Iterator(sequence: self, cursor: cursor) }

  /// Reads changes.
  public struct Iterator: AsyncIteratorProtocol {
    /// What is given.
    public typealias Element = Change
    /// Why there is no more.
    public typealias Failure = CalloutError

    let sequence: ChangeSequence
    /// Where to go on: the cursor of the last change given.
    public private(set) var cursor: [UInt8]
    private var stream: (any ServiceStream)?
    private var failureCount = 0

    init(sequence: ChangeSequence, cursor: [UInt8]) {
      self.sequence = sequence
      self.cursor = cursor
    }

    /// Returns when the service watches: nothing that changes from then on is missed. ``next()`` begins by itself
    /// otherwise. Where the sequence goes on from a cursor, nothing can be missed, and this returns at once.
    public mutating func begin() async throws(CalloutError) {
      while cursor.isEmpty, !Task.isCancelled { _ = try await push() }
    }

    /// The next change. Waits until there is one.
    public mutating func next() async throws(CalloutError) -> Change? {
      while !Task.isCancelled {
        // Where a watch begins is the sequence's business, not its reader's.
        if let change = try await push(), change.kind != "watch.started" { return change }
      }
      return nil
    }

    /// What is pushed next; nil after a failure, once it has waited before another attempt.
    private mutating func push() async throws(CalloutError) -> Change? {
      let failure: AttemptFailure
      do throws(TransportError) {
        if let change = try await read() { return change }
        // A service that ends a stream is shutting down.
        failure = .broken(text: "\(sequence.caller.service.rawValue) ended the stream.", effect: .none)
      } catch {
        failure = AttemptFailure(error, service: sequence.caller.service)
      }
      stream = nil
      try await pause(after: failure)
      return nil
    }

    private mutating func read() async throws(TransportError) -> Change? {
      if stream == nil { stream = try await open() }
      guard let (place, body) = try await stream?.next() else { return nil }
      guard let change: Change = try? Payload.decode(from: body) else {
        throw TransportError(.protocolViolation("a push is no change"))
      }
      cursor = Array((place.readableBytes > 0 ? place : ByteBuffer(bytes: change.cursor)).readableBytesView)
      failureCount = 0
      return change
    }

    private func open() async throws(TransportError) -> any ServiceStream {
      var watch = Callout_V1_ChangesWatchRequest()
      watch.after = .init(cursor)
      watch.kinds = sequence.kinds
      watch.subject = .init(sequence.subject)
      let tenant = sequence.tenant ?? sequence.caller.tenant
      let request = OutgoingRequest(
        .changesWatch, tenant: tenant.map { TenantBytes(high: $0.high, low: $0.low) }, body: Payload.encode(watch))
      return try await sequence.caller.pool.connection().open(request)
    }

    private mutating func pause(after failure: AttemptFailure) async throws(CalloutError) {
      failureCount += 1
      // A stream waits for its service without end; only how long it pauses grows.
      let attempt = Swift.min(failureCount, sequence.caller.retry.attemptCountMax - 1)
      let random = sequence.caller.surroundings.random()
      guard let pause = sequence.caller.retry.pause(after: failure, attempt: attempt, random: random) else {
        switch failure {
        case .refused(let refusal): throw .refusal(refusal)
        case .broken(let text, let effect), .hopeless(let text, let effect):
          throw .transport(text: text, effect: effect)
        case .timedOut(let effect): throw .deadline(text: "The stream was not opened in time.", effect: effect)
        }
      }
      // Cancellation ends the sequence at the top of its loop.
      try? await sequence.caller.surroundings.sleep(pause)
    }
  }
}
