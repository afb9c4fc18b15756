import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

@Suite("Knowledge on PostgreSQL")
struct KnowledgeTests {
  private typealias Desk = IntakeTests.Desk

  private func withDesk(_ body: (Desk) async throws -> Void) async throws {
    try await IntakeTests().withDesk(body)
  }

  private func number(_ body: () async throws(CommandRefused) -> Void) async -> UInt32? {
    await IntakeTests().refusal(body)?.number
  }

  @Test("P4: who has no agreement is refused a ticket, and still reads, asks and learns")
  func lapsed() async throws {
    try await withDesk { desk in
      let shown = try await desk.publish("Mail does not open", body: "Restart the server.")
      let account = try await desk.service.ask(
        .accountCreate, as: desk.peer(.admin),
        .with {
          $0.name = "Lapsed"
          $0.region = "SG"
        }
      ).account.id
      let contact = try await desk.service.ask(
        .contactAppoint, as: desk.peer(.admin),
        .with {
          $0.accountID = account
          $0.name = "Aisha"
        }
      ).contact.id
      let refused = await number { () async throws(CommandRefused) in
        _ = try await desk.open(
          .with {
            $0.accountID = account
            $0.contactID = contact
            $0.subject = "Help"
            $0.text = "Help"
            $0.channel = "telephone"
          })
      }
      #expect(refused == 504)
      let portal = desk.peer(.portal, "web")
      let found = try await desk.service.ask(.articleSearch, as: portal, .with { $0.query = "servers" })
      #expect(found.hits.map(\.article.id) == [shown.id])
      let read = try await desk.service.ask(.articleGet, as: portal, .with { $0.articleID = shown.id }).article
      #expect(read.body == "Restart the server." && read.state == "published")
      let topic = try await desk.service.ask(
        .topicOpen, as: portal,
        .with {
          $0.title = "Backups"
          $0.text = "How often?"
          $0.author = "Aisha"
        }
      ).topic
      #expect(topic.author == "Aisha" && topic.postedBy == "portal/web")
      let made = try await desk.course(["First", "Second"])
      let course = made.course
      let lessons = made.lessons
      _ = try await desk.service.ask(
        .courseEnrol, as: portal,
        .with {
          $0.courseID = course
          $0.contactID = contact
        })
      let done = try await desk.service.ask(
        .lessonComplete, as: portal,
        .with {
          $0.lessonID = lessons[0]
          $0.contactID = contact
        }
      ).enrolment
      #expect(done.done == 1 && done.lessons == 2 && done.completedMs == 0 && done.contactID == contact)
    }
  }

  @Test("P4: every edition stays readable to the desk; a portal reads the published one alone")
  func editions() async throws {
    try await withDesk { desk in
      let first = try await desk.publish("Mail does not open", body: "Restart the server.")
      let edited = try await desk.service.ask(
        .articleEdit, as: desk.peer(.desk),
        .with {
          $0.articleID = first.id
          $0.edition = 1
          $0.body = "Replace the disk."
          $0.note = "It came back."
        }
      ).article
      #expect(edited.edition == 2 && edited.publishedEdition == 1 && edited.tags == ["mail"])
      func read(_ peer: PeerIdentity, _ edition: UInt64) async throws(CommandRefused) -> Callout_V1_Article {
        try await desk.service.ask(
          .articleGet, as: peer,
          .with {
            $0.articleID = first.id
            $0.edition = edition
          }
        ).article
      }
      let (people, portal) = (desk.peer(.desk), desk.peer(.portal))
      #expect(try await read(people, 0).body == "Replace the disk.")
      #expect(try await read(people, 1).body == "Restart the server.")
      let seen = try await read(portal, 0)
      #expect(seen.body == "Restart the server." && seen.latestEdition == 1)
      #expect(await number { () async throws(CommandRefused) in _ = try await read(portal, 2) } == 501)
      #expect(await number { () async throws(CommandRefused) in _ = try await read(people, 3) } == 501)
      let history = try await desk.service.ask(.articleHistory, as: people, .with { $0.articleID = first.id })
      #expect(history.editions.map(\.edition) == [2, 1] && history.editions.map(\.note) == ["It came back.", ""])
      #expect(history.editions.allSatisfy { $0.body.isEmpty })
      let page = try await desk.service.ask(
        .articleHistory, as: people,
        .with {
          $0.articleID = first.id
          $0.page.size = 1
        })
      let rest = try await desk.service.ask(
        .articleHistory, as: people,
        .with {
          $0.articleID = first.id
          $0.page.after = page.next
        })
      #expect(page.editions.map(\.edition) == [2] && rest.editions.map(\.edition) == [1] && rest.next.isEmpty)
      _ = try await desk.service.ask(.articlePublish, as: people, .with { $0.articleID = first.id })
      #expect(try await read(portal, 0).body == "Replace the disk.")
      #expect(try await read(portal, 0).note.isEmpty)
      #expect(await number { () async throws(CommandRefused) in _ = try await read(portal, 1) } == 501)
      _ = try await desk.service.ask(.articleRetire, as: people, .with { $0.articleID = first.id })
      #expect(await number { () async throws(CommandRefused) in _ = try await read(portal, 0) } == 501)
      #expect(try await read(people, 1).state == "retired")
    }
  }

