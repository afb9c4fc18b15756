internal import DequeModule
internal import NIOCore
internal import Wire

/// One connection as its client sees it, from the end of TLS's handshake on. Pure: it is told what happened and answers
/// what to do. Requests are known by tickets, which their makers choose and never use twice.
struct ClientConnectionState: Sendable {
  typealias Ticket = UInt64

  /// What a request is, as far as the server's limits count it.
  enum Demand: Sendable, Equatable {
    /// It awaits one answer.
    case call
    /// It awaits pushes, so many at once.
    case stream(credit: UInt32)
  }

  /// What to do with a request that is made.
  enum Submission: Sendable, Equatable {
    /// Send it on this stream.
    case send(stream: UInt32)
    /// Keep it until ``nextWaiting()`` names it.
    case wait
    /// Fail it; it never left.
    case fail(TransportError.Reason)
  }

  /// What to do about a frame that came in.
  enum Reaction: Sendable, Equatable {
    /// Nothing.
    case none
    /// The server takes requests, of frames up to the announced length.
    case welcome(Callout_V1_Welcome)
    /// Hand over the answer.
    case complete(Ticket, Reply)
    /// Hand over an item.
    case push(Ticket, PushPayload)
    /// Answer a ping.
    case pong(ByteBuffer)
    /// Fail these, none of which the server has taken. Close when nothing else is unanswered.
    case leave(failing: [Ticket])
    /// Fail everything and close.
    case close(TransportError.Reason)
  }

  /// What to do when a request is given up.
  enum Abandonment: Sendable, Equatable {
    /// It is over already.
    case none
    /// It never left: forget it.
    case forget
    /// Tell the server.
    case cancel(stream: UInt32)
  }

  private struct Pending: Sendable {
    let ticket: Ticket
    /// The credit that is left, for a stream.
    var credit: UInt32?
    /// Nobody waits for the answer; the server still counts the request.
    var isAbandoned = false
  }

  private struct Open: Sendable {
    let limits: Callout_V1_Limits
    var nextStream: UInt32 = 1
    var pending: [UInt32: Pending] = [:]
    var streamOf: [Ticket: UInt32] = [:]
    var streamCount = 0
    var waiting: Deque<Ticket> = []
    var isGoingAway = false

    var callCount: Int { pending.count - streamCount }
  }

  private enum State: Sendable {
    case awaitingWelcome
    /// Whoever changes what is open takes it out first (``taken()``) and puts it back: its tables have one owner then and are
    /// changed in place, where every frame would else copy them.
    case open(Open)
    case closed

    /// What is open, which leaves `closed` in its place; nil if nothing is.
    mutating func taken() -> Open? {
      guard case .open(let open) = self else { return nil }
      self = .closed
      return open
    }
  }

  let waitingMax: Int
  private var state = State.awaitingWelcome

  init(waitingMax: Int) { self.waitingMax = waitingMax }

  /// Whether new requests can be made.
  var isUsable: Bool {
    switch state {
    case .awaitingWelcome, .closed: false
    case .open(let open): !open.isGoingAway
    }
  }

  /// Whether one side goes away and nothing is unanswered.
  var isFinished: Bool {
    switch state {
    case .awaitingWelcome, .closed: false
    case .open(let open): open.isGoingAway && open.pending.isEmpty && open.waiting.isEmpty
    }
  }

  /// A request is made.
  mutating func requestMade(_ ticket: Ticket, _ demand: Demand) -> Submission {
    guard var open = state.taken() else { return .fail(.closed) }
    defer { state = .open(open) }
    return Self.submitted(ticket, demand, to: &open, waitingMax: waitingMax)
  }

  /// The next request that may leave, and its stream. Ask until nil after anything was answered.
  mutating func nextWaiting() -> (ticket: Ticket, stream: UInt32)? {
    guard var open = state.taken() else { return nil }
    defer { state = .open(open) }
    guard open.callCount < Int(open.limits.maxInFlight), let ticket = open.waiting.first,
      let stream = Self.openStream(ticket, credit: nil, on: &open)
    else { return nil }
    open.waiting.removeFirst()
    return (ticket, stream)
  }

