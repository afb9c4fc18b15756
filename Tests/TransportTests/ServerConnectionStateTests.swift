import NIOCore
import Testing
import Wire

@testable import Transport

@Suite("A connection as its server sees it") struct ServerConnectionStateTests {
  private static let now = NIODeadline.uptimeNanoseconds(1_000)

  private static var terms: ServerConnectionState.Terms {
    var configuration = ServerConfiguration(host: "", port: 0, service: "intake")
    configuration.inFlightMax = 2
    configuration.streamsMax = 2
    configuration.creditMax = 10
    configuration.frameByteCountMax = 16_384
    return configuration.terms
  }

  /// A state that has welcomed its client.
  private func open() -> ServerConnectionState {
    var state = ServerConnectionState(terms: Self.terms)
    _ = state.frameReceived(.hello, at: Self.now) { 0 }
    return state
  }

  private func hello(_ change: (inout Callout_V1_Hello) -> Void) -> Frame {
    var hello = Callout_V1_Hello()
    hello.versions = [1]
    change(&hello)
    return Frame(.hello, payload: Payload.encode(hello))
  }

  private let key = ByteBuffer(string: "key-1234")

  private func read(_ stream: UInt32) -> Frame { .request(.tenantGet, stream: stream) }
  private func watch(_ stream: UInt32, credit: UInt32) -> Frame {
    .request(.changesWatch, stream: stream, RequestEnvelope(credit: credit))
  }
  private func refusal(_ stream: UInt32, _ code: RefusalCode, field: String = "") -> ServerConnectionState.Reaction {
    .refuse(stream: stream, Callout_V1_Refusal(code, field: field))
  }
  private func closing(_ code: RefusalCode, field: String = "") -> ServerConnectionState.Reaction {
    .close(Callout_V1_Refusal(code, field: field))
  }
  private func delivered(_ frame: Frame, _ envelope: RequestEnvelope = RequestEnvelope())
    -> ServerConnectionState.Reaction
  {
    .deliver(IncomingRequest(stream: frame.stream, method: frame.method, envelope: envelope, receivedAt: Self.now))
  }
  private func credit(_ items: UInt32, _ stream: UInt32) -> Frame {
    var credit = Callout_V1_Credit()
    credit.items = items
    return Frame(.credit, stream: stream, payload: Payload.encode(credit))
  }

  @Test("W22, W23: the highest common version is chosen, unknown features are left out")
  func welcome() {
    var state = ServerConnectionState(terms: Self.terms)
    let frame = hello {
      $0.versions = [7, 1, 4_242]
      $0.features = ["x-nonsense"]
      $0.name = "me"
    }
    var welcome = Callout_V1_Welcome()
    welcome.version = 1
    welcome.limits = Self.terms.limits
    welcome.service = "intake"
    welcome.state = .serving
    welcome.serverTimeMs = 5
    #expect(state.frameReceived(frame, at: Self.now) { 5 } == .welcome(welcome, clientName: "me"))
    #expect(state.isOpen)
  }

  @Test("W20, W22, W25: what is no acceptable hello closes the connection")
  func badHello() {
    let cases: [(Frame, ServerConnectionState.Reaction)] = [
      (Frame(.ping), closing(.helloExpected)), (read(1), closing(.helloExpected)),
      (Frame(.hello, payload: ByteBuffer(bytes: [0x0A])), closing(.malformedMessage)),
      (hello { $0.versions = [] }, closing(.invalidField, field: "versions")),
      (hello { $0.versions = Array(repeating: 1, count: 17) }, closing(.invalidField, field: "versions")),
      (hello { $0.versions = [2] }, closing(.unsupportedVersion)),
      (hello { $0.features = Array(repeating: "x", count: 33) }, closing(.invalidField, field: "features")),
      (hello { $0.features = [String(repeating: "x", count: 65)] }, closing(.invalidField, field: "features")),
      (hello { $0.name = String(repeating: "x", count: 129) }, closing(.invalidField, field: "name")),
    ]
    for (frame, reaction) in cases {
      var state = ServerConnectionState(terms: Self.terms)
      #expect(state.frameReceived(frame, at: Self.now) { 0 } == reaction)
      #expect(!state.isOpen)
      #expect(state.frameReceived(.hello, at: Self.now) { 0 } == .none)
    }
    var state = ServerConnectionState(terms: Self.terms)
    let fullest = hello {
      $0.versions = Array(repeating: 1, count: 16)
      $0.features = Array(repeating: String(repeating: "x", count: 64), count: 32)
      $0.name = String(repeating: "x", count: 128)
    }
    _ = state.frameReceived(fullest, at: Self.now) { 0 }
    #expect(state.isOpen)
  }

