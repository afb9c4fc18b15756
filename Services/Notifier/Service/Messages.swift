import Foundation
import NotifierRules
import Policy
import SwiftProtobuf
import Wire

// What notifier's rows look like on the wire.

extension ID {
  /// The 16 bytes of the wire.
  var data: Data { Data(bytes) }
}

extension Instant? {
  /// Milliseconds since the epoch; 0 for none.
  var wire: Int64 { self?.milliseconds ?? 0 }
}

extension Callout_V1_Person {
  init(_ person: Person) {
    self.init()
    id = person.id.data
    handle = person.handle
    name = person.name
    methods = person.methods.map { method in
      .with {
        $0.kind = method.kind.rawValue
        $0.address = method.address
      }
    }
    version = UInt64(clamping: person.version)
  }
}

extension Callout_V1_Rota {
  init(_ rota: Rota) {
    self.init()
    id = rota.id.data
    name = rota.name
    version = UInt64(clamping: rota.version)
    sinceMs = rota.since.milliseconds
    layers = rota.layers.dropFirst().map { Callout_V1_RotaLayer($0) }
    guard let lowest = rota.layers.first.map({ Callout_V1_RotaLayer($0) }) else { return }
    (zone, handover, turnDays) = (lowest.zone, lowest.handover, lowest.turnDays)
    (startsMs, endsMs, people, hours) = (lowest.startsMs, lowest.endsMs, lowest.people, lowest.hours)
  }
}

extension Callout_V1_RotaLayer {
  init(_ layer: RotaLayer) {
    self.init()
    name = layer.name
    zone = layer.zone
    handover = layer.handover.description
    turnDays = UInt32(clamping: layer.turnDays)
    startsMs = layer.starts.milliseconds
    endsMs = layer.ends.wire
    people = layer.people.map(\.data)
    hours = layer.hours.map(\.description)
  }
}

extension Callout_V1_RotaOverride {
  init(_ override: RotaOverride) {
    self.init()
    id = override.id.data
    rotaID = override.rotaID.data
    personID = override.personID.data
    time = .with {
      $0.fromMs = override.from.milliseconds
      $0.toMs = override.to.milliseconds
    }
    reason = override.reason
  }
}

extension Callout_V1_SlaClock {
  init(_ clock: SlaClock, _ intervals: [ClockInterval] = []) {
    self.init()
    id = clock.id.data
    ticketID = clock.ticketID.data
    ticketNumber = UInt64(clamping: clock.ticketNumber)
    target = clock.target
    state = clock.state.rawValue
    dueMs = clock.due.milliseconds
    countedFromMs = clock.countedFrom.wire
    startedMs = clock.startedAt.milliseconds
    endedMs = clock.endedAt.wire
    pausedReason = clock.pausedReason
    round = UInt32(clamping: clock.round)
    self.intervals = intervals.map { interval in
      .with {
        $0.fromMs = interval.from.milliseconds
        $0.toMs = interval.to.wire
        $0.state = interval.state.rawValue
        $0.dueMs = interval.due.milliseconds
        $0.why = interval.why
      }
    }
  }
}

extension Callout_V1_Escalation {
  init(_ escalation: Escalation, steps taken: [EscalationStep] = [], events happened: [EscalationEvent] = []) {
    self.init()
    id = escalation.id.data
    ticketID = escalation.ticketID.data
    ticketNumber = UInt64(clamping: escalation.ticketNumber)
    target = escalation.target
    ladder = escalation.ladder
    state = escalation.state.rawValue
    step = UInt32(clamping: escalation.taken)
    startedMs = escalation.startedAt.milliseconds
    nextStepMs = escalation.nextStepAt.wire
    acknowledgedMs = escalation.acknowledgedAt.wire
    acknowledgedBy = escalation.acknowledgedBy
    ending = escalation.ending
    version = UInt64(clamping: escalation.version)
    expiresMs = escalation.expiresAt.wire
    events = happened.map { event in
      .with {
        $0.number = UInt32(clamping: event.number)
        $0.atMs = event.at.milliseconds
        $0.kind = event.kind.rawValue
        $0.text = event.text
      }
    }
    steps = taken.map { step in
      .with {
        $0.number = UInt32(clamping: step.number)
        $0.place = UInt32(clamping: step.place)
        $0.atMs = step.at.milliseconds
        $0.deliveries = UInt32(clamping: step.deliveries)
        $0.note = step.note
      }
    }
  }
}

extension Callout_V1_Delivery {
  init(_ delivery: Delivery, attempts made: [DeliveryAttempt] = []) {
    self.init()
    id = delivery.id.data
    switch delivery.cause {
    case .escalation(let id): escalationID = id.data
    case .notice(let id): noticeID = id.data
    case .bundle, .answer: break
    }
    step = UInt32(clamping: delivery.step)
    personID = delivery.personID?.data ?? Data()
    recipient = delivery.recipient
    method = delivery.method.rawValue
    address = delivery.address
    subject = delivery.subject
    text = delivery.text
    html = delivery.html ?? ""
    template = delivery.template
    state = delivery.state.rawValue
    messageID = delivery.messageID
    deadlineMs = delivery.deadline.milliseconds
    createdMs = delivery.createdAt.milliseconds
    answer = delivery.answer?.rawValue ?? ""
    answeredMs = delivery.answeredAt.wire
    heldBy = delivery.heldBy
    heldUntilMs = delivery.heldUntil.wire
    carrierID = delivery.carrierID?.data ?? Data()
    attempts = made.map { attempt in
      .with {
        $0.number = UInt32(clamping: attempt.number)
        $0.atMs = attempt.at.milliseconds
        $0.succeeded = attempt.succeeded
        $0.outcome = attempt.outcome
      }
    }
  }
}

extension Callout_V1_WebhookEndpoint {
  init(_ endpoint: WebhookEndpoint) {
    self.init()
    id = endpoint.id.data
    name = endpoint.name
    url = endpoint.url
    earlierUntilMs = (endpoint.earlier?.until).wire
    version = UInt64(clamping: endpoint.version)
  }
}

extension Callout_V1_CustomerNotice {
  init(_ notice: Notice) {
    self.init()
    id = notice.id.data
    accountID = notice.accountID?.data ?? Data()
    kind = notice.kind
    subject = notice.subject
    text = notice.text
    atMs = notice.at.milliseconds
    deliveries = UInt32(clamping: notice.deliveries)
    ticketID = notice.ticketID?.data ?? Data()
    late = notice.isLate
  }
}

extension Answer {
  /// Reads the word of the wire.
  init(field: String, _ text: String) throws(Refused) {
    guard let answer = Answer(rawValue: text) else {
      throw Refused(.invalid(field: field), "\(field) is none, person, voicemail or refused.")
    }
    self = answer
  }
}
