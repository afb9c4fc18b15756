import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum PlaceOrder: WriteOperation {
  static let method = Method.orderPlace

  static func needs(
    _ request: Callout_V1_OrderPlaceRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.purchase(try AgreementID(field: "agreement_id", request.agreementID), state)
  }

  static func decide(
    _ request: Callout_V1_OrderPlaceRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_OrderPlaceReply> {
    Decision { () throws(Refused) in
      let command = PackagePurchase.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID), package: request.package,
        quantity: Int64(request.quantity), paid: request.paid, reference: request.reference)
      let reply = try OrderPlace.decide(command, &state, &context).get()
      return .with {
        $0.order = reply.order.wire
        if let lot = reply.lot { $0.lot = lot.wire }
      }
    }
  }
}

enum EndOrder: WriteOperation {
  static let method = Method.orderEnd

  static func needs(
    _ request: Callout_V1_OrderEndRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    let order = try StandingOrderID(field: "order_id", request.orderID)
    needs.row(Tables.standingOrders, order)
    if let order = state.standingOrders[order] { needs.account(order.agreement, state) }
  }

  static func decide(
    _ request: Callout_V1_OrderEndRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_OrderEndReply> {
    Decision { () throws(Refused) in
      let command = OrderEnd.Request(
        order: try StandingOrderID(field: "order_id", request.orderID), reason: request.reason)
      let order = try OrderEnd.decide(command, &state, &context).get()
      return .with { $0.order = order.wire }
    }
  }
}

enum ListOrders: ReadOperation {
  static let method = Method.orderList

  static func queries(_ request: Callout_V1_OrderListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let page = try PageRequest(request.page)
    return [
      Tables.agreements.find(context.tenant, id),
      Tables.standingOrders.select(
        context.tenant,
        where: "r.agreement_id = $2 AND ($3::uuid IS NULL OR r.order_id < $3) ORDER BY r.order_id DESC LIMIT $4",
        [Argument(id), Argument(try page.afterID(Kind.StandingOrder.self)), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_OrderListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_OrderListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (orders, next) = page.cut(try results.rows(1, of: Tables.standingOrders)) { $0.id.bytes }
    return .with {
      $0.orders = orders.map(\.wire)
      $0.next = .init(next)
    }
  }
}

extension Tables {
  static let standingOrders = Table<LedgerState, StandingOrder>(
    "standing_orders", { $1(&$0.standingOrders) }, key: standingOrdersKey, columns: standingOrdersColumns,
    read: standingOrdersRead)

  private static let standingOrdersKey: [Column<StandingOrderID>] = [Column("order_id") { $0 }]

  private static let standingOrdersColumns: [Column<StandingOrder>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("package", fixed: true, \.package),
    Column("quantity", fixed: true, \.quantity),
    Column("paid", fixed: true, \.paid),
    Column("reference", fixed: true, \.reference),
    Column("started_at", fixed: true, \.startedAt),
    Column("times", \.times),
    Column("next_at", \.nextAt),
    Column("ended_at", \.endedAt),
    Column("end_reason", \.endReason),
  ]

  private static let standingOrdersRead: Table<LedgerState, StandingOrder>.Read = { row throws(RowError) in
    StandingOrder(
      id: try row.next(), agreement: try row.next(), package: try row.next(), quantity: try row.next(),
      paid: try row.next(), reference: try row.next(), startedAt: try row.next(), times: try row.next(),
      nextAt: try row.next(), endedAt: try row.next(), endReason: try row.next())
  }

  /// The standing orders of an agreement that go on.
  static let ordersOfAgreement: Group<LedgerState, StandingOrder, AgreementID> = standingOrders.group(
    by: "agreement_id", where: "r.ended_at IS NULL")
}
