internal import NIOCore
internal import Wire

/// One connection as its server sees it, from the end of TLS's handshake on. Pure: it is told what happened and answers
/// what to do.
struct ServerConnectionState: Sendable {
  /// What the server offers on the connection.
  struct Terms: Sendable, Equatable {
    var service: String
    var limits: Callout_V1_Limits

    /// The versions of the protocol that this program speaks.
    static let versions: Set<UInt32> = [1]
    /// The features that this program knows; version 1 has none.
    static let features: Set<String> = []
    static let helloVersionsMax = 16
    static let helloFeaturesMax = 32
    static let helloFeatureByteCountMax = 64
    static let helloNameByteCountMax = 128
  }

  /// What to do about a frame that came in.
  enum Reaction: Sendable, Equatable {
    /// Nothing.
    case none
    /// Send the welcome, and take frames of the announced length from now on.
    case welcome(Callout_V1_Welcome, clientName: String)
    /// Hand the request to the receiver.
    case deliver(IncomingRequest)
    /// Answer a request that is not handed on.
    case refuse(stream: UInt32, Callout_V1_Refusal)
    /// Tell the receiver that a stream's client takes more.
    case grant(items: UInt32, stream: UInt32)
    /// Tell the receiver that an answer is no longer wanted.
    case cancel(stream: UInt32)
    /// End a stream with a refusal, and tell the receiver that nothing more is wanted.
    case end(stream: UInt32, Callout_V1_Refusal)
    /// Answer a ping.
    case pong(ByteBuffer)
    /// Close once everything has been sent.
    case finish
    /// Send a refusal of the connection, and close.
    case close(Callout_V1_Refusal)
  }

  /// What to do with a frame that the receiver produced.
  enum Emission: Sendable, Equatable {
    /// Send it.
    case send
    /// Its stream has ended: drop it.
    case drop
    /// Send this refusal instead; the stream has ended.
    case refuse(Callout_V1_Refusal)
  }

  /// What to do when the server begins to drain.
  enum Departure: Sendable, Equatable {
    /// There is nothing to wait for: close.
    case close
    /// Send a goaway, end these streams, and close when the last request is answered.
    case goaway(Callout_V1_Goaway, ending: [UInt32])
    /// It is on its way already.
    case none
  }

  private struct Open: Sendable {
    var lastStream: UInt32 = 0
    /// Requests that await their answer.
    var requests: Set<UInt32> = []
    /// Streams that are open, with the credit that is left.
    var credit: [UInt32: UInt32] = [:]
    /// The server drains.
    var isDraining = false
    /// The client asks no more.
    var isLeft = false

    var isFinished: Bool { (isDraining || isLeft) && requests.isEmpty && credit.isEmpty }
  }

  private enum State: Sendable {
    case awaitingHello
    /// Whoever changes what is open takes it out first (``taken()``) and puts it back: its tables have one owner then and are
    /// changed in place, where every frame would else copy them.
    case open(Open)
    case closing

    /// What is open, which leaves `closing` in its place; nil if nothing is.
    mutating func taken() -> Open? {
      guard case .open(let open) = self else { return nil }
      self = .closing
      return open
    }
  }

  let terms: Terms
  private var state = State.awaitingHello

  init(terms: Terms) { self.terms = terms }

  /// Whether the hello has been accepted and the connection is not closing.
  var isOpen: Bool {
    switch state {
    case .awaitingHello, .closing: false
    case .open: true
    }
  }

  /// Whether nothing is awaited any more: the server drains or the client has left, and every answer is given.
  var isFinished: Bool {
    switch state {
    case .awaitingHello, .closing: false
    case .open(let open): open.isFinished
    }
  }

  /// Requests and streams that await their end.
  var unansweredCount: Int {
    switch state {
    case .awaitingHello, .closing: 0
    case .open(let open): open.requests.count + open.credit.count
    }
  }