  @Test("W19, W20: kinds that only servers send, and a second hello, close the connection")
  func unexpectedKinds() {
    for kind in [FrameKind.welcome, .reply, .refusal, .push] {
      var state = open()
      #expect(state.frameReceived(Frame(kind, stream: 1), at: Self.now) { 0 } == closing(.unexpectedFrame))
      #expect(!state.isOpen)
    }
    var state = open()
    #expect(state.frameReceived(.hello, at: Self.now) { 0 } == closing(.helloExpected))
  }

  @Test("W30: streams count upwards, with gaps; the same or a lower one closes the connection")
  func streams() {
    var state = open()
    #expect(state.frameReceived(read(3), at: Self.now) { 0 } == delivered(read(3)))
    #expect(state.frameReceived(read(9), at: Self.now) { 0 } == delivered(read(9)))
    var same = state
    #expect(same.frameReceived(read(9), at: Self.now) { 0 } == closing(.streamReused))
    #expect(state.frameReceived(read(4), at: Self.now) { 0 } == closing(.streamReused))
  }

  @Test("W32, W33, W38, W50: a request that does not fit is refused on its stream and the connection goes on")
  func requests() {
    func request(_ method: Method, _ envelope: RequestEnvelope) -> Frame { .request(method, stream: 1, envelope) }
    let cases: [(Frame, RefusalCode, String)] = [
      (Frame(.request, method: 1, stream: 1, payload: ByteBuffer(bytes: [0xFF])), .malformedMessage, ""),
      (request(.tenantCreate, RequestEnvelope(key: ByteBuffer(string: "short"))), .keyLength, "key"),
      (Frame(.request, method: 0xFFFF, stream: 1), .unknownMethod, ""),
      (request(.tenantCreate, RequestEnvelope()), .keyMissing, "key"),
      (request(.tenantGet, RequestEnvelope(key: key)), .keyUnexpected, "key"),
      (request(.changesWatch, RequestEnvelope(key: key, credit: 1)), .keyUnexpected, "key"),
      (request(.tenantGet, RequestEnvelope(credit: 1)), .creditRange, "credit"),
      (request(.tenantCreate, RequestEnvelope(key: key, credit: 1)), .creditRange, "credit"),
      (request(.changesWatch, RequestEnvelope()), .creditRange, "credit"),
      (request(.changesWatch, RequestEnvelope(credit: 11)), .creditRange, "credit"),
    ]
    for (frame, code, field) in cases {
      var state = open()
      #expect(state.frameReceived(frame, at: Self.now) { 0 } == refusal(1, code, field: field))
      #expect(state.isOpen)
      #expect(state.unansweredCount == 0)
      #expect(state.frameReceived(read(2), at: Self.now) { 0 } == delivered(read(2)))
    }
  }

