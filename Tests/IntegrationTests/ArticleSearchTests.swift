import Foundation
import IntakeRules
import Policy
import Postgres
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

@Suite("Searching the knowledge base on PostgreSQL")
struct ArticleSearchTests {
  private typealias Desk = IntakeTests.Desk

  private func search(
    _ desk: Desk, _ query: String, language: String = "", kind: String = "", size: UInt32 = 0, after: Data = Data()
  ) async throws(CommandRefused) -> Callout_V1_ArticleSearchReply {
    try await desk.service.ask(
      .articleSearch, as: desk.peer(.portal),
      .with {
        $0.query = query
        $0.language = language
        $0.kind = kind
        $0.page.size = size
        $0.page.after = after
      })
  }

  @Test("P4: the title counts more than a tag, a tag more than the text, and the excerpt shows where it matches")
  func ranking() async throws {
    try await IntakeTests().withDesk { desk in
      let filler = String(repeating: "Nothing of interest stands here. ", count: 40)
      let body = try await desk.publish("Mail", body: filler + "Then the backups were restored. " + filler, tags: [])
      let tag = try await desk.publish("Disks", body: "How a disk is replaced.", tags: ["backup"])
      let title = try await desk.publish("Backups at night", body: "Every night at two.", tags: [])
      _ = try await desk.publish("Printers", body: "How paper is changed.", tags: [])
      let found = try await search(desk, "backup")
      #expect(found.hits.map(\.article.id) == [title.id, tag.id, body.id])
      #expect(found.hits.map(\.rank) == found.hits.map(\.rank).sorted(by: >))
      #expect(found.hits.allSatisfy { $0.rank > 0 && $0.rank <= 1_000_000 && $0.article.body.isEmpty })
      #expect(found.hits[2].excerpt.contains("the ⟦backups⟧ were restored"))
      #expect(found.hits[2].excerpt.count < 400)
      // Page by page, it is the same result.
      var paged: [Data] = []
      var after = Data()
      repeat {
        let page = try await search(desk, "backup", size: 1, after: after)
        paged += page.hits.map(\.article.id)
        after = page.next
      } while !after.isEmpty && paged.count < 10
      #expect(paged == found.hits.map(\.article.id))
    }
  }

  @Test("P4: words are found in their forms, each article by its own language; quotes, or and - are understood")
  func languages() async throws {
    try await IntakeTests().withDesk { desk in
      let english = try await desk.publish("Running the probes", body: "They run as a service.", tags: []).id
      let portuguese = try await desk.publish(
        "Executando as sondas", body: "Os servidores reiniciam sozinhos.", language: "portuguese", tags: []
      ).id
      let simple = try await desk.publish("Probe", body: "running servidor", language: "simple", tags: []).id
      func found(_ query: String, _ language: String = "") async throws(CommandRefused) -> Set<Data> {
        Set(try await search(desk, query, language: language).hits.map(\.article.id))
      }
      #expect(try await found("run") == [english])
      #expect(try await found("running") == [english, simple])
      #expect(try await found("servidor") == [portuguese, simple])
      #expect(try await found("servidor", "portuguese") == [portuguese])
      #expect(try await found("servidor", "finnish").isEmpty)
      #expect(try await found("probe -service") == [simple])
      #expect(try await found("\"run as a service\"") == [english])
      #expect(try await found("\"service run\"").isEmpty)
      #expect(try await found("sondas or probe") == [english, portuguese, simple])
      #expect(try await found("the").isEmpty)
      #expect(try await found("' ) ; drop table & | ! <->").isEmpty)
    }
  }