  /// A request is given up: timed out, cancelled, or its stream is read no more.
  mutating func requestAbandoned(_ ticket: Ticket) -> Abandonment {
    guard var open = state.taken() else { return .none }
    defer { state = .open(open) }
    if let stream = open.streamOf.removeValue(forKey: ticket) {
      open.pending[stream]?.isAbandoned = true
      return .cancel(stream: stream)
    }
    guard let index = open.waiting.firstIndex(of: ticket) else { return .none }
    open.waiting.remove(at: index)
    return .forget
  }

  /// A stream's reader takes `items` more.
  ///
  /// - Returns: The stream to send the credit on, or nil if it is over.
  mutating func creditGranted(_ items: UInt32, _ ticket: Ticket) -> UInt32? {
    guard var open = state.taken() else { return nil }
    defer { state = .open(open) }
    guard let stream = open.streamOf[ticket], let left = open.pending[stream]?.credit else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(items)
    open.pending[stream]?.credit = overflow ? .max : sum
    return stream
  }

  /// The owner wants no more requests made.
  ///
  /// - Returns: Whether to send a goaway.
  mutating func leaveBegan() -> Bool {
    guard var open = state.taken() else { return false }
    defer { state = .open(open) }
    if open.isGoingAway { return false }
    open.isGoingAway = true
    return true
  }

  /// The connection is gone, or is given up.
  mutating func closed() { state = .closed }

  /// A frame came in.
  mutating func frameReceived(_ frame: Frame) -> Reaction {
    switch state {
    case .awaitingWelcome:
      let reaction = Self.receivedFirst(frame)
      switch reaction {
      case .welcome(let welcome): state = .open(Open(limits: welcome.limits))
      case .close: state = .closed
      case .none, .complete, .push, .pong, .leave: break
      }
      return reaction
    case .open, .closed:
      guard var open = state.taken() else { return .none }
      let reaction = Self.received(frame, on: &open)
      if case .close = reaction { return reaction }
      state = .open(open)
      return reaction
    }
  }
}

extension ClientConnectionState {
  private static func submitted(
    _ ticket: Ticket, _ demand: Demand, to open: inout Open, waitingMax: Int
  ) -> Submission {
    if open.isGoingAway { return .fail(.goingAway) }
    switch demand {
    case .stream(let credit):
      guard open.streamCount < Int(open.limits.maxStreams) else {
        return .fail(.refused(Callout_V1_Refusal(.tooManyStreams)))
      }
      guard (1...open.limits.maxCredit).contains(credit) else {
        return .fail(.refused(Callout_V1_Refusal(.creditRange, field: "credit")))
      }
      return openStream(ticket, credit: credit, on: &open).map { .send(stream: $0) } ?? .fail(.goingAway)
    case .call:
      guard open.waiting.isEmpty, open.callCount < Int(open.limits.maxInFlight) else {
        guard open.waiting.count < waitingMax else { return .fail(.tooManyWaiting) }
        open.waiting.append(ticket)
        return .wait
      }
      return openStream(ticket, credit: nil, on: &open).map { .send(stream: $0) } ?? .fail(.goingAway)
    }
  }

  /// The next stream's number, or nil when the connection has used all of them up: it is then of no more use.
  private static func openStream(_ ticket: Ticket, credit: UInt32?, on open: inout Open) -> UInt32? {
    let stream = open.nextStream
    let (next, overflow) = stream.addingReportingOverflow(1)
    guard !overflow else {
      open.isGoingAway = true
      return nil
    }
    open.nextStream = next
    open.pending[stream] = Pending(ticket: ticket, credit: credit)
    open.streamOf[ticket] = stream
    if credit != nil { open.streamCount += 1 }
    return stream
  }

