import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("The callout command and the knowledge base")
struct KnowledgeCommandTests {
  @Test("P4: a search shows rank, title and excerpt of each article, and how to go on")
  func search() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_ArticleSearchReply.with {
          $0.hits = [
            .with {
              $0.article.title = "Mail does not open"
              $0.article.kind = "resolution"
              $0.excerpt = "the ⟦backups⟧ were\nrestored"
              $0.rank = 607_927
            }
          ]
          $0.next = .init([0xab])
        })
    }
    let outcome = await callout(
      ["article", "search", "--query", "backups", "--language", "english", "--limit", "1"],
      config: try Folder().contexts(["desk"]), service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    let lines = outcome.out.split(separator: "\n").map(String.init)
    try #require(lines.count == 2)
    #expect(lines[0].hasPrefix("  RANK  TITLE               KIND        EXCERPT"))
    #expect(lines[1].hasPrefix("607927  Mail does not open  resolution  the ⟦backups⟧ were restored"))
    #expect(outcome.err == "There is more: --after ab\n")
    let body = try Payload.decode(
      Callout_V1_ArticleSearchRequest.self, from: try #require(service.requests.first).body)
    #expect(body.query == "backups" && body.language == "english" && body.page.size == 1)
  }

  @Test("P4: an edit sends what is given and nothing else, and a moderation its reason")
  func edit() async throws {
    let config = try Folder().contexts(["desk"])
    let service = FakeService { request, _ in
      request.method == .articleEdit ? reply(Callout_V1_ArticleEditReply()) : reply(Callout_V1_TopicModerateReply())
    }
    let edited = await callout(
      ["article", "edit", tenantText, "--edition", "2", "--body", "Restart it.", "--tag", "mail", "--tag", "disk"],
      config: config, service: service)
    #expect(edited.status == 0, "\(edited.err)")
    let moderated = await callout(
      ["topic", "moderate", "--topic", tenantText, "--action", "hide", "--reason", "Advertising"],
      config: config, service: service)
    #expect(moderated.status == 0, "\(moderated.err)")
    try #require(service.requests.count == 2)
    let edit = try Payload.decode(Callout_V1_ArticleEditRequest.self, from: service.requests[0].body)
    #expect(edit.articleID.count == 16 && edit.edition == 2 && edit.body == "Restart it.")
    #expect(edit.tags == ["mail", "disk"] && !edit.hasTitle && !edit.untag)
    let moderation = try Payload.decode(Callout_V1_TopicModerateRequest.self, from: service.requests[1].body)
    #expect(moderation.action == "hide" && moderation.reason == "Advertising")
  }
}
