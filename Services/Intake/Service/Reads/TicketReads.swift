import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `ticket.get`
enum TicketGet: ReadOperation {
  static let method = Method.ticketGet
  static let isByKey = true

  static func queries(_ request: Callout_V1_TicketGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    switch request.by {
    case .ticketID(let bytes):
      let id = try TicketID(field: "ticket_id", bytes)
      return [Tables.tickets.find(context.tenant, id)]
    case .number(let number):
      guard let number = Int64(exactly: number), number >= 1 else {
        throw Refused(.invalid(field: "number"), "Tickets are numbered from 1.")
      }
      return [Tables.tickets.select(context.tenant, where: "r.number = $2", [Argument(number)])]
    case nil:
      throw Refused(.invalid(field: "ticket_id"), "Give a ticket's id or its number.")
    }
  }

  static func followUp(
    _ request: Callout_V1_TicketGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    let id = ticket.id
    let queries = [
      MessageRows.latest(id, context), Tables.workOfTicket.find(context.tenant, id),
      Tables.visitsOfTicket.find(context.tenant, id),
      ArticleRows.resolved(Argument(id), context),
    ]
    return request.withTask ? queries + [Tables.accounts.find(context.tenant, ticket.accountID)] : queries
  }

  static func reply(
    _ request: Callout_V1_TicketGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TicketGetReply {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    let messages = try results.rows(1, MessageRows.read)
    let work = try results.rows(2, of: Tables.work)
    let visits = try results.rows(3, of: Tables.visits)
    let articles = try results.rows(4, ArticleRows.read)
    let account = request.withTask ? try results.rows(5, of: Tables.accounts).first : nil
    return .with {
      $0.ticket = Callout_V1_Ticket(ticket)
      $0.messages = messages.reversed().map(Callout_V1_TicketMessage.init)
      $0.work = work.map(Callout_V1_WorkRecord.init)
      $0.visits = visits.map(Callout_V1_Visit.init)
      $0.articles = articles.map { Callout_V1_Article($0, to: context.caller.role) }
      if request.withTask {
        $0.task = Callout_V1_Task(TaskFacts(ticket: ticket, work: work, visits: visits, account: account, plan: nil))
        $0.earlier = StretchFacts.all(of: ticket, work: work, visits: visits, account: account, plan: nil)
          .map(Callout_V1_StretchTask.init)
      }
    }
  }
}

/// `ticket.list`
enum TicketList: ReadOperation {
  static let method = Method.ticketList

  static func queries(_ request: Callout_V1_TicketListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let place = Argument(try page.afterID(Kind.Ticket.self) ?? .highest)
    let limit = Argument(page.fetch)
    let account = try AccountID.optional(field: "account_id", request.accountID)
    let state = request.state.isEmpty ? nil : try Ticket.State(field: "state", request.state)
    // One text for each combination, so that each is planned for the index that serves it.
    switch (account, state) {
    case (nil, nil):
      return [
        Tables.tickets.select(
          context.tenant, where: "r.ticket_id < $2 ORDER BY r.ticket_id DESC LIMIT $3", [place, limit])
      ]
    case (let account?, nil):
      return [
        Tables.tickets.select(
          context.tenant, where: "r.ticket_id < $2 AND r.account_id = $4 ORDER BY r.ticket_id DESC LIMIT $3",
          [place, limit, Argument(account)])
      ]
    case (nil, let state?):
      return [
        Tables.tickets.select(
          context.tenant, where: "r.ticket_id < $2 AND r.state = $4 ORDER BY r.ticket_id DESC LIMIT $3",
          [place, limit, Argument(state.rawValue)])
      ]
    case (let account?, let state?):
      return [
        Tables.tickets.select(
          context.tenant,
          where: "r.ticket_id < $2 AND r.account_id = $4 AND r.state = $5 ORDER BY r.ticket_id DESC LIMIT $3",
          [place, limit, Argument(account), Argument(state.rawValue)])
      ]
    }
  }

