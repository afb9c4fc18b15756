import NIOCore
import Policy
import SwiftProtobuf
import Wire

/// `event.apply`: takes news from another service. A version that is not newer than the one known changes nothing, so that
/// a duplicate has no second effect, and nothing need be saved under its key.
struct EventApply<Definition: ServiceDefinition>: DecodedWrite {
  typealias State = Definition.State

  private let event: Callout_V1_Event
  private let key: EventVersion.Key
  private let version: Int64

  static var entry: WriteEntry<Definition.State> {
    WriteEntry(.eventApply) { body in
      let request = try Payload.decode(Callout_V1_EventApplyRequest.self, from: body)
      return try Self(Callout_V1_Event(serializedBytes: request.event))
    }
  }

  private init(_ event: Callout_V1_Event) throws(MalformedEvent) {
    guard let subject = SubjectID(bytes: event.subject), let body = event.body, event.version >= 1,
      event.version <= UInt64(Int64.max), ServiceName(rawValue: event.source) != nil
    else { throw MalformedEvent() }
    self.event = event
    self.key = EventVersion.Key(source: event.source, kind: body.subjectKind, subject: subject)
    self.version = Int64(event.version)
  }

  func needs(_ state: inout State, _ needs: inout Needs<State>) throws(Refused) {
    // What is late changes nothing, whatever there is.
    if let known = state.common.eventVersions[key], known.version >= version { return }
    if version == 1 {
      needs.newRow(needs.common.eventVersions, key)
    } else {
      needs.row(needs.common.eventVersions, key)
    }
    try Definition.needs(event, state, &needs)
  }

  func decide(_ state: inout State, _ context: inout Context) -> Decision<EncodedReply> {
    if let known = state.common.eventVersions[key] {
      guard known.version < version else { return Self.reply(applied: false) }
      state.common.eventVersions.update(EventVersion(key: key, version: version))
    } else {
      state.common.eventVersions.insert(EventVersion(key: key, version: version))
    }
    switch Definition.apply(event, &state, &context) {
    case .accepted: return Self.reply(applied: true)
    case .refused(let refused): return .refused(refused)
    }
  }

  /// Its version tells whether it was taken. What is refused today, since a plan is not published here yet, is taken tomorrow.
  var keepsAnswer: Bool { false }

  func refused(_ refusal: Refused, _ state: inout State, _ context: inout Context) {}

  private static func reply(applied: Bool) -> Decision<EncodedReply> {
    .accepted(EncodedReply(payload: Payload.encode(Callout_V1_EventApplyReply.with { $0.applied = applied })))
  }
}

/// An event that lacks its subject, its version, its source or its body.
struct MalformedEvent: Error {}

/// The service's own command that fires a timer. It saves nothing under a key: the timer's row is its key, locked and gone
/// with what it caused.
struct TimerFire<Definition: ServiceDefinition>: DecodedWrite {
  typealias State = Definition.State

  let timer: Timer

  func needs(_ state: inout State, _ needs: inout Needs<State>) throws(Refused) {
    needs.timer(timer.kind, timer.subject)
    try Definition.needs(timer, state, &needs)
  }

  func decide(_ state: inout State, _ context: inout Context) -> Decision<EncodedReply> {
    // Another process may have fired it, or a command armed it anew or disarmed it.
    guard state.common.timers.due(timer.kind, timer.subject) == timer.due else { return Self.done }
    let now = state.common.tenant?.clock == .test ? timer.due : context.now
    guard timer.due <= context.now else { return Self.done }
    state.common.timers.disarm(timer.kind, timer.subject)
    var inner = Context(now: now, caller: context.caller, ids: context.ids)
    defer { context.ids = inner.ids }
    switch Definition.fire(timer, &state, &inner) {
    case .accepted: return Self.done
    case .refused(let refused): return .refused(refused)
    }
  }

  /// Nobody reads the reply.
  private static var done: Decision<EncodedReply> { .accepted(EncodedReply(payload: ByteBuffer())) }

  /// What was refused would be refused for ever: the timer goes all the same.
  func refused(_ refusal: Refused, _ state: inout State, _ context: inout Context) {
    state.common.timers.disarm(timer.kind, timer.subject)
  }
}