  @Test("P4: a resolution is linked from the tickets that it resolved, and shown with them")
  func links() async throws {
    try await withDesk { desk in
      let article = try await desk.publish("Mail does not open", body: "Restart the server.")
      let other = try await desk.publish("Printer", body: "Paper.", kind: "procedure")
      let ticket = try await desk.open()
      func link(_ id: Data) async throws(CommandRefused) {
        _ = try await desk.service.ask(
          .articleLink, as: desk.peer(.desk),
          .with {
            $0.articleID = id
            $0.ticketID = ticket.id
          })
      }
      #expect(await number { () async throws(CommandRefused) in try await link(article.id) } == 503)
      _ = try await desk.service.ask(
        .ticketResolve, as: desk.peer(.desk),
        .with {
          $0.ticketID = ticket.id
          $0.resolution = "fixed"
        })
      #expect(await number { () async throws(CommandRefused) in try await link(other.id) } == 503)
      for _ in 0..<2 { try await link(article.id) }
      func shown(_ role: TenantRole) async throws -> [Data] {
        try await desk.service.ask(.ticketGet, as: desk.peer(role), .with { $0.ticketID = ticket.id })
          .articles.map(\.id)
      }
      #expect(try await shown(.portal) == [article.id])
      let listed = try await desk.service.ask(.articleList, as: desk.peer(.portal), .with { $0.ticketID = ticket.id })
      #expect(listed.articles.map(\.id) == [article.id] && listed.articles[0].body.isEmpty)
      _ = try await desk.service.ask(.articleRetire, as: desk.peer(.desk), .with { $0.articleID = article.id })
      #expect(try await shown(.desk) == [article.id])
      #expect(try await shown(.portal).isEmpty)
    }
  }

