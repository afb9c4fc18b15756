public import Policy

/// Opens a topic in the forum.
public enum OpenTopic {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// 1 to 200 bytes.
    public var title: String
    /// 1 byte to ``Topic/textByteCountMax``.
    public var text: String
    /// The name to show; empty: the caller's.
    public var author: String

    /// A request as given.
    public init(title: String, text: String, author: String = "") {
      self.title = title
      self.text = text
      self.author = author
    }
  }

  /// Needs nothing.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Topic> {
    Decision { () throws(Refused) in
      try Fields.name(request.title, "title")
      try Fields.text(request.text, "text", max: Topic.textByteCountMax)
      let author = try Fields.author(request.author, context)
      let topic = Topic(
        id: context.id(), title: request.title, text: request.text, author: author,
        postedBy: context.caller.description, openedAt: context.now)
      state.topics.insert(topic)
      state.common.changed("topic.opened", topic.id, version: 1, "A topic was opened: \(topic.title).")
      return topic
    }
  }
}

/// Replies to a topic.
public enum PostReply {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which topic.
    public var topicID: TopicID
    /// 1 byte to ``Topic/textByteCountMax``.
    public var text: String
    /// The name to show; empty: the caller's.
    public var author: String

    /// A request as given.
    public init(topicID: TopicID, text: String, author: String = "") {
      self.topicID = topicID
      self.text = text
      self.author = author
    }
  }

  /// The reply and its topic.
  public struct Reply: Sendable, Hashable {
    /// As posted.
    public var reply: TopicReply
    /// With the reply counted.
    public var topic: Topic
  }

  /// Needs the topic.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.text(request.text, "text", max: Topic.textByteCountMax)
      let author = try Fields.author(request.author, context)
      var topic = try state.topic(request.topicID, context)
      guard !topic.isClosed else {
        throw Refused(.conflict(state: "closed"), "The topic is closed and takes no replies: open a new one.")
      }
      guard topic.replyCount < Topic.replyCountMax else {
        throw Refused(.limit("replies"), "A topic has at most \(Topic.replyCountMax) replies: open a new one.")
      }
      let reply = TopicReply(
        id: context.id(), topicID: topic.id, text: request.text, author: author,
        postedBy: context.caller.description, postedAt: context.now)
      state.replies.insert(reply)
      topic.replyCount += 1
      topic.repliedAt = context.now
      state.commit(&topic, "reply.posted", "A reply was posted.")
      return Reply(reply: reply, topic: topic)
    }
  }
}

/// Hides, restores, closes or reopens a topic.
public enum ModerateTopic {
  /// Needs the topic.
  public static func decide(
    _ id: TopicID, _ action: Moderation.Action, reason: String, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Topic> {
    Decision { () throws(Refused) in
      try Fields.reason(reason)
      var topic = try state.topic(id, context)
      switch action {
      case .hide, .restore:
        try action.mustChange(topic.isHidden, to: action == .hide, "topic", ("hidden", "shown"))
        topic.isHidden = action == .hide
      case .close, .reopen:
        try action.mustChange(topic.isClosed, to: action == .close, "topic", ("closed", "open"))
        topic.isClosed = action == .close
      }
      state.moderations.append(
        Moderation(
          id: context.id(), topicID: topic.id, replyID: nil, action: action, reason: reason,
          moderator: context.caller.description, at: context.now))
      state.commit(&topic, "topic.moderated", "The desk did this to a topic: \(action.rawValue).")
      return topic
    }
  }
}

/// Hides or restores a reply.
public enum ModerateReply {
  /// Needs the reply and its topic.
  public static func decide(
    _ id: TopicReplyID, _ action: Moderation.Action, reason: String, _ state: inout IntakeState,
    _ context: inout Context
  ) -> Decision<TopicReply> {
    Decision { () throws(Refused) in
      try Fields.reason(reason)
      guard action == .hide || action == .restore else {
        throw Fields.invalid("action", "of a reply is hide or restore: only its topic is closed or reopened")
      }
      guard var reply = state.replies[id] else { throw Refused(.notFound("reply"), "There is no reply \(id).") }
      var topic = try state.topic(reply.topicID, context)
      try action.mustChange(reply.isHidden, to: action == .hide, "reply", ("hidden", "shown"))
      reply.isHidden = action == .hide
      state.replies.update(reply)
      state.moderations.append(
        Moderation(
          id: context.id(), topicID: topic.id, replyID: reply.id, action: action, reason: reason,
          moderator: context.caller.description, at: context.now))
      state.commit(&topic, "reply.moderated", "The desk did this to a reply: \(action.rawValue).")
      return reply
    }
  }
}

extension Moderation.Action {
  /// Refuses what would change nothing.
  fileprivate func mustChange(
    _ present: Bool, to wanted: Bool, _ what: String, _ words: (yes: String, no: String)
  ) throws(Refused) {
    guard present != wanted else {
      let word = present ? words.yes : words.no
      throw Refused(.conflict(state: word), "The \(what) is \(word) already: there is nothing to \(rawValue).")
    }
  }
}
