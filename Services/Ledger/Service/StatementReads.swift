import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum GetStatement: ReadOperation {
  static let method = Method.statementGet

  static func queries(_ request: Callout_V1_StatementGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let instant = try instant(request, context)
    guard request.form.isEmpty || StatementForm(rawValue: request.form) != nil else {
      throw Refused(.invalid(field: "form"), "form is text, html or csv, or empty.")
    }
    guard request.language.isEmpty || MessageLanguage(request.language) != nil else {
      throw Refused(.invalid(field: "language"), "language is a tag such as de or de-AT (BCP 47), or empty.")
    }
    return [
      Tables.agreements.find(context.tenant, id),
      Query(
        sql: """
          SELECT p.version, p.document FROM agreements a
          JOIN plans p ON p.tenant_id = $1 AND p.version = a.plan_version
          WHERE a.tenant_id = $1 AND a.agreement_id = $2
          """, [Argument(context.tenant), Argument(id)]),
      Tables.accounts.select(
        context.tenant,
        where: """
          r.account_id = (SELECT a.account_id FROM agreements a WHERE a.tenant_id = $1 AND a.agreement_id = $2)
          """, [Argument(id)]),
      JournalTables.statements.select(
        context.tenant, where: "r.agreement_id = $2 AND r.from_at <= $3 AND r.to_at > $3",
        [Argument(id), Argument(instant)]),
      Query(sql: "SELECT language FROM tenants WHERE tenant_id = $1", [Argument(context.tenant)]),
    ]
  }

  static func followUp(
    _ request: Callout_V1_StatementGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let agreement = try results.one(0, of: Tables.agreements, named: "agreement")
    let period = try period(request, results, context)
    let balances = try [""] + plan(results).furtherUnits
    return [
      JournalTables.transfers.select(
        context.tenant, where: "r.agreement_id = $2 AND r.period = $3 ORDER BY r.sequence LIMIT 100000",
        [Argument(agreement.id), Argument(period.from)]),
      JournalTables.statements.select(
        context.tenant, where: "r.agreement_id = $2 AND r.to_at = $3", [Argument(agreement.id), Argument(period.from)]),
    ]
      + balances.map { unit in
        Query(
          sql: """
            SELECT r.balance FROM transfers r
            WHERE r.tenant_id = $1 AND r.agreement_id = $2 AND r.period < $3 AND coalesce(r.unit, '') = $4
            ORDER BY r.period DESC, r.sequence DESC LIMIT 1
            """, [Argument(context.tenant), Argument(agreement.id), Argument(period.from), Argument(unit)])
      }
  }

  static func reply(
    _ request: Callout_V1_StatementGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_StatementGetReply {
    let agreement = try results.one(0, of: Tables.agreements, named: "agreement")
    let plan = try plan(results)
    let period = try period(request, results, context)
    let closed = try results.rows(3, of: JournalTables.statements).first
    let account = try results.rows(2, of: Tables.accounts).first
    let transfers = try results.rows(5, of: JournalTables.transfers)
    var openings: [UnitAmount] = []
    for (index, unit) in plan.furtherUnits.enumerated() {
      openings.append(UnitAmount(unit: unit, units: try balance(8 + index, results) ?? 0))
    }
    let document = StatementDocument(
      agreement: agreement.id, accountName: closed?.accountName ?? account?.name ?? "", plan: plan, from: period.from,
      to: period.to, opening: try balance(7, results) ?? 0, openings: openings,
      lots: try results.rows(6, of: JournalTables.statements).first?.lots ?? [], transfers: transfers,
      isClosed: closed != nil)
    let words = try words(request, account, results)
    return .with { reply in
      var statement = closed?.wire(document) ?? document.preview
      if let form = StatementForm(rawValue: request.form) {
        (statement.lines, statement.text) = ([], "")
        reply.document = form.document(document, text: closed?.text, words)
      }
      reply.statement = statement
    }
  }

  /// The words of a page: in the language that is asked for, or else in the customer's or the tenant's.
  private static func words(
    _ request: Callout_V1_StatementGetRequest, _ account: CustomerAccount?, _ results: ReadResults
  ) throws(ReadFailure) -> StatementWords {
    let tenant = try results.rows(4) { row throws(RowError) in try row.next(String.self) }.first
    let languages = [MessageLanguage(request.language), account?.language, tenant.flatMap { MessageLanguage($0) }]
    return .nearest(languages.compactMap(\.self))
  }

  /// The balance in one unit before the period; nil before its first transfer.
  private static func balance(_ index: Int, _ results: ReadResults) throws(ReadFailure) -> Amount? {
    try results.rows(index) { row throws(RowError) in try row.next(Amount.self) }.first
  }

  private static func instant(
    _ request: Callout_V1_StatementGetRequest, _ context: ReadContext
  ) throws(Refused) -> Instant {
    try Instant.optional(field: "month_ms", milliseconds: request.monthMs) ?? context.now
  }

  private static func plan(_ results: ReadResults) throws(ReadFailure) -> Plan {
    guard let plan = try results.plan(1) else {
      throw .refused(.planUnknown, "This service does not have the agreement's plan. Publish it here first.")
    }
    return plan
  }

  /// The period of the closed statement, or the one of the plan that holds the instant.
  private static func period(
    _ request: Callout_V1_StatementGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> (from: Instant, to: Instant) {
    if let closed = try results.rows(3, of: JournalTables.statements).first { return (closed.from, closed.to) }
    let plan = try plan(results)
    do throws(Refused) {
      return plan.period(containing: try instant(request, context))
    } catch {
      throw .refused(error)
    }
  }
}

/// What a statement can be asked for as; the raw value is the word on the wire.
enum StatementForm: String {
  case text
  case html
  case csv

  /// - Parameters:
  ///   - text: as the customer got it, if the statement is closed.
  ///   - words: those of a page.
  func document(_ document: StatementDocument, text: String?, _ words: StatementWords) -> String {
    switch self {
    case .text: text ?? document.text
    case .html: document.html(in: words)
    case .csv: document.csv
    }
  }
}

enum ListStatements: ReadOperation {
  static let method = Method.statementList

  static func queries(_ request: Callout_V1_StatementListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let page = try PageRequest(request.page)
    return [
      Tables.agreements.find(context.tenant, id),
      JournalTables.statements.select(
        context.tenant, where: "r.agreement_id = $2 AND r.from_at < $3 ORDER BY r.from_at DESC LIMIT $4",
        [Argument(id), Argument(try before(page)), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_StatementListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_StatementListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (statements, next) = page.cut(try results.rows(1, of: JournalTables.statements)) { statement in
      SubjectID(high: UInt64(bitPattern: statement.from.milliseconds), low: 0).bytes
    }
    return .with {
      $0.statements = statements.map(\.head)
      $0.next = .init(next)
    }
  }

  /// The token is the start of the page's last period.
  private static func before(_ page: PageRequest) throws(Refused) -> Instant {
    guard let token = try page.afterID(Kind.Subject.self) else { return .latest }
    return try Instant(field: "page.after", milliseconds: Int64(bitPattern: token.high))
  }
}