  @Test("P4: a search finds what is published and in the kind asked for, and nothing else")
  func published() async throws {
    try await IntakeTests().withDesk { desk in
      let article = try await desk.publish("Mail", body: "Restart it.", kind: "procedure", tags: [])
      _ = try await desk.draft("Mail", body: "A draft.", tags: [])
      let retired = try await desk.publish("Mail", body: "Old.", tags: [])
      _ = try await desk.service.ask(.articleRetire, as: desk.peer(.desk), .with { $0.articleID = retired.id })
      // A further edition is not found by its words before it is published, and the old one not after.
      _ = try await desk.service.ask(
        .articleEdit, as: desk.peer(.desk),
        .with {
          $0.articleID = article.id
          $0.body = "Replace the cable."
        })
      #expect(try await search(desk, "mail").hits.map(\.article.id) == [article.id])
      #expect(try await search(desk, "mail", kind: "resolution").hits.isEmpty)
      #expect(try await search(desk, "cable").hits.isEmpty)
      #expect(try await search(desk, "restart").hits.map(\.article.edition) == [1])
      _ = try await desk.service.ask(.articlePublish, as: desk.peer(.desk), .with { $0.articleID = article.id })
      #expect(try await search(desk, "restart").hits.isEmpty)
      #expect(try await search(desk, "cable").hits.map(\.article.edition) == [2])
    }
  }

  @Test("P4: what is looked for is one line of 1 to 200 bytes, and a page has at most 50 articles")
  func bounds() async throws {
    try await IntakeTests().withDesk { desk in
      for (query, size, token, field) in [
        (String(repeating: "x", count: 200), 50, Data(), nil), (String(repeating: "x", count: 201), 0, Data(), "query"),
        ("", 0, Data(), "query"), ("two\nlines", 0, Data(), "query"), ("mail", 51, Data(), "page.size"),
        ("mail", 0, Data(count: 23), "page.after"), ("mail", 0, Data(count: 24), nil),
      ] as [(String, UInt32, Data, String?)] {
        let refusal = await IntakeTests().refusal { () async throws(CommandRefused) in
          _ = try await search(desk, query, size: size, after: token)
        }
        #expect(refusal?.field == field, "\(query) \(size)")
      }
    }
  }

  @Test("P4: every language that an article may have is one of PostgreSQL's")
  func configurations() async throws {
    try await IntakeTests().withDesk { desk in
      for language in Article.Language.allCases {
        let article = try await desk.publish(
          "kerberos \(language.rawValue)", body: "Handshake.", language: language.rawValue, tags: [])
        let found = try await search(desk, "kerberos", language: language.rawValue)
        #expect(found.hits.map(\.article.id) == [article.id], "\(language.rawValue)")
      }
      let all = try await search(desk, "kerberos", size: 50)
      #expect(all.hits.count == Article.Language.allCases.count && all.next.isEmpty)
    }
  }

  @Test("P4: once the superuser vouches for the operator, row-level security lets a search use its index")
  func index() async throws {
    try await IntakeTests().withDesk { desk in
      let database = desk.service.database
      try database.asSuperuser("ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF")
      let article = try await desk.publish("Backups", body: "Every night.", tags: []).id
      let id = try #require(ArticleID(bytes: article))
      try database.asSuperuser(
        """
        INSERT INTO article_editions (tenant_id, article_id, edition, language, title, tags, body, author, note, written_at)
        SELECT '\(desk.tenant)', '\(id)', n, 'english', 'Edition ' || n, '', repeat('Another word. ', 50), '', '', now()
        FROM generate_series(2, 1000) n
        """)
      try database.asSuperuser("ANALYZE article_editions")
      let connection = try Connection(ConnectionConfiguration(database.service, applicationName: "test"))
      defer { connection.close() }
      let plan = try connection.execute(
        [
          .begin, .serving(tenants: [PostgresUUID(high: desk.tenant.high, low: desk.tenant.low)]),
          Statement(
            unnamed: """
              EXPLAIN SELECT e.article_id FROM article_editions e WHERE e.tenant_id = '\(desk.tenant)'
              AND article_matches(e.words, 'english', 'backup')
              """),
        ], deadline: .now + .seconds(60))[2]
      let lines = try plan.map { try $0.text(0) }.joined(separator: "\n")
      #expect(lines.contains("Bitmap Index Scan on article_editions_by_word"), "\(lines)")
      #expect(lines.contains(#/Index Cond: \(.*words @@/#), "\(lines)")
    }
  }
}
