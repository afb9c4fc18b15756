import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// How the database holds tenants' own words.
enum TemplateTables {
  static let templates: Table<NotifierState, Template> = Table(
    "templates", { $1(&$0.templates) },
    key: [Column("kind", \.kind), Column("language", \.language)],
    columns: [
      Column("template_id", fixed: true, \.id), Column("subject", \.draft.subject), Column("text", \.draft.text),
      Column("html", \.draft.html), Column("drafted_at", \.draftedAt), Column("published", \.published),
      Column("version", \.version),
    ]
  ) { row throws(RowError) in
    guard let kind = MessageKind(rawValue: try row.next(String.self)),
      let language = MessageLanguage(try row.next(String.self))
    else { throw .malformed(column: -1, type: "a template") }
    return Template(
      id: try row.next(TemplateID.self), kind: kind, language: language, draft: try words(&row),
      draftedAt: try row.next(Instant.self), published: try row.next(Int.self), version: try row.next(Int64.self))
  }

  /// Those of a kind, in all languages.
  static let templatesByKind = templates.group(by: "kind", of: String.self, limit: Template.languageCountMax)

  static let editions: Table<NotifierState, TemplateEdition> = Table(
    "template_editions", { $1(&$0.editions) },
    key: [Column("template_id", \.template), Column("number", \.number)],
    columns: [
      Column("subject", fixed: true, \.words.subject), Column("text", fixed: true, \.words.text),
      Column("html", fixed: true, \.words.html), Column("published_at", fixed: true, \.publishedAt),
      Column("published_by", fixed: true, \.by), Column("repeats", fixed: true, \.repeats),
    ]
  ) { row throws(RowError) in
    TemplateEdition(
      template: try row.next(TemplateID.self), number: try row.next(Int.self), words: try words(&row),
      publishedAt: try row.next(Instant.self), by: try row.next(String.self), repeats: try row.next(Int.self))
  }

  private static func words(_ row: inout RowReader) throws(RowError) -> MessageKind.Words {
    MessageKind.Words(
      subject: try row.next(String.self), text: try row.next(String.self), html: try row.next(String.self))
  }
}

extension MessageFacts {
  /// As a notice's row keeps them.
  var bytes: [UInt8] {
    let row = Callout_V1_RowFact.with { $0.facts = wire }
    return (try? Array(row.serializedData())) ?? []
  }

  init(stored bytes: [UInt8]) throws(RowError) {
    guard let row = try? Callout_V1_RowFact(serializedBytes: bytes),
      let facts = Decision({ () throws(Refused) in try MessageFacts(row.facts) }).reply
    else { throw .malformed(column: -1, type: "facts of a notice") }
    self = facts
  }
}

extension Needs<NotifierState> {
  /// What makes the words of messages of these kinds: the kinds' templates, and the edition that is nearest to the customer's
  /// language.
  mutating func words(_ kinds: Set<String>, in language: MessageLanguage?, _ state: NotifierState) {
    for kind in kinds.sorted() where MessageKind(rawValue: kind) != nil {
      rows(TemplateTables.templatesByKind, kind)
      guard let template = state.publishedTemplate(kind, for: language) else { continue }
      row(TemplateTables.editions, .init(template: template.id, number: template.published))
    }
  }
}
