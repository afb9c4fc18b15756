import Policy
import Testing

@testable import IntakeRules

@Suite("The knowledge base")
struct ArticleRulesTests {
  private static func article(
    _ kind: Article.Kind = .resolution, title: String = "Mail does not open", tags: [String] = ["mail"],
    body: String = "Restart the server."
  ) -> CreateArticle.Request {
    CreateArticle.Request(kind: kind, language: .english, title: title, tags: tags, body: body)
  }

  private static func words(_ count: Int) -> [String] { (0..<count).map { "tag\($0)" } }

  @Test(
    "P4: an article has a title of 1 to 200 bytes, at most 20 different words as tags, and a body of 1 byte to 64 KiB",
    arguments: [
      (article(), nil), (article(title: String(repeating: "x", count: 200)), nil),
      (article(title: String(repeating: "x", count: 201)), "title"), (article(title: ""), "title"),
      (article(title: "two\nlines"), "title"), (article(tags: []), nil), (article(tags: words(20)), nil),
      (article(tags: words(21)), "tags"), (article(tags: ["a", "a"]), "tags"), (article(tags: ["two words"]), "tags"),
      (article(tags: [""]), "tags"), (article(tags: [String(repeating: "x", count: 64)]), nil),
      (article(tags: [String(repeating: "x", count: 65)]), "tags"), (article(body: ""), "body"),
      (article(body: String(repeating: "x", count: 65_536)), nil),
      (article(body: String(repeating: "x", count: 65_537)), "body"),
    ] as [(CreateArticle.Request, String?)])
  func bounds(request: CreateArticle.Request, field: String?) throws {
    var desk = try Desk()
    let refusal = desk.refusal { CreateArticle.decide(request, &$0, &$1) }
    #expect(refusal?.reason == field.map { .invalid(field: $0) })
  }

