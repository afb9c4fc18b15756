import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

extension ReadContext {
  /// Whether the caller sees what the desk has hidden, and what is not published.
  var seesAll: Argument { Argument(caller.role != .portal) }
}

/// `topic.get`
enum TopicGet: ReadOperation {
  static let method = Method.topicGet

  static func queries(_ request: Callout_V1_TopicGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [visible(try TopicID(field: "topic_id", request.topicID), context)]
  }

  static func reply(
    _ request: Callout_V1_TopicGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TopicGetReply {
    let topic = try results.one(0, of: Tables.topics, named: "topic")
    return .with { $0.topic = Callout_V1_Topic(topic) }
  }

  /// The topic, unless it is hidden from the caller.
  static func visible(_ id: TopicID, _ context: ReadContext) -> Query {
    Tables.topics.select(
      context.tenant, where: "r.topic_id = $2 AND ($3 OR NOT r.is_hidden)", [Argument(id), context.seesAll])
  }
}

/// `topic.list`
enum TopicList: ReadOperation {
  static let method = Method.topicList

  static func queries(_ request: Callout_V1_TopicListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Query(
        sql: """
          SELECT t.topic_id, t.title, '', t.author, t.posted_by, t.opened_at, t.replied_at, t.reply_count, t.is_hidden, \
          t.is_closed, t.version
          FROM topics t
          WHERE t.tenant_id = $1 AND t.topic_id < $2 AND ($3 OR NOT t.is_hidden) ORDER BY t.topic_id DESC LIMIT $4
          """,
        [
          Argument(context.tenant), Argument(try page.afterID(Kind.Topic.self) ?? .highest), context.seesAll,
          Argument(page.fetch),
        ])
    ]
  }

  static func reply(
    _ request: Callout_V1_TopicListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TopicListReply {
    let page = try request.page.checked()
    let (topics, next) = page.cut(try results.rows(0, Tables.readTopic)) { $0.id.bytes }
    return .with {
      $0.topics = topics.map { Callout_V1_Topic($0, withText: false) }
      $0.next = Data(next)
    }
  }
}

/// `reply.list`
enum ReplyList: ReadOperation {
  static let method = Method.replyList

  static func queries(_ request: Callout_V1_ReplyListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TopicID(field: "topic_id", request.topicID)
    let page = try PageRequest(request.page)
    let place = Argument(try page.afterID(Kind.TopicReply.self) ?? .lowest)
    return [
      TopicGet.visible(id, context),
      Tables.replies.select(
        context.tenant,
        where: "r.topic_id = $2 AND r.reply_id > $3 AND ($4 OR NOT r.is_hidden) ORDER BY r.reply_id LIMIT $5",
        [Argument(id), place, context.seesAll, Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_ReplyListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ReplyListReply {
    _ = try results.one(0, of: Tables.topics, named: "topic")
    let page = try request.page.checked()
    let (replies, next) = page.cut(try results.rows(1, of: Tables.replies)) { $0.id.bytes }
    return .with {
      $0.replies = replies.map(Callout_V1_TopicReply.init)
      $0.next = Data(next)
    }
  }
}

/// `moderation.list`
enum ModerationList: ReadOperation {
  static let method = Method.moderationList

  static func queries(_ request: Callout_V1_ModerationListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TopicID(field: "topic_id", request.topicID)
    let page = try PageRequest(request.page)
    return [
      TopicGet.visible(id, context),
      Query(
        sql: """
          SELECT m.moderation_id, m.topic_id, m.reply_id, m.action, m.reason, m.moderator, m.moderated_at
          FROM moderations m
          WHERE m.tenant_id = $1 AND m.topic_id = $2 AND m.moderation_id < $3 ORDER BY m.moderation_id DESC LIMIT $4
          """,
        [
          Argument(context.tenant), Argument(id), Argument(try page.afterID(Kind.Moderation.self) ?? .highest),
          Argument(page.fetch),
        ]),
    ]
  }

  static func reply(
    _ request: Callout_V1_ModerationListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ModerationListReply {
    _ = try results.one(0, of: Tables.topics, named: "topic")
    let page = try request.page.checked()
    let rows = try results.rows(1) { row throws(RowError) in
      Moderation(
        id: try row.next(), topicID: try row.next(), replyID: try row.next(), action: try row.next(),
        reason: try row.next(), moderator: try row.next(), at: try row.next())
    }
    let (moderations, next) = page.cut(rows) { $0.id.bytes }
    return .with {
      $0.moderations = moderations.map(Callout_V1_Moderation.init)
      $0.next = Data(next)
    }
  }
}