  /// A frame came in.
  ///
  /// - Parameters:
  ///   - now: When it was read.
  ///   - serverTime: The wall clock, in milliseconds since the epoch, for the welcome.
  mutating func frameReceived(_ frame: Frame, at now: NIODeadline, serverTime: () -> Int64) -> Reaction {
    switch state {
    case .awaitingHello:
      guard frame.kind == .hello else { return closed(.helloExpected) }
      return helloReceived(frame.payload, serverTime: serverTime())
    case .open, .closing:
      guard var open = state.taken() else { return .none }
      let reaction = Self.received(frame, on: &open, at: now, terms: terms)
      if case .close = reaction { return reaction }
      state = .open(open)
      return reaction
    }
  }

  /// The bytes that came in are no frame.
  mutating func bytesRefused(_ error: FrameError) -> Reaction { closed(error.refusal) }

  /// No hello came in time.
  mutating func helloTimedOut() -> Reaction {
    switch state {
    case .awaitingHello: closed(.helloTimeout)
    case .open, .closing: .none
    }
  }

  /// A ping was not answered in time.
  mutating func pongTimedOut() -> Reaction { closed(.noPong) }

  /// The client does not read.
  mutating func readerStalled() -> Reaction { closed(.slowReader) }

  /// The receiver produced a frame.
  mutating func frameProduced(_ frame: OutgoingFrame) -> Emission {
    guard var open = state.taken() else { return .drop }
    defer { state = .open(open) }
    return Self.produced(frame, on: &open, payloadByteCountMax: payloadByteCountMax)
  }

  /// The server drains.
  mutating func drainBegan() -> Departure {
    switch state {
    case .awaitingHello:
      state = .closing
      return .close
    case .open(var open):
      guard !open.isDraining else { return .none }
      open.isDraining = true
      let streams = open.credit.keys.sorted()
      open.credit = [:]
      state = .open(open)
      var goaway = Callout_V1_Goaway()
      goaway.reason = .draining
      goaway.lastStream = open.lastStream
      goaway.text = "The server is shutting down."
      return .goaway(goaway, ending: streams)
    case .closing:
      return .none
    }
  }

  private var payloadByteCountMax: Int { Int(terms.limits.maxFrameBytes) - Frame.countedHeaderByteCount }

  private mutating func closed(_ code: RefusalCode, field: String = "") -> Reaction {
    switch state {
    case .awaitingHello, .open:
      state = .closing
      return .close(Callout_V1_Refusal(code, field: field))
    case .closing:
      return .none
    }
  }
}

extension ServerConnectionState {
  private mutating func helloReceived(_ payload: ByteBuffer, serverTime: Int64) -> Reaction {
    guard let hello = try? Payload.decode(Callout_V1_Hello.self, from: payload) else {
      return closed(.malformedMessage)
    }
    guard (1...Terms.helloVersionsMax).contains(hello.versions.count) else {
      return closed(.invalidField, field: "versions")
    }
    guard hello.features.count <= Terms.helloFeaturesMax,
      hello.features.allSatisfy({ $0.utf8.count <= Terms.helloFeatureByteCountMax })
    else { return closed(.invalidField, field: "features") }
    guard hello.name.utf8.count <= Terms.helloNameByteCountMax else { return closed(.invalidField, field: "name") }
    guard let version = hello.versions.filter(Terms.versions.contains).max() else {
      return closed(.unsupportedVersion)
    }
    var welcome = Callout_V1_Welcome()
    welcome.version = version
    welcome.features = hello.features.filter(Terms.features.contains)
    welcome.limits = terms.limits
    welcome.service = terms.service
    welcome.state = .serving
    welcome.serverTimeMs = serverTime
    state = .open(Open())
    return .welcome(welcome, clientName: hello.name)
  }

  private static func received(_ frame: Frame, on open: inout Open, at now: NIODeadline, terms: Terms) -> Reaction {
    switch frame.kind {
    case .request:
      return requestReceived(frame, on: &open, at: now, terms: terms)
    case .credit:
      return creditReceived(frame, on: &open, max: terms.limits.maxCredit)
    case .cancel:
      let isKnown = open.requests.contains(frame.stream) || open.credit[frame.stream] != nil
      return isKnown ? .cancel(stream: frame.stream) : .none
    case .ping:
      return .pong(frame.payload)
    case .pong:
      return .none
    case .goaway:
      guard (try? Payload.decode(Callout_V1_Goaway.self, from: frame.payload)) != nil else {
        return .close(Callout_V1_Refusal(.malformedMessage))
      }
      open.isLeft = true
      return open.isFinished ? .finish : .none
    case .hello:
      return .close(Callout_V1_Refusal(.helloExpected))
    case .welcome, .reply, .refusal, .push:
      return .close(Callout_V1_Refusal(.unexpectedFrame))
    }
  }