  @Test("P4: lists are paged, newest first; a portal is shown published articles only")
  func list() async throws {
    try await withDesk { desk in
      var ids: [Data] = []
      for number in 0..<3 { ids.append(try await desk.publish("Article \(number)", body: "Text.").id) }
      let draft = try await desk.draft("Draft", body: "Text.", kind: "change-log").id
      func list(
        _ role: TenantRole, kind: String = "", state: String = "", size: UInt32 = 0, after: Data = Data()
      ) async throws(CommandRefused) -> Callout_V1_ArticleListReply {
        try await desk.service.ask(
          .articleList, as: desk.peer(role),
          .with {
            $0.kind = kind
            $0.state = state
            $0.page.size = size
            $0.page.after = after
          })
      }
      #expect(try await list(.desk).articles.map(\.id) == [draft] + ids.reversed())
      #expect(try await list(.portal).articles.map(\.id) == ids.reversed())
      #expect(try await list(.desk, kind: "change-log").articles.map(\.id) == [draft])
      #expect(try await list(.portal, state: "draft").articles.isEmpty)
      let page = try await list(.portal, size: 2)
      #expect(page.articles.map(\.title) == ["Article 2", "Article 1"])
      #expect(try await list(.portal, size: 2, after: page.next).articles.map(\.id) == [ids[0]])
      #expect(await number { () async throws(CommandRefused) in _ = try await list(.desk, kind: "essay") } == 121)
      #expect(
        await number { () async throws(CommandRefused) in
          _ = try await desk.service.ask(.articleHistory, as: desk.peer(.portal), .with { $0.articleID = draft })
        } == 203)
    }
  }

  @Test("P4: the forum shows portals what the desk has not hidden, and keeps who moderated it, when and why")
  func forum() async throws {
    try await withDesk { desk in
      let (people, portal) = (desk.peer(.desk), desk.peer(.portal, "web"))
      let topic = try await desk.service.ask(
        .topicOpen, as: portal,
        .with {
          $0.title = "Backups"
          $0.text = "How often?"
        }
      ).topic.id
      func post(_ text: String, _ peer: PeerIdentity) async throws(CommandRefused) -> Data {
        try await desk.service.ask(
          .replyPost, as: peer,
          .with {
            $0.topicID = topic
            $0.text = text
          }
        ).reply.id
      }
      func replies(_ peer: PeerIdentity) async throws(CommandRefused) -> [Callout_V1_TopicReply] {
        try await desk.service.ask(.replyList, as: peer, .with { $0.topicID = topic }).replies
      }
      func moderate(_ action: String, _ reason: String) async throws(CommandRefused) {
        _ = try await desk.service.ask(
          .topicModerate, as: people,
          .with {
            $0.topicID = topic
            $0.action = action
            $0.reason = reason
          })
      }
      let first = try await post("Nightly.", portal)
      let second = try await post("Buy my pills.", portal)
      _ = try await desk.service.ask(
        .replyModerate, as: people,
        .with {
          $0.replyID = second
          $0.action = "hide"
          $0.reason = "Advertising"
        })
      #expect(try await replies(portal).map(\.id) == [first])
      #expect(try await replies(people).map(\.hidden) == [false, true])
      try await moderate("close", "Settled")
      #expect(await number { () async throws(CommandRefused) in _ = try await post("More.", portal) } == 503)
      try await moderate("hide", "Wrong place")
      #expect(await number { () async throws(CommandRefused) in _ = try await replies(portal) } == 501)
      #expect(try await desk.service.ask(.topicList, as: portal, .init()).topics.isEmpty)
      let seen = try await desk.service.ask(.topicGet, as: people, .with { $0.topicID = topic }).topic
      #expect(seen.hidden && seen.closed && seen.replies == 2 && seen.text == "How often?")
      let log = try await desk.service.ask(.moderationList, as: people, .with { $0.topicID = topic }).moderations
      #expect(log.map(\.action) == ["hide", "close", "hide"])
      #expect(log.map(\.reason) == ["Wrong place", "Settled", "Advertising"])
      #expect(log.map(\.replyID) == [Data(), Data(), second])
      #expect(log.allSatisfy { $0.moderator == "desk/anna" && $0.atMs == IntakeTests.morning.milliseconds })
      #expect(
        await number { () async throws(CommandRefused) in
          _ = try await desk.service.ask(
            .topicModerate, as: portal,
            .with {
              $0.topicID = topic
              $0.action = "restore"
              $0.reason = "Mine"
            })
        } == 203)
    }
  }

  @Test("P4: a course's lessons stand in their order, and each learner's progress is shown")
  func courses() async throws {
    try await withDesk { desk in
      let (people, portal) = (desk.peer(.desk), desk.peer(.portal, "web"))
      let made = try await desk.course(["First", "Second"])
      let course = made.course
      let lessons = made.lessons
      _ = try await desk.service.ask(
        .lessonUpdate, as: people,
        .with {
          $0.lessonID = lessons[1]
          $0.place = 1
        })
      let read = try await desk.service.ask(.courseGet, as: portal, .with { $0.courseID = course })
      #expect(read.lessons.map(\.title) == ["Second", "First"] && read.lessons.allSatisfy { $0.text.isEmpty })
      let lesson = try await desk.service.ask(.lessonGet, as: portal, .with { $0.lessonID = lessons[0] }).lesson
      #expect(lesson.text == "Read First.")
      let key = Array("one lesson, once".utf8)
      for _ in 0..<2 {
        let done = try await desk.service.ask(
          .lessonComplete, as: portal, key: key,
          .with {
            $0.lessonID = lessons[0]
            $0.learner = "Aisha"
          }
        ).enrolment
        #expect(done.done == 1 && done.learner == "Aisha")
      }
      _ = try await desk.service.ask(
        .courseEnrol, as: portal,
        .with {
          $0.courseID = course
          $0.contactID = desk.contacts[0]
        })
      let all = try await desk.service.ask(
        .enrolmentList, as: people,
        .with {
          $0.courseID = course
          $0.page.size = 1
        })
      #expect(all.enrolments.map(\.learner) == ["Aisha"] && all.enrolments[0].lessonIds == [lessons[0]])
      let rest = try await desk.service.ask(
        .enrolmentList, as: people,
        .with {
          $0.courseID = course
          $0.page.after = all.next
        })
      #expect(rest.enrolments.map(\.contactID) == [desk.contacts[0]] && rest.next.isEmpty)
      let one = try await desk.service.ask(
        .enrolmentList, as: portal,
        .with {
          $0.courseID = course
          $0.contactID = desk.contacts[0]
        })
      #expect(one.enrolments.map(\.done) == [0])
      _ = try await desk.service.ask(.courseRetire, as: people, .with { $0.courseID = course })
      #expect(try await desk.service.ask(.courseList, as: portal, .init()).courses.isEmpty)
      #expect(try await desk.service.ask(.courseList, as: people, .init()).courses.map(\.state) == ["retired"])
      #expect(
        await number { () async throws(CommandRefused) in
          _ = try await desk.service.ask(.lessonGet, as: portal, .with { $0.lessonID = lessons[0] })
        } == 501)
    }
  }

  @Test("P4: another tenant finds nothing, reads nothing and changes nothing")
  func tenants() async throws {
    try await withDesk { desk in
      let article = try await desk.publish("Mail does not open", body: "Restart the server.")
      let made = try await desk.course(["First"])
      let course = made.course
      let lessons = made.lessons
      let topic = try await desk.service.ask(
        .topicOpen, as: desk.peer(.portal),
        .with {
          $0.title = "Backups"
          $0.text = "How often?"
        }
      ).topic.id
      let stranger = try await Desk(desk.service, hotline: "+65 3105 0143")
      let peer = stranger.peer(.admin)
      #expect(try await desk.service.ask(.articleSearch, as: peer, .with { $0.query = "server" }).hits.isEmpty)
      #expect(try await desk.service.ask(.articleList, as: peer, .init()).articles.isEmpty)
      #expect(try await desk.service.ask(.topicList, as: peer, .init()).topics.isEmpty)
      #expect(try await desk.service.ask(.courseList, as: peer, .init()).courses.isEmpty)
      func isUnknown<Request: Message, Reply: Message>(
        _ operation: Wire.Operation<Request, Reply>, _ request: Request
      ) async -> Bool {
        await number { () async throws(CommandRefused) in
          _ = try await desk.service.ask(operation, as: peer, request)
        } == 501
      }
      #expect(await isUnknown(.articleGet, .with { $0.articleID = article.id }))
      #expect(await isUnknown(.articleRetire, .with { $0.articleID = article.id }))
      #expect(await isUnknown(.articleHistory, .with { $0.articleID = article.id }))
      #expect(await isUnknown(.replyList, .with { $0.topicID = topic }))
      #expect(
        await isUnknown(
          .replyPost,
          .with {
            $0.topicID = topic
            $0.text = "Hello"
          }))
      #expect(await isUnknown(.courseGet, .with { $0.courseID = course }))
      #expect(await isUnknown(.lessonGet, .with { $0.lessonID = lessons[0] }))
      #expect(await isUnknown(.enrolmentList, .with { $0.courseID = course }))
    }
  }
}
