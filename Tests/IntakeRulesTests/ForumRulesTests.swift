import Policy
import Testing

@testable import IntakeRules

@Suite("The forum")
struct ForumRulesTests {
  private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test(
    "P4: a topic has a title of 1 to 200 bytes, a text of 1 byte to 16 KiB, and a name of at most 200 bytes",
    arguments: [
      (.init(title: text(200), text: text(16_384), author: text(200)), nil),
      (.init(title: text(201), text: "a"), "title"), (.init(title: " ", text: "a"), "title"),
      (.init(title: "a", text: ""), "text"), (.init(title: "a", text: text(16_385)), "text"),
      (.init(title: "a", text: "a", author: text(201)), "author"),
      (.init(title: "a", text: "a", author: "two\nlines"), "author"),
    ] as [(OpenTopic.Request, String?)])
  func bounds(request: OpenTopic.Request, field: String?) throws {
    var desk = try Desk()
    desk.role = .portal
    let refusal = desk.refusal { OpenTopic.decide(request, &$0, &$1) }
    #expect(refusal?.reason == field.map { .invalid(field: $0) })
  }

  @Test("P4: a portal opens a topic and replies under its users' names, with no agreement")
  func portal() throws {
    var desk = try Desk()
    desk.state.accounts.update(desk.account) { $0.agreement = nil }
    desk.role = .portal
    let topic = try desk.run { OpenTopic.decide(.init(title: "Backups", text: "How?", author: "Aisha"), &$0, &$1) }
    #expect(topic.author == "Aisha" && topic.postedBy == "portal/anna" && !topic.isHidden && !topic.isClosed)
    let posted = try desk.run { PostReply.decide(.init(topicID: topic.id, text: "Nightly."), &$0, &$1) }
    #expect(posted.reply.author == "anna" && posted.topic.replyCount == 1 && posted.topic.repliedAt == desk.now)
    let told = desk.state.common.changes.elements.suffix(2)
    #expect(told.map(\.kind) == ["topic.opened", "reply.posted"])
    #expect(told.allSatisfy { $0.subject == topic.id.as() } && told.map(\.version) == [1, 2])
    let empty = desk.refusal { PostReply.decide(.init(topicID: topic.id, text: ""), &$0, &$1) }
    #expect(empty?.reason == .invalid(field: "text"))
  }

  @Test("P4: a topic has at most 1,000 replies", arguments: [(999, true), (1000, false)] as [(Int64, Bool)])
  func replyLimit(count: Int64, isTaken: Bool) throws {
    var desk = try Desk()
    let topic = try desk.run { OpenTopic.decide(.init(title: "a", text: "a"), &$0, &$1) }
    desk.state.topics.update(topic.id) { $0.replyCount = count }
    let refusal = desk.refusal { PostReply.decide(.init(topicID: topic.id, text: "a"), &$0, &$1) }
    #expect(refusal?.reason == (isTaken ? nil : .limit("replies")))
  }

  @Test(
    "P4: the desk hides, restores, closes and reopens a topic, each once, and keeps who, when and why",
    arguments: [
      ([.hide], nil), ([.restore], "shown"), ([.hide, .hide], "hidden"), ([.hide, .restore], nil),
      ([.hide, .restore, .restore], "shown"), ([.close], nil), ([.reopen], "open"), ([.close, .close], "closed"),
      ([.close, .reopen], nil), ([.close, .hide, .reopen, .restore], nil),
    ] as [([Moderation.Action], String?)])
  func topic(actions: [Moderation.Action], conflict: String?) throws {
    var desk = try Desk()
    let topic = try desk.run { OpenTopic.decide(.init(title: "a", text: "a"), &$0, &$1) }
    for action in actions.dropLast() {
      try desk.run { ModerateTopic.decide(topic.id, action, reason: "Why", &$0, &$1) }
    }
    let last = try #require(actions.last)
    let refusal = desk.refusal { ModerateTopic.decide(topic.id, last, reason: "Why", &$0, &$1) }
    #expect(refusal?.reason == conflict.map { .conflict(state: $0) })
    let kept = desk.state.moderations.elements
    #expect(kept.map(\.action) == (conflict == nil ? actions : actions.dropLast()))
    #expect(kept.allSatisfy { $0.reason == "Why" && $0.moderator == "desk/anna" && $0.at == desk.now })
    let present = try #require(desk.state.topics[topic.id])
    #expect(present.isHidden == (kept.last { $0.action == .hide || $0.action == .restore }?.action == .hide))
    #expect(present.isClosed == (kept.last { $0.action == .close || $0.action == .reopen }?.action == .close))
    #expect(present.version == Int64(1 + kept.count))
  }

  @Test("P4: moderation has a reason of 1 to 1,000 bytes")
  func reason() throws {
    var desk = try Desk()
    let topic = try desk.run { OpenTopic.decide(.init(title: "a", text: "a"), &$0, &$1) }
    func refusal(_ reason: String) -> Refused.Reason? {
      desk.refusal { ModerateTopic.decide(topic.id, .hide, reason: reason, &$0, &$1) }?.reason
    }
    #expect(refusal("") == .needsReason)
    #expect(refusal(Self.text(1001)) == .invalid(field: "reason"))
    #expect(refusal(Self.text(1000)) == nil)
  }

  @Test("P4: the desk hides and restores a reply; only a topic is closed")
  func reply() throws {
    var desk = try Desk()
    let topic = try desk.run { OpenTopic.decide(.init(title: "a", text: "a"), &$0, &$1) }
    let id = try desk.run { PostReply.decide(.init(topicID: topic.id, text: "a"), &$0, &$1) }.reply.id
    func refusal(_ action: Moderation.Action, _ reason: String = "Why") -> Refused.Reason? {
      desk.refusal { ModerateReply.decide(id, action, reason: reason, &$0, &$1) }?.reason
    }
    #expect(refusal(.restore) == .conflict(state: "shown"))
    #expect(refusal(.hide, "") == .needsReason)
    #expect(refusal(.hide) == nil)
    #expect(desk.state.replies[id]?.isHidden == true)
    #expect(refusal(.hide) == .conflict(state: "hidden"))
    #expect(refusal(.close) == .invalid(field: "action"))
    #expect(refusal(.reopen) == .invalid(field: "action"))
    #expect(refusal(.restore) == nil)
    #expect(desk.state.replies[id]?.isHidden == false)
    #expect(desk.state.moderations.elements.map(\.replyID) == [id, id])
    let nobody = TopicReplyID(high: 9, low: 9)
    #expect(
      desk.refusal { ModerateReply.decide(nobody, .hide, reason: "Why", &$0, &$1) }?.reason == .notFound("reply"))
  }

  @Test("P4: a closed topic takes no replies, and a portal does not find a hidden one")
  func closed() throws {
    var desk = try Desk()
    let topic = try desk.run { OpenTopic.decide(.init(title: "a", text: "a"), &$0, &$1) }
    func refusal() -> Refused.Reason? {
      desk.refusal { PostReply.decide(.init(topicID: topic.id, text: "a"), &$0, &$1) }?.reason
    }
    try desk.run { ModerateTopic.decide(topic.id, .close, reason: "Settled", &$0, &$1) }
    #expect(refusal() == .conflict(state: "closed"))
    try desk.run { ModerateTopic.decide(topic.id, .reopen, reason: "It came back", &$0, &$1) }
    #expect(refusal() == nil)
    try desk.run { ModerateTopic.decide(topic.id, .hide, reason: "Spam", &$0, &$1) }
    #expect(refusal() == nil)
    desk.role = .portal
    #expect(refusal() == .notFound("topic"))
  }
}
