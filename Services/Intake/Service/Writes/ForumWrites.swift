import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `topic.open`
enum TopicOpen: WriteOperation {
  static let method = Method.topicOpen

  static func needs(
    _ request: Callout_V1_TopicOpenRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {}

  static func decide(
    _ request: Callout_V1_TopicOpenRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TopicOpenReply> {
    Decision { () throws(Refused) in
      let topic = OpenTopic.Request(title: request.title, text: request.text, author: request.author)
      let opened = try OpenTopic.decide(topic, &state, &context).get()
      return .with { $0.topic = Callout_V1_Topic(opened) }
    }
  }
}

/// `topic.moderate`
enum TopicModerate: WriteOperation {
  static let method = Method.topicModerate

  static func needs(
    _ request: Callout_V1_TopicModerateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.topics, try TopicID(field: "topic_id", request.topicID))
  }

  static func decide(
    _ request: Callout_V1_TopicModerateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TopicModerateReply> {
    Decision { () throws(Refused) in
      let id = try TopicID(field: "topic_id", request.topicID)
      let action = try Moderation.Action(field: "action", request.action)
      let topic = try ModerateTopic.decide(id, action, reason: request.reason, &state, &context).get()
      return .with { $0.topic = Callout_V1_Topic(topic) }
    }
  }
}

/// `reply.post`
enum ReplyPost: WriteOperation {
  static let method = Method.replyPost

  static func needs(
    _ request: Callout_V1_ReplyPostRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.topics, try TopicID(field: "topic_id", request.topicID))
  }

  static func decide(
    _ request: Callout_V1_ReplyPostRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ReplyPostReply> {
    Decision { () throws(Refused) in
      let post = PostReply.Request(
        topicID: try TopicID(field: "topic_id", request.topicID), text: request.text, author: request.author)
      let posted = try PostReply.decide(post, &state, &context).get()
      return .with {
        $0.reply = Callout_V1_TopicReply(posted.reply)
        $0.topic = Callout_V1_Topic(posted.topic, withText: false)
      }
    }
  }
}

/// `reply.moderate`
enum ReplyModerate: WriteOperation {
  static let method = Method.replyModerate

  static func needs(
    _ request: Callout_V1_ReplyModerateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try TopicReplyID(field: "reply_id", request.replyID)
    needs.row(Tables.replies, id)
    if let reply = state.replies[id] { needs.row(Tables.topics, reply.topicID) }
  }

  static func decide(
    _ request: Callout_V1_ReplyModerateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ReplyModerateReply> {
    Decision { () throws(Refused) in
      let id = try TopicReplyID(field: "reply_id", request.replyID)
      let action = try Moderation.Action(field: "action", request.action)
      let reply = try ModerateReply.decide(id, action, reason: request.reason, &state, &context).get()
      return .with { $0.reply = Callout_V1_TopicReply(reply) }
    }
  }
}