  @Test("W37: requests and streams over the limits are refused, and an answer makes room")
  func limits() {
    var state = open()
    for stream in 1...2 as ClosedRange<UInt32> { _ = state.frameReceived(read(stream), at: Self.now) { 0 } }
    #expect(state.frameReceived(read(3), at: Self.now) { 0 } == refusal(3, .tooManyInFlight))
    let envelope = RequestEnvelope(credit: 10)
    for stream in 4...5 as ClosedRange<UInt32> {
      #expect(
        state.frameReceived(watch(stream, credit: 10), at: Self.now) { 0 }
          == delivered(watch(stream, credit: 10), envelope))
    }
    #expect(state.frameReceived(watch(6, credit: 1), at: Self.now) { 0 } == refusal(6, .tooManyStreams))
    #expect(state.frameProduced(.reply(stream: 1, payload: ByteBuffer())) == .send)
    #expect(state.frameReceived(read(7), at: Self.now) { 0 } == delivered(read(7)))
    #expect(state.unansweredCount == 4)
  }

  @Test("W31: a request is answered once; a second answer, or one to nothing, is dropped")
  func answeredOnce() {
    var state = open()
    _ = state.frameReceived(read(1), at: Self.now) { 0 }
    #expect(state.frameProduced(.refusal(stream: 1, Callout_V1_Refusal(.notFound))) == .send)
    #expect(state.frameProduced(.reply(stream: 1, payload: ByteBuffer())) == .drop)
    #expect(state.frameProduced(.reply(stream: 8, payload: ByteBuffer())) == .drop)
  }

  @Test("W40: an answer over the announced length becomes refusal 122")
  func replyTooLong() {
    var state = open()
    _ = state.frameReceived(read(1), at: Self.now) { 0 }
    _ = state.frameReceived(read(2), at: Self.now) { 0 }
    #expect(state.frameProduced(.reply(stream: 1, payload: ByteBuffer(repeating: 0, count: 16_376))) == .send)
    #expect(
      state.frameProduced(.reply(stream: 2, payload: ByteBuffer(repeating: 0, count: 16_377)))
        == .refuse(Callout_V1_Refusal(.replyTooLong)))
    #expect(state.unansweredCount == 0)
  }

  @Test("W51, W52: pushes take credit, grants add to it, and neither goes beyond its bound")
  func credits() {
    var state = open()
    let push = OutgoingFrame.push(stream: 1, cursor: ByteBuffer(), body: ByteBuffer())
    _ = state.frameReceived(watch(1, credit: 1), at: Self.now) { 0 }
    #expect(state.frameProduced(push) == .send)
    #expect(state.frameReceived(credit(10, 1), at: Self.now) { 0 } == .grant(items: 10, stream: 1))
    var over = state
    #expect(
      over.frameReceived(credit(1, 1), at: Self.now) { 0 }
        == .end(stream: 1, Callout_V1_Refusal(.creditRange, field: "items")))
    #expect(over.frameProduced(push) == .drop)
    var none = state
    #expect(
      none.frameReceived(credit(0, 1), at: Self.now) { 0 }
        == .end(stream: 1, Callout_V1_Refusal(.creditRange, field: "items")))
    for _ in 0..<10 { #expect(state.frameProduced(push) == .send) }
    guard case .refuse(let refusal) = state.frameProduced(push) else {
      Issue.record("a push went out without credit")
      return
    }
    #expect(refusal.code == .internalError)
    #expect(state.unansweredCount == 0)
  }

  @Test("W53, W55: a credit or cancel for what has ended is ignored; a cancelled request counts until it is answered")
  func cancel() {
    var state = open()
    #expect(state.frameReceived(credit(1, 5), at: Self.now) { 0 } == .none)
    #expect(state.frameReceived(Frame(.cancel, stream: 5), at: Self.now) { 0 } == .none)
    _ = state.frameReceived(read(6), at: Self.now) { 0 }
    #expect(state.frameReceived(Frame(.cancel, stream: 6), at: Self.now) { 0 } == .cancel(stream: 6))
    #expect(state.unansweredCount == 1)
    #expect(state.frameProduced(.refusal(stream: 6, Callout_V1_Refusal(.cancelled))) == .send)
    #expect(state.frameReceived(Frame(.cancel, stream: 6), at: Self.now) { 0 } == .none)
  }

  @Test("W60: a ping is answered with its bytes")
  func ping() {
    var state = open()
    let bytes = ByteBuffer(string: "any bytes")
    #expect(state.frameReceived(Frame(.ping, payload: bytes), at: Self.now) { 0 } == .pong(bytes))
    #expect(state.frameReceived(Frame(.pong, payload: bytes), at: Self.now) { 0 } == .none)
  }

  @Test("W63: a drain says goaway, ends streams, refuses what is new, and is over with the last answer")
  func drain() {
    var state = open()
    _ = state.frameReceived(read(1), at: Self.now) { 0 }
    _ = state.frameReceived(watch(2, credit: 5), at: Self.now) { 0 }
    var goaway = Callout_V1_Goaway()
    goaway.reason = .draining
    goaway.lastStream = 2
    goaway.text = "The server is shutting down."
    #expect(state.drainBegan() == .goaway(goaway, ending: [2]))
    #expect(state.drainBegan() == .none)
    #expect(!state.isFinished)
    #expect(state.frameReceived(read(3), at: Self.now) { 0 } == refusal(3, .draining))
    #expect(state.frameProduced(.push(stream: 2, cursor: ByteBuffer(), body: ByteBuffer())) == .drop)
    #expect(state.frameProduced(.reply(stream: 1, payload: ByteBuffer())) == .send)
    #expect(state.isFinished)

    var early = ServerConnectionState(terms: Self.terms)
    #expect(early.drainBegan() == .close)
    var idle = open()
    _ = idle.drainBegan()
    #expect(idle.isFinished)
  }

  @Test("W65: a client that leaves is closed on when everything is answered")
  func leave() {
    var state = open()
    _ = state.frameReceived(read(1), at: Self.now) { 0 }
    let goaway = Frame(.goaway, payload: Payload.encode(Callout_V1_Goaway()))
    #expect(state.frameReceived(goaway, at: Self.now) { 0 } == .none)
    #expect(!state.isFinished)
    _ = state.frameProduced(.reply(stream: 1, payload: ByteBuffer()))
    #expect(state.isFinished)
    var idle = open()
    #expect(idle.frameReceived(goaway, at: Self.now) { 0 } == .finish)
  }

  @Test("W18, W21, W61, W62: bad bytes and waits that end close the connection by number, once")
  func waits() {
    var state = ServerConnectionState(terms: Self.terms)
    #expect(state.helloTimedOut() == closing(.helloTimeout))
    #expect(state.helloTimedOut() == .none)
    state = open()
    #expect(state.helloTimedOut() == .none)
    #expect(state.pongTimedOut() == closing(.noPong))
    #expect(state.readerStalled() == .none)
    state = open()
    #expect(state.readerStalled() == closing(.slowReader))
    state = open()
    #expect(state.bytesRefused(.unknownKind(99)) == closing(.unknownKind))
    #expect(state.frameProduced(.reply(stream: 1, payload: ByteBuffer())) == .drop)
  }
}