  static func reply(
    _ request: Callout_V1_TicketListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TicketListReply {
    let page = try request.page.checked()
    let (tickets, next) = page.cut(try results.rows(0, of: Tables.tickets)) { $0.id.bytes }
    return .with {
      $0.tickets = tickets.map(Callout_V1_Ticket.init)
      $0.next = Data(next)
    }
  }
}

/// `ticket.why`
enum TicketWhy: ReadOperation {
  static let method = Method.ticketWhy

  static func queries(_ request: Callout_V1_TicketWhyRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TicketID(field: "ticket_id", request.ticketID)
    return [Tables.tickets.find(context.tenant, id)]
  }

  static func followUp(
    _ request: Callout_V1_TicketWhyRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    let plan = PlanQuery.select(context.tenant, ticket.planVersion)
    // Only gates follow from the work.
    guard !ticket.targets.contains(where: { $0.id == request.target }) else { return [plan] }
    return [
      plan, Tables.workOfTicket.find(context.tenant, ticket.id), Tables.visitsOfTicket.find(context.tenant, ticket.id),
    ]
  }

  static func reply(
    _ request: Callout_V1_TicketWhyRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TicketWhyReply {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    guard let plan = try results.plan(1) else {
      throw .refused(.planUnknown, "This service does not have the plan of the ticket: publish it here.")
    }
    if let explanation = ExplainTarget.explain(request.target, of: ticket, plan) {
      return .with {
        $0.target = Callout_V1_TargetStatus(explanation.target)
        $0.lines = explanation.lines
        $0.intervals = explanation.stretches.map(Callout_V1_CountedInterval.init)
      }
    }
    let (work, visits) = (try results.rows(2, of: Tables.work), try results.rows(3, of: Tables.visits))
    guard let gate = ExplainGate.explain(request.target, of: ticket, work, visits, plan, at: context.now) else {
      let known = ticket.targets.map(\.id) + ExplainGate.known(ticket, work, visits, plan)
      throw .refused(
        .clauseUnknown(request.target),
        "The ticket has no target or gate \(request.target); it has \(known.isEmpty ? "none" : known.joined(separator: ", "))."
      )
    }
    return .with {
      $0.target = .with {
        $0.id = request.target
        $0.dueMs = gate.due.milliseconds
        $0.metMs = gate.metAt.milliseconds
        $0.missed = gate.isMissed
      }
      $0.lines = gate.lines
      $0.intervals = gate.stretches.map(Callout_V1_CountedInterval.init)
    }
  }
}

extension Callout_V1_CountedInterval {
  init(_ stretch: WorkCalendar.Stretch) {
    self.init()
    fromMs = stretch.from.milliseconds
    toMs = stretch.to.milliseconds
    counted = stretch.isCounted
    reason = stretch.reason
  }
}

/// `visit.list`
enum VisitList: ReadOperation {
  static let method = Method.visitList

  static func queries(_ request: Callout_V1_VisitListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let place = Argument(try page.afterID(Kind.Visit.self) ?? .highest)
    let limit = Argument(page.fetch)
    if let ticket = try TicketID.optional(field: "ticket_id", request.ticketID) {
      return [
        Tables.visits.select(
          context.tenant, where: "r.ticket_id = $2 AND r.visit_id < $3 ORDER BY r.visit_id DESC LIMIT $4",
          [Argument(ticket), place, limit])
      ]
    }
    let account = try AccountID(field: "account_id", request.accountID)
    return [
      Tables.visits.select(
        context.tenant, where: "r.account_id = $2 AND r.visit_id < $3 ORDER BY r.visit_id DESC LIMIT $4",
        [Argument(account), place, limit])
    ]
  }

  static func reply(
    _ request: Callout_V1_VisitListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_VisitListReply {
    let page = try request.page.checked()
    let (visits, next) = page.cut(try results.rows(0, of: Tables.visits)) { $0.id.bytes }
    return .with {
      $0.visits = visits.map(Callout_V1_Visit.init)
      $0.next = Data(next)
    }
  }
}
