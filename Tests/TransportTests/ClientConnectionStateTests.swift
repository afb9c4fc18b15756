import NIOCore
import Testing
import Wire

@testable import Transport

@Suite("A connection as its client sees it") struct ClientConnectionStateTests {
  private var welcome: Callout_V1_Welcome {
    var configuration = ServerConfiguration(host: "", port: 0, service: "intake")
    configuration.inFlightMax = 2
    configuration.streamsMax = 1
    configuration.creditMax = 10
    var welcome = Callout_V1_Welcome()
    welcome.version = 1
    welcome.limits = configuration.terms.limits
    return welcome
  }

  private func frame(_ welcome: Callout_V1_Welcome) -> Frame { Frame(.welcome, payload: Payload.encode(welcome)) }

  private func open(waitingMax: Int = 2) -> ClientConnectionState {
    var state = ClientConnectionState(waitingMax: waitingMax)
    _ = state.frameReceived(frame(welcome))
    return state
  }

  private func goaway(_ lastStream: UInt32) -> Frame {
    var goaway = Callout_V1_Goaway()
    goaway.lastStream = lastStream
    return Frame(.goaway, payload: Payload.encode(goaway))
  }

  private func push(_ stream: UInt32) -> Frame {
    var payload = ByteBuffer()
    PushPayload(cursor: ByteBuffer(string: "c"), body: ByteBuffer(string: "b")).write(into: &payload)
    return Frame(.push, stream: stream, payload: payload)
  }

  @Test("W24: nothing is asked before the welcome")
  func early() {
    var state = ClientConnectionState(waitingMax: 2)
    #expect(state.requestMade(1, .call) == .fail(.closed))
    #expect(!state.isUsable)
    #expect(state.frameReceived(frame(welcome)) == .welcome(welcome))
    #expect(state.isUsable)
    #expect(state.requestMade(1, .call) == .send(stream: 1))
  }

  @Test("W48: a refusal of the connection is its end, before the welcome and after")
  func refused() {
    let refusal = Callout_V1_Refusal(.identityName)
    let frame = Frame(.refusal, payload: Payload.encode(refusal))
    var early = ClientConnectionState(waitingMax: 2)
    #expect(early.frameReceived(frame) == .close(.refused(refusal)))
    var state = open()
    #expect(state.frameReceived(frame) == .close(.refused(refusal)))
    #expect(!state.isUsable)
  }

  @Test("a welcome with another version or limits out of bounds is not trusted")
  func badWelcome() {
    let changes: [(inout Callout_V1_Welcome) -> Void] = [
      { $0.version = 2 }, { $0.limits.maxFrameBytes = 16_383 }, { $0.limits.maxFrameBytes = 4_194_305 },
      { $0.limits.maxInFlight = 0 }, { $0.limits.maxStreams = 0 }, { $0.limits.maxCredit = 0 },
    ]
    for change in changes {
      var bad = welcome
      change(&bad)
      var state = ClientConnectionState(waitingMax: 2)
      guard case .close(.protocolViolation) = state.frameReceived(frame(bad)) else {
        Issue.record("a bad welcome was taken: \(bad)")
        continue
      }
    }
  }

  @Test("W37: calls over the limit wait, in order and up to a maximum, and leave as answers come")
  func waiting() {
    var state = open()
    #expect(state.requestMade(11, .call) == .send(stream: 1))
    #expect(state.requestMade(12, .call) == .send(stream: 2))
    #expect(state.requestMade(13, .call) == .wait)
    #expect(state.requestMade(14, .call) == .wait)
    #expect(state.requestMade(15, .call) == .fail(.tooManyWaiting))
    #expect(state.nextWaiting() == nil)
    #expect(state.requestAbandoned(13) == .forget)
    let reply = Frame(.reply, stream: 2, payload: ByteBuffer(string: "r"))
    #expect(state.frameReceived(reply) == .complete(12, .payload(ByteBuffer(string: "r"))))
    guard let next = state.nextWaiting() else {
      Issue.record("nothing left although there is room")
      return
    }
    #expect(next == (14, 3))
    #expect(state.nextWaiting() == nil)
  }

  @Test("W55: an abandoned request is cancelled, and still counts until it is answered")
  func abandoned() {
    var state = open()
    _ = state.requestMade(1, .call)
    _ = state.requestMade(2, .call)
    #expect(state.requestAbandoned(1) == .cancel(stream: 1))
    #expect(state.requestAbandoned(1) == .none)
    #expect(state.requestMade(3, .call) == .wait)
    let refusal = Frame(.refusal, stream: 1, payload: Payload.encode(Callout_V1_Refusal(.cancelled)))
    #expect(state.frameReceived(refusal) == .none)
    #expect(state.nextWaiting().map(\.ticket) == 3)
  }

