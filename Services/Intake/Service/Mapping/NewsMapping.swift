import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

extension IntakeNews {
  /// The snapshots that ledger and notifier get.
  var outgoing: [OutgoingEvent] {
    switch self {
    case .ticket(let news):
      let body = Callout_V1_Event.OneOf_Body.ticket(Callout_V1_TicketSnapshot(news))
      return [OutgoingEvent(to: .ledger, .notifier, about: news.ticket.id, version: news.ticket.version, body)]
    case .notice(let notice):
      let body = Callout_V1_Event.OneOf_Body.notice(Callout_V1_Notice(notice))
      return [OutgoingEvent(to: .notifier, about: notice.id, version: 1, body)]
    case .answer(let answer):
      let body = Callout_V1_Event.OneOf_Body.answer(Callout_V1_MailAnswer(answer))
      return [OutgoingEvent(to: .notifier, about: answer.id, version: 1, body)]
    case .account(let news):
      let body = Callout_V1_Event.OneOf_Body.account(Callout_V1_AccountSnapshot(news))
      return [
        OutgoingEvent(to: .ledger, .notifier, about: news.view.account.id, version: news.view.account.version, body)
      ]
    }
  }
}

extension Callout_V1_TicketSnapshot {
  /// A ticket's snapshot.
  init(_ news: TicketNews) {
    self.init()
    ticket = Callout_V1_Ticket(news.ticket)
    work = news.work.map(Callout_V1_WorkRecord.init)
    visits = news.visits.map(Callout_V1_Visit.init)
    task = Callout_V1_Task(news.task)
    accountName = news.accountName
    contactName = news.ticket.caller
    targetPausedMs = news.ticket.pausedSince.milliseconds
    pausedReason = news.ticket.pausedReason
    heardMs = news.ticket.heardAt.milliseconds
    summonedMs = news.ticket.summonedAt.milliseconds
    closuresMs = news.ticket.closures.map(\.milliseconds)
    calls = news.ticket.calls.map { call in
      .with {
        $0.number = UInt64(call.number)
        $0.digits = call.digits
        $0.answer = call.answer?.rawValue ?? ""
        $0.by = call.by
      }
    }
    earlier = news.earlier.map(Callout_V1_StretchTask.init)
    gates = news.gates.map { gate in
      .with {
        ($0.id, $0.state, $0.why) = (gate.id, gate.state.rawValue, gate.why)
        ($0.dueMs, $0.atMs) = (gate.due.milliseconds, gate.at.milliseconds)
      }
    }
  }
}

extension Callout_V1_Notice {
  /// What a customer is told.
  init(_ notice: IntakeNotice) {
    self.init()
    kind = notice.kind
    accountID = notice.accountID.data
    subject = notice.subject
    text = notice.text
    ticketID = notice.ticketID?.data ?? Data()
    facts = notice.facts.wire
  }
}

extension Callout_V1_MailAnswer {
  /// What a writer is answered.
  init(_ answer: MailAnswer) {
    self.init()
    address = answer.address
    name = answer.name
    subject = answer.subject
    text = answer.text
    references = answer.references
    ticketID = answer.ticketID.data()
  }
}

extension Callout_V1_AccountSnapshot {
  /// An account's snapshot.
  init(_ news: AccountNews) {
    self.init()
    account = Callout_V1_Account(news.view)
    contacts = news.contacts.map(Callout_V1_Contact.init)
  }
}

extension ApplyAgreement.Told {
  /// What the ledger told of an agreement.
  init(_ snapshot: Callout_V1_AgreementSnapshot) throws(Refused) {
    let told = snapshot.agreement
    self.init(
      accountID: try AccountID(field: "agreement.account_id", told.accountID),
      agreement: AgreementView(
        id: try AgreementID(field: "agreement.id", told.id),
        planVersion: try PlanVersion(field: "agreement.plan_version", told.planVersion),
        signedAt: try Instant(field: "agreement.signed_ms", milliseconds: told.signedMs),
        purchasedAt: try Instant.optional(field: "agreement.purchased_ms", milliseconds: told.purchasedMs),
        tier: snapshot.tier, agreedAt: try Instant.optional(field: "agreed_ms", milliseconds: snapshot.agreedMs),
        endsAt: try Instant.optional(field: "ends_ms", milliseconds: snapshot.endsMs),
        endedAt: told.state == "ended" ? try Self.ended(told) : nil, bought: snapshot.bought))
  }
}

extension ApplyAgreement.Told {
  /// When an agreement that has ended did so; what does not tell the instant has ended since it was signed.
  private static func ended(_ told: Callout_V1_Agreement) throws(Refused) -> Instant {
    if let ended = try Instant.optional(field: "agreement.ended_ms", milliseconds: told.endedMs) { return ended }
    return try Instant(field: "agreement.signed_ms", milliseconds: told.signedMs)
  }
}

extension ApplyEscalation.Standing {
  /// What the notifier told of an escalation.
  init(_ escalation: Callout_V1_Escalation) throws(Refused) {
    switch escalation.state {
    case "running": self = .running
    case "acknowledged":
      self = .acknowledged(
        by: escalation.acknowledgedBy.isEmpty ? "Someone" : escalation.acknowledgedBy,
        at: try Instant(field: "escalation.acknowledged_ms", milliseconds: escalation.acknowledgedMs))
    case "stopped": self = .stopped
    case "exhausted": self = .exhausted
    case let state: throw Refused(.invalid(field: "escalation.state"), "No escalation is \(state).")
    }
  }
}