  @Test("P4: an article is a draft until it is published, and no part of it asks for an agreement")
  func draft() throws {
    var desk = try Desk()
    desk.state.accounts.update(desk.account) { $0.agreement = nil }
    let draft = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }
    #expect(draft.article.state == .draft && draft.article.publishedEdition == nil && draft.edition.key.edition == 1)
    let id = draft.article.id
    let published = try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }.article
    #expect(published.state == .published && published.publishedEdition == 1 && published.publishedAt == desk.now)
    let kinds = desk.state.common.changes.elements.suffix(2).map(\.kind)
    #expect(kinds == ["article.created", "article.published"])
    // What a draft is about is not for the portals that watch.
    #expect(!desk.state.common.changes.elements[desk.state.common.changes.elements.count - 2].text.contains("Mail"))
  }

  @Test("P4: each edit is a new edition, the old ones stay, and what is published stays until the new one is")
  func editions() throws {
    var desk = try Desk()
    let id = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }.article.id
    try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }
    let edit = EditArticle.Request(articleID: id, readEdition: 1, body: "Replace the disk.", note: "It came back.")
    let edited = try desk.run { EditArticle.decide(edit, &$0, &$1) }
    #expect(edited.edition.key.edition == 2 && edited.edition.title == "Mail does not open")
    #expect(edited.edition.tags == ["mail"] && edited.edition.note == "It came back.")
    #expect(edited.article.latestEdition == 2 && edited.article.publishedEdition == 1)
    #expect(desk.state.editions[.init(articleID: id, edition: 1)]?.body == "Restart the server.")
    // Somebody who has read the first edition does not overwrite the second.
    #expect(desk.refusal { EditArticle.decide(edit, &$0, &$1) }?.reason == .conflict(state: "edition 2"))
    let same = EditArticle.Request(articleID: id, body: "Replace the disk.", note: "Nothing changes.")
    #expect(desk.refusal { EditArticle.decide(same, &$0, &$1) }?.reason == .invalid(field: "title"))
    let untagged = try desk.run { EditArticle.decide(.init(articleID: id, tags: []), &$0, &$1) }
    #expect(untagged.edition.tags.isEmpty && untagged.edition.body == "Replace the disk.")
    #expect(try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }.article.publishedEdition == 3)
    #expect(
      try desk.run { PublishArticle.decide(.init(articleID: id, edition: 2), &$0, &$1) }.article.publishedEdition == 2)
    let none = desk.refusal { PublishArticle.decide(.init(articleID: id, edition: 4), &$0, &$1) }
    #expect(none?.reason == .notFound("edition"))
  }

  @Test("P4: an article has at most 1,000 editions", arguments: [(999, true), (1000, false)] as [(Int64, Bool)])
  func editionLimit(latest: Int64, isTaken: Bool) throws {
    var desk = try Desk()
    let first = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }
    desk.state.articles.update(first.article.id) { $0.latestEdition = latest }
    desk.state.editions.insert(
      ArticleEdition(
        key: .init(articleID: first.article.id, edition: latest), language: .english, title: "Mail", tags: [],
        body: "Text", author: "desk/anna", note: "", writtenAt: desk.now))
    let refusal = desk.refusal { EditArticle.decide(.init(articleID: first.article.id, title: "New"), &$0, &$1) }
    #expect(refusal?.reason == (isTaken ? nil : .limit("editions")))
  }

  @Test("P4: publishing or retiring again changes nothing, and a retired article is published again")
  func retire() throws {
    var desk = try Desk()
    let id = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }.article.id
    let first = try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }
    #expect(try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) } == first)
    desk.at("2026-03-03T10:00:00")
    let retired = try desk.run { RetireArticle.decide(id, &$0, &$1) }.article
    #expect(retired.state == .retired && retired.retiredAt == desk.now && retired.publishedEdition == 1)
    let count = desk.state.common.changes.elements.count
    #expect(try desk.run { RetireArticle.decide(id, &$0, &$1) }.article == retired)
    #expect(desk.state.common.changes.elements.count == count)
    let again = try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }.article
    #expect(again.state == .published && again.retiredAt == nil && again.publishedAt == desk.now)
    let nobody = ArticleID(high: 9, low: 9)
    #expect(desk.refusal { RetireArticle.decide(nobody, &$0, &$1) }?.reason == .notFound("article"))
  }

  @Test("P4: a published resolution is linked from a ticket that is resolved or closed, once")
  func link() throws {
    var desk = try Desk()
    let ticket = try desk.open()
    let id = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }.article.id
    func refusal(_ article: ArticleID) -> Refused.Reason? {
      desk.refusal { LinkArticle.decide(article, resolved: ticket.id, &$0, &$1) }?.reason
    }
    #expect(refusal(id) == .conflict(state: "draft resolution"))
    try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }
    #expect(refusal(id) == .conflict(state: "open"))
    _ = try desk.resolve(ticket.id)
    let procedure = try desk.run { CreateArticle.decide(Self.article(.procedure), &$0, &$1) }.article.id
    try desk.run { PublishArticle.decide(.init(articleID: procedure), &$0, &$1) }
    #expect(refusal(procedure) == .conflict(state: "published procedure"))
    #expect(refusal(id) == nil)
    let told = try #require(desk.state.common.changes.elements.last)
    #expect(told.kind == "article.linked" && told.subject == ticket.id.as())
    let count = desk.state.common.changes.elements.count
    _ = try desk.close(ticket.id)
    #expect(refusal(id) == nil)
    #expect(desk.state.links.count == 1)
    #expect(desk.state.common.changes.elements.dropFirst(count).map(\.kind) == ["ticket.closed"])
  }

  @Test("P4: a ticket has at most 20 articles that resolved it", arguments: [(19, true), (20, false)])
  func linkLimit(count: Int, isTaken: Bool) throws {
    var desk = try Desk()
    let ticket = try desk.open()
    _ = try desk.resolve(ticket.id)
    for number in 0..<count {
      let key = ArticleLink.Key(ticketID: ticket.id, articleID: ArticleID(high: 5, low: UInt64(number)))
      desk.state.links.insert(ArticleLink(key: key, linkedBy: "desk/anna", linkedAt: desk.now))
    }
    let id = try desk.run { CreateArticle.decide(Self.article(), &$0, &$1) }.article.id
    try desk.run { PublishArticle.decide(.init(articleID: id), &$0, &$1) }
    let refusal = desk.refusal { LinkArticle.decide(id, resolved: ticket.id, &$0, &$1) }
    #expect(refusal?.reason == (isTaken ? nil : .limit("articles")))
  }
}