  @Test("W51: pushes take credit, and one without closes the connection")
  func pushes() {
    var state = open()
    #expect(state.requestMade(1, .stream(credit: 1)) == .send(stream: 1))
    #expect(state.requestMade(2, .stream(credit: 1)) == .fail(.refused(Callout_V1_Refusal(.tooManyStreams))))
    let item = PushPayload(cursor: ByteBuffer(string: "c"), body: ByteBuffer(string: "b"))
    #expect(state.frameReceived(push(1)) == .push(1, item))
    #expect(state.creditGranted(1, 1) == 1)
    #expect(state.frameReceived(push(1)) == .push(1, item))
    guard case .close(.protocolViolation) = state.frameReceived(push(1)) else {
      Issue.record("a push without credit was taken")
      return
    }
    #expect(state.creditGranted(1, 1) == nil)
  }

  @Test("W50: a credit out of the announced range never leaves")
  func creditRange() {
    for credit in [0, 11] as [UInt32] {
      var state = open()
      #expect(
        state.requestMade(1, .stream(credit: credit))
          == .fail(.refused(Callout_V1_Refusal(.creditRange, field: "credit"))))
    }
  }

  @Test("a stream that was left takes no more items, without harm")
  func streamLeft() {
    var state = open()
    _ = state.requestMade(1, .stream(credit: 2))
    #expect(state.requestAbandoned(1) == .cancel(stream: 1))
    #expect(state.frameReceived(push(1)) == .none)
    #expect(state.requestMade(2, .stream(credit: 2)) == .fail(.refused(Callout_V1_Refusal(.tooManyStreams))))
    #expect(state.frameReceived(Frame(.reply, stream: 1)) == .none)
    #expect(state.requestMade(3, .stream(credit: 2)) == .send(stream: 2))
  }

  @Test("W64: after a goaway nothing new leaves, what was not taken fails, the rest is awaited")
  func leaving() {
    var state = open()
    _ = state.requestMade(1, .call)
    _ = state.requestMade(2, .call)
    _ = state.requestMade(3, .call)
    #expect(state.frameReceived(goaway(1)) == .leave(failing: [2, 3]))
    #expect(!state.isUsable)
    #expect(!state.isFinished)
    #expect(state.requestMade(4, .call) == .fail(.goingAway))
    let late = Frame(.refusal, stream: 2, payload: Payload.encode(Callout_V1_Refusal(.draining)))
    #expect(state.frameReceived(late) == .none)
    #expect(state.frameReceived(Frame(.reply, stream: 1)) == .complete(1, .payload(ByteBuffer())))
    #expect(state.isFinished)
  }

  @Test("W65: a client that leaves says so once and finishes with the last answer")
  func leave() {
    var state = open()
    _ = state.requestMade(1, .call)
    let isFirst = state.leaveBegan()
    let isSecond = state.leaveBegan()
    #expect(isFirst && !isSecond)
    #expect(!state.isFinished)
    #expect(state.frameReceived(Frame(.reply, stream: 1)) == .complete(1, .payload(ByteBuffer())))
    #expect(state.isFinished)
  }

  @Test("frames that a server does not send, or for streams that were never opened, close the connection")
  func violations() {
    for frame in [
      frame(welcome), Frame(.hello), Frame(.request, method: 1, stream: 1), Frame(.credit, stream: 1),
      Frame(.cancel, stream: 1), Frame(.reply, stream: 1), push(1),
      Frame(.refusal, stream: 1, payload: ByteBuffer(bytes: [0xFF])),
    ] {
      var state = open()
      guard case .close(.protocolViolation) = state.frameReceived(frame) else {
        Issue.record("\(frame) was taken")
        continue
      }
      #expect(!state.isUsable)
      #expect(state.frameReceived(frame) == .none)
    }
  }

  @Test("W60: a ping is answered with its bytes, before the welcome too")
  func ping() {
    let bytes = ByteBuffer(string: "bytes")
    var early = ClientConnectionState(waitingMax: 1)
    #expect(early.frameReceived(Frame(.ping, payload: bytes)) == .pong(bytes))
    var state = open()
    #expect(state.frameReceived(Frame(.ping, payload: bytes)) == .pong(bytes))
  }
}