  private static func receivedFirst(_ frame: Frame) -> Reaction {
    switch frame.kind {
    case .welcome:
      guard let welcome = try? Payload.decode(Callout_V1_Welcome.self, from: frame.payload) else {
        return .close(.protocolViolation("malformed welcome"))
      }
      let limits = welcome.limits
      guard welcome.version == 1,
        (Frame.firstLengthByteCountMax...Frame.lengthByteCountMax).contains(Int(limits.maxFrameBytes)),
        limits.maxInFlight > 0, limits.maxStreams > 0, limits.maxCredit > 0
      else { return .close(.protocolViolation("a welcome with a version or limits out of bounds")) }
      return .welcome(welcome)
    case .refusal where frame.stream == 0:
      return connectionRefused(frame.payload)
    case .ping:
      return .pong(frame.payload)
    case .goaway:
      return .close(.goingAway)
    case .hello, .request, .reply, .refusal, .push, .credit, .cancel, .pong:
      return .close(.protocolViolation("\(frame.kind) before the welcome"))
    }
  }

  private static func connectionRefused(_ payload: ByteBuffer) -> Reaction {
    guard let refusal = try? Payload.decode(Callout_V1_Refusal.self, from: payload) else {
      return .close(.protocolViolation("malformed refusal"))
    }
    return .close(.refused(refusal))
  }

  private static func received(_ frame: Frame, on open: inout Open) -> Reaction {
    switch frame.kind {
    case .reply:
      return ended(frame.stream, with: .payload(frame.payload), on: &open)
    case .refusal:
      if frame.stream == 0 { return connectionRefused(frame.payload) }
      guard let refusal = try? Payload.decode(Callout_V1_Refusal.self, from: frame.payload) else {
        return .close(.protocolViolation("malformed refusal"))
      }
      return ended(frame.stream, with: .refusal(refusal), on: &open)
    case .push:
      return pushed(frame, on: &open)
    case .ping:
      return .pong(frame.payload)
    case .pong:
      return .none
    case .goaway:
      guard let goaway = try? Payload.decode(Callout_V1_Goaway.self, from: frame.payload) else {
        return .close(.protocolViolation("malformed goaway"))
      }
      return left(goaway, on: &open)
    case .hello, .welcome, .request, .credit, .cancel:
      return .close(.protocolViolation("unexpected \(frame.kind)"))
    }
  }

  private static func ended(_ stream: UInt32, with reply: Reply, on open: inout Open) -> Reaction {
    guard let pending = open.pending.removeValue(forKey: stream) else {
      // After a goaway we have forgotten what the server did not take; it may refuse it all the same.
      return open.isGoingAway
        ? .none : .close(.protocolViolation("an answer on stream \(stream), where nothing was asked"))
    }
    if pending.credit != nil { open.streamCount -= 1 }
    guard !pending.isAbandoned else { return .none }
    open.streamOf[pending.ticket] = nil
    return .complete(pending.ticket, reply)
  }

  private static func pushed(_ frame: Frame, on open: inout Open) -> Reaction {
    guard let pending = open.pending[frame.stream], let credit = pending.credit else {
      return open.isGoingAway ? .none : .close(.protocolViolation("a push on stream \(frame.stream), which is none"))
    }
    guard credit > 0 else { return .close(.protocolViolation("a push without credit on stream \(frame.stream)")) }
    guard let push = try? PushPayload(decoding: frame.payload) else {
      return .close(.protocolViolation("malformed push"))
    }
    open.pending[frame.stream]?.credit = credit - 1
    return pending.isAbandoned ? .none : .push(pending.ticket, push)
  }

  private static func left(_ goaway: Callout_V1_Goaway, on open: inout Open) -> Reaction {
    open.isGoingAway = true
    var failing = Array(open.waiting)
    open.waiting = []
    for (stream, pending) in open.pending where stream > goaway.lastStream {
      open.pending[stream] = nil
      if pending.credit != nil { open.streamCount -= 1 }
      if open.streamOf.removeValue(forKey: pending.ticket) != nil { failing.append(pending.ticket) }
    }
    return .leave(failing: failing.sorted())
  }
}
