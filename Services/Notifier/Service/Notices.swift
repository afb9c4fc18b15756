import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `notice.list`, newest first.
enum NoticeListRead: ReadOperation {
  static let method = Method.noticeList

  static func queries(_ request: Callout_V1_NoticeListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let before = Argument(try page.afterID() ?? NoticeID.highest)
    let limit = Argument(page.fetch)
    guard let account = try AccountID.optional(field: "account_id", request.accountID) else {
      return [
        Tables.notices.select(
          context.tenant, where: "r.notice_id < $2 ORDER BY r.notice_id DESC LIMIT $3", [before, limit])
      ]
    }
    return [
      Tables.notices.select(
        context.tenant, where: "r.notice_id < $2 AND r.account_id = $4 ORDER BY r.notice_id DESC LIMIT $3",
        [before, limit, Argument(account)])
    ]
  }

  static func reply(
    _ request: Callout_V1_NoticeListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_NoticeListReply {
    let page = try PageRequest(checked: request.page)
    let (notices, next) = page.cut(try results.rows(0, of: Tables.notices)) { $0.id.bytes }
    return .with {
      $0.notices = notices.map { Callout_V1_CustomerNotice($0) }
      $0.next = .init(next)
    }
  }
}