  private static func requestReceived(
    _ frame: Frame, on open: inout Open, at now: NIODeadline, terms: Terms
  ) -> Reaction {
    let stream = frame.stream
    guard stream > open.lastStream else { return .close(Callout_V1_Refusal(.streamReused)) }
    open.lastStream = stream
    func refuse(_ code: RefusalCode, field: String = "") -> Reaction {
      .refuse(stream: stream, Callout_V1_Refusal(code, field: field))
    }
    if open.isDraining || open.isLeft { return refuse(.draining) }
    let envelope: RequestEnvelope
    do {
      envelope = try RequestEnvelope(decoding: frame.payload)
    } catch {
      return refuse(error.refusal, field: error.field)
    }
    guard let method = Method.numbered(frame.method) else { return refuse(.unknownMethod) }
    let hasKey = envelope.key.readableBytes > 0
    switch method.kind {
    case .write where !hasKey: return refuse(.keyMissing, field: "key")
    case .read where hasKey, .stream where hasKey: return refuse(.keyUnexpected, field: "key")
    case .write, .read:
      guard envelope.credit == 0 else { return refuse(.creditRange, field: "credit") }
      guard open.requests.count < Int(terms.limits.maxInFlight) else { return refuse(.tooManyInFlight) }
      open.requests.insert(stream)
    case .stream:
      guard (1...terms.limits.maxCredit).contains(envelope.credit) else { return refuse(.creditRange, field: "credit") }
      guard open.credit.count < Int(terms.limits.maxStreams) else { return refuse(.tooManyStreams) }
      open.credit[stream] = envelope.credit
    }
    return .deliver(IncomingRequest(stream: stream, method: frame.method, envelope: envelope, receivedAt: now))
  }

  private static func creditReceived(_ frame: Frame, on open: inout Open, max: UInt32) -> Reaction {
    guard let message = try? Payload.decode(Callout_V1_Credit.self, from: frame.payload) else {
      return .close(Callout_V1_Refusal(.malformedMessage))
    }
    // The stream may have ended while the credit was under way.
    guard let left = open.credit[frame.stream] else { return .none }
    let (sum, overflow) = left.addingReportingOverflow(message.items)
    guard message.items > 0, !overflow, sum <= max else {
      open.credit[frame.stream] = nil
      return .end(stream: frame.stream, Callout_V1_Refusal(.creditRange, field: "items"))
    }
    open.credit[frame.stream] = sum
    return .grant(items: message.items, stream: frame.stream)
  }

  private static func produced(_ frame: OutgoingFrame, on open: inout Open, payloadByteCountMax: Int) -> Emission {
    switch frame {
    case .reply(let stream, let payload):
      guard open.requests.remove(stream) != nil || open.credit.removeValue(forKey: stream) != nil else { return .drop }
      return payload.readableBytes <= payloadByteCountMax ? .send : .refuse(Callout_V1_Refusal(.replyTooLong))
    case .refusal(let stream, _):
      guard open.requests.remove(stream) != nil || open.credit.removeValue(forKey: stream) != nil else { return .drop }
      return .send
    case .push(let stream, let cursor, let body):
      guard let left = open.credit[stream] else { return .drop }
      guard left > 0 else {
        // Pushing without credit is our own fault; the client must not suffer more than the stream's end.
        open.credit[stream] = nil
        return .refuse(Callout_V1_Refusal(.internalError, text: "The service sent more than the stream's credit."))
      }
      guard PushPayload(cursor: cursor, body: body).encodedByteCountMax <= payloadByteCountMax else {
        open.credit[stream] = nil
        return .refuse(Callout_V1_Refusal(.replyTooLong))
      }
      open.credit[stream] = left - 1
      return .send
    }
  }
}
