import IntakeRules
import Policy
import ServiceKit

extension Tables {
  static let topics = Table<IntakeState, Topic>(
    "topics", { $1(&$0.topics) }, key: [Column<TopicID>("topic_id") { $0 }], columns: topicsColumns, isKept: false,
    read: readTopic)

  private static let topicsColumns: [Column<Topic>] = [
    Column("title", fixed: true, \.title), Column("text", fixed: true, \.text),
    Column("author", fixed: true, \.author), Column("posted_by", fixed: true, \.postedBy),
    Column("opened_at", fixed: true, \.openedAt), Column("replied_at", \.repliedAt),
    Column("reply_count", \.replyCount), Column("is_hidden", \.isHidden), Column("is_closed", \.isClosed),
    Column("version", \.version),
  ]

  static func readTopic(_ row: inout RowReader) throws(RowError) -> Topic {
    var topic = Topic(
      id: try row.next(), title: try row.next(), text: try row.next(), author: try row.next(),
      postedBy: try row.next(), openedAt: try row.next())
    topic.repliedAt = try row.next()
    topic.replyCount = try row.next()
    topic.isHidden = try row.next()
    topic.isClosed = try row.next()
    topic.version = try row.next()
    return topic
  }

  static let replies = Table<IntakeState, TopicReply>(
    "topic_replies", { $1(&$0.replies) }, key: [Column<TopicReplyID>("reply_id") { $0 }], columns: repliesColumns,
    isKept: false, read: readReply)

  private static let repliesColumns: [Column<TopicReply>] = [
    Column("topic_id", fixed: true, \.topicID), Column("text", fixed: true, \.text),
    Column("author", fixed: true, \.author), Column("posted_by", fixed: true, \.postedBy),
    Column("posted_at", fixed: true, \.postedAt), Column("is_hidden", \.isHidden),
  ]

  static func readReply(_ row: inout RowReader) throws(RowError) -> TopicReply {
    TopicReply(
      id: try row.next(), topicID: try row.next(), text: try row.next(), author: try row.next(),
      postedBy: try row.next(), postedAt: try row.next(), isHidden: try row.next())
  }

  static let moderations = Journal<IntakeState, Moderation>(
    "moderations", { $1(&$0.moderations) }, columns: moderationsColumns)

  private static let moderationsColumns: [Column<Moderation>] = [
    Column("topic_id", \.topicID), Column("moderation_id", \.id), Column("reply_id", \.replyID),
    Column("action", \.action), Column("reason", \.reason), Column("moderator", \.moderator),
    Column("moderated_at", \.at),
  ]
}