@Suite("Clocks of a connection") struct LivenessTests {
  private let start = NIODeadline.uptimeNanoseconds(0)

  @Test("W61: silence is pinged when it has lasted, anything heard begins it anew, and a missing pong is death")
  func liveness() {
    var liveness = Liveness(idle: .seconds(30), pong: .seconds(10), since: start)
    #expect(liveness.checked(at: start + .seconds(29)) == .wait(until: start + .seconds(30)))
    liveness.heard(at: start + .seconds(29))
    #expect(liveness.checked(at: start + .seconds(30)) == .wait(until: start + .seconds(59)))
    #expect(liveness.checked(at: start + .seconds(59)) == .ping(until: start + .seconds(69)))
    var answered = liveness
    answered.heard(at: start + .seconds(60))
    #expect(answered.checked(at: start + .seconds(69)) == .wait(until: start + .seconds(90)))
    #expect(liveness.checked(at: start + .seconds(68)) == .wait(until: start + .seconds(69)))
    #expect(liveness.checked(at: start + .seconds(69)) == .dead)
  }

  @Test(
    "W61: a peer that leaves a request without answer is pinged at once if nothing else was heard either for a second")
  func doubt() {
    var liveness = Liveness(idle: .seconds(30), pong: .seconds(10), since: start)
    #expect(liveness.doubted(at: start + .milliseconds(999)) == nil)
    #expect(liveness.doubted(at: start + .seconds(1)) == .ping(until: start + .seconds(11)))
    #expect(liveness.doubted(at: start + .seconds(5)) == .wait(until: start + .seconds(11)))
    #expect(liveness.doubted(at: start + .seconds(11)) == .dead)
    liveness.heard(at: start + .seconds(11))
    #expect(liveness.doubted(at: start + .seconds(11)) == nil)
    #expect(liveness.checked(at: start + .seconds(11)) == .wait(until: start + .seconds(41)))
  }

  @Test("W62: bytes may wait up to their number and their time; any progress begins the time anew")
  func unread() {
    var unread = UnreadBytes(byteCountMax: 100, timeout: .seconds(10))
    #expect(unread.checked(at: start) == .none)
    let fits = unread.wrote(100, at: start)
    var over = unread
    let fitsMore = over.wrote(1, at: start)
    #expect(fits && !fitsMore)
    #expect(unread.checked(at: start + .seconds(9)) == .wait(until: start + .seconds(10)))
    unread.taken(40, at: start + .seconds(9))
    #expect(unread.checked(at: start + .seconds(10)) == .wait(until: start + .seconds(19)))
    #expect(unread.checked(at: start + .seconds(19)) == .stalled)
    unread.taken(60, at: start + .seconds(19))
    #expect(unread.checked(at: start + .seconds(19)) == .none)
  }
}
