public import Policy

extension Kind {
  /// A topic of the forum.
  public enum Topic {}
  /// A reply to a topic.
  public enum TopicReply {}
  /// What the desk did in the forum.
  public enum Moderation {}
}

/// The identifier of a topic.
public typealias TopicID = ID<Kind.Topic>
/// The identifier of a reply to a topic.
public typealias TopicReplyID = ID<Kind.TopicReply>

/// A topic of the forum.
public struct Topic: Record, Hashable {
  /// The most bytes of a topic's or a reply's text.
  public static let textByteCountMax = 16_384
  /// The most replies to one topic.
  public static let replyCountMax: Int64 = 1000

  /// The topic's identifier.
  public let id: TopicID
  /// 1 to 200 bytes.
  public let title: String
  /// 1 byte to ``textByteCountMax``.
  public let text: String
  /// The name under which it was written.
  public let author: String
  /// The caller that brought it: `role/name`.
  public let postedBy: String
  /// When it was opened.
  public let openedAt: Instant
  /// The latest reply; nil: none.
  public var repliedAt: Instant?
  /// Replies that were posted, hidden ones too.
  public var replyCount: Int64 = 0
  /// Whether portals do not see it.
  public var isHidden = false
  /// Whether it takes no replies.
  public var isClosed = false
  /// Counts changes of the topic and its replies, from 1.
  public var version: Int64 = 1

  /// An open topic without replies.
  public init(id: TopicID, title: String, text: String, author: String, postedBy: String, openedAt: Instant) {
    self.id = id
    self.title = title
    self.text = text
    self.author = author
    self.postedBy = postedBy
    self.openedAt = openedAt
  }

  /// The identifier.
  public var key: TopicID { id }
  /// The topic itself.
  public var group: TopicID { id }
}

/// A reply to a topic.
public struct TopicReply: Record, Hashable {
  /// The reply's identifier.
  public let id: TopicReplyID
  /// The topic.
  public let topicID: TopicID
  /// 1 byte to ``Topic/textByteCountMax``.
  public let text: String
  /// The name under which it was written.
  public let author: String
  /// The caller that brought it: `role/name`.
  public let postedBy: String
  /// When it was posted.
  public let postedAt: Instant
  /// Whether portals do not see it.
  public var isHidden: Bool

  /// A reply as given.
  public init(
    id: TopicReplyID, topicID: TopicID, text: String, author: String, postedBy: String, postedAt: Instant,
    isHidden: Bool = false
  ) {
    self.id = id
    self.topicID = topicID
    self.text = text
    self.author = author
    self.postedBy = postedBy
    self.postedAt = postedAt
    self.isHidden = isHidden
  }

  /// The identifier.
  public var key: TopicReplyID { id }
  /// The topic.
  public var group: TopicID { topicID }
}

/// What the desk did to a topic or to a reply, and why.
public struct Moderation: Hashable, Sendable {
  /// What was done.
  public enum Action: String, CaseIterable, Hashable, Sendable {
    /// Portals see it no more.
    case hide
    /// Portals see it again.
    case restore
    /// The topic takes no more replies.
    case close
    /// The topic takes replies again.
    case reopen
  }

  /// The record's identifier.
  public let id: ID<Kind.Moderation>
  /// The topic.
  public let topicID: TopicID
  /// The reply; nil: the topic itself.
  public let replyID: TopicReplyID?
  /// What was done.
  public let action: Action
  /// Why, 1 to 1,000 bytes.
  public let reason: String
  /// Who did it: `role/name`.
  public let moderator: String
  /// When.
  public let at: Instant

  /// A record as given.
  public init(
    id: ID<Kind.Moderation>, topicID: TopicID, replyID: TopicReplyID?, action: Action, reason: String,
    moderator: String, at: Instant
  ) {
    self.id = id
    self.topicID = topicID
    self.replyID = replyID
    self.action = action
    self.reason = reason
    self.moderator = moderator
    self.at = at
  }
}
