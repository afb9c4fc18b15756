import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `account.get`
enum AccountGet: ReadOperation {
  static let method = Method.accountGet
  static let isByKey = true

  static func queries(_ request: Callout_V1_AccountGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AccountID(field: "account_id", request.accountID)
    return [
      Tables.accounts.find(context.tenant, id),
      Tables.subsidiariesOfAccount.find(context.tenant, id),
      Tables.hotlinesOfAccount.find(context.tenant, id),
      Tables.contactsOfAccount.find(context.tenant, id),
    ]
  }

  static func reply(
    _ request: Callout_V1_AccountGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AccountGetReply {
    let view = AccountView(
      account: try results.one(0, of: Tables.accounts, named: "account"),
      subsidiaries: try results.rows(1, of: Tables.subsidiaries), hotlines: try results.rows(2, of: Tables.hotlines))
    let contacts = try results.rows(3, of: Tables.contacts).filter { $0.endedAt == nil }
    return .with {
      $0.account = Callout_V1_Account(view)
      $0.contacts = contacts.map(Callout_V1_Contact.init)
    }
  }
}

/// `account.list`
enum AccountList: ReadOperation {
  static let method = Method.accountList

  static func queries(_ request: Callout_V1_AccountListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Tables.accounts.select(
        context.tenant, where: "r.account_id > $2 ORDER BY r.account_id LIMIT $3",
        [Argument(try page.afterID(Kind.Account.self) ?? .lowest), Argument(page.fetch)])
    ]
  }

  static func followUp(
    _ request: Callout_V1_AccountListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ids = Argument(array: try results.rows(0, of: Tables.accounts).map(\.id))
    return [
      Tables.subsidiaries.select(
        context.tenant, where: "r.account_id = ANY ($2) ORDER BY r.subsidiary_id", [ids]),
      Tables.hotlines.select(context.tenant, where: "r.account_id = ANY ($2) ORDER BY r.number", [ids]),
    ]
  }

  static func reply(
    _ request: Callout_V1_AccountListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AccountListReply {
    let page = try request.page.checked()
    let (accounts, next) = page.cut(try results.rows(0, of: Tables.accounts)) { $0.id.bytes }
    let subsidiaries = Dictionary(grouping: try results.rows(1, of: Tables.subsidiaries), by: \.accountID)
    let hotlines = Dictionary(grouping: try results.rows(2, of: Tables.hotlines), by: \.accountID)
    return .with {
      $0.accounts = accounts.map { account in
        Callout_V1_Account(
          AccountView(
            account: account, subsidiaries: subsidiaries[account.id] ?? [], hotlines: hotlines[account.id] ?? []))
      }
      $0.next = Data(next)
    }
  }
}

/// `contact.list`
enum ContactList: ReadOperation {
  static let method = Method.contactList

  static func queries(_ request: Callout_V1_ContactListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AccountID(field: "account_id", request.accountID)
    return [
      Tables.accounts.find(context.tenant, id),
      Tables.contacts.select(
        context.tenant,
        where: "r.account_id = $2 AND ($3 OR r.ended_at IS NULL) ORDER BY r.contact_id LIMIT 1000",
        [Argument(id), Argument(request.ended)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_ContactListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ContactListReply {
    _ = try results.one(0, of: Tables.accounts, named: "account")
    let contacts = try results.rows(1, of: Tables.contacts)
    return .with { $0.contacts = contacts.map(Callout_V1_Contact.init) }
  }
}

/// `asset.list`
enum AssetList: ReadOperation {
  static let method = Method.assetList

  static func queries(_ request: Callout_V1_AssetListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AccountID(field: "account_id", request.accountID)
    let page = try PageRequest(request.page)
    return [
      Tables.accounts.find(context.tenant, id),
      Tables.assets.select(
        context.tenant, where: "r.account_id = $2 AND r.asset_id > $3 ORDER BY r.asset_id LIMIT $4",
        [Argument(id), Argument(try page.afterID(Kind.Asset.self) ?? .lowest), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_AssetListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AssetListReply {
    _ = try results.one(0, of: Tables.accounts, named: "account")
    let page = try request.page.checked()
    let (assets, next) = page.cut(try results.rows(1, of: Tables.assets)) { $0.id.bytes }
    return .with {
      $0.assets = assets.map(Callout_V1_Asset.init)
      $0.next = Data(next)
    }
  }
}
