import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `template.set`
enum TemplateSetWrite: WriteOperation {
  static let method = Method.templateSet

  static func needs(
    _ request: Callout_V1_TemplateSetRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    let key = try Template.Key(named: request.kind, in: request.language)
    needs.rows(TemplateTables.templatesByKind, key.kind)
  }

  static func decide(
    _ request: Callout_V1_TemplateSetRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_TemplateSetReply> {
    TemplateSet.decide(
      .init(
        kind: request.kind, language: request.language,
        words: MessageKind.Words(subject: request.subject, text: request.text, html: request.html)),
      &state, &context
    ).map { template in .with { $0.template = Callout_V1_Template(template) } }
  }
}

/// `template.publish`
enum TemplatePublishWrite: WriteOperation {
  static let method = Method.templatePublish

  static func needs(
    _ request: Callout_V1_TemplatePublishRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    let key = try Template.Key(named: request.kind, in: request.language)
    needs.row(TemplateTables.templates, key)
    guard request.edition > 0, let template = state.templates[key] else { return }
    needs.row(TemplateTables.editions, .init(template: template.id, number: Int(request.edition)))
  }

  static func decide(
    _ request: Callout_V1_TemplatePublishRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_TemplatePublishReply> {
    TemplatePublish.decide(
      .init(kind: request.kind, language: request.language, edition: Int(request.edition)), &state, &context
    ).map { reply in .with { $0.template = Callout_V1_Template(reply.template, reply.edition) } }
  }
}

/// What `template.get` and `template.preview` name: the built-in words, a draft or an edition.
private struct NamedTemplate {
  let kind: MessageKind
  /// Nil: the built-in words.
  let key: Template.Key?
  let edition: Int

  init(kind: String, language: String, edition: UInt32) throws(Refused) {
    // English stands in for the language that the built-in words do not name.
    let checked = try Template.Key(named: kind, in: language.isEmpty ? "en" : language)
    guard let known = MessageKind(rawValue: checked.kind) else {
      throw Refused(.notFound("template"), "There is no such template.")
    }
    guard !language.isEmpty || edition == 0 else {
      throw Refused(.invalid(field: "edition"), "The built-in words have no editions.")
    }
    self.kind = known
    key = language.isEmpty ? nil : checked
    self.edition = Int(edition)
  }

  /// The template's row, and the edition's.
  func queries(_ context: ReadContext) -> [Query] {
    let (kind, language) = (Argument(kind.rawValue), Argument(key?.language ?? ""))
    return [
      TemplateTables.templates.select(context.tenant, where: "r.kind = $2 AND r.language = $3", [kind, language]),
      TemplateTables.editions.select(
        context.tenant,
        where: """
          r.template_id = (SELECT t.template_id FROM templates t
            WHERE t.tenant_id = $1 AND t.kind = $2 AND t.language = $3) AND r.number = $4
          """, [kind, language, Argument(edition)]),
    ]
  }

  /// What is named, as the wire shows it.
  func found(_ results: ReadResults) throws(ReadFailure) -> Callout_V1_Template {
    guard key != nil else {
      return .with {
        $0.kind = kind.rawValue
        $0.take(kind.builtIn())
      }
    }
    guard let template = try results.rows(0, of: TemplateTables.templates).first else {
      guard edition == 0, let language = key.flatMap({ MessageLanguage($0.language) }),
        let words = kind.builtIn(in: language)
      else { throw .refused(.notFound("template"), "There is no such template.") }
      return .with {
        ($0.kind, $0.language) = (kind.rawValue, language.tag)
        $0.take(words)
      }
    }
    guard edition > 0 else { return Callout_V1_Template(template) }
    guard let found = try results.rows(1, of: TemplateTables.editions).first else {
      throw .refused(.notFound("edition"), "The template has editions 1 to \(template.published).")
    }
    return Callout_V1_Template(template, found)
  }
}

/// `template.get`
enum TemplateGetRead: ReadOperation {
  static let method = Method.templateGet

  static func queries(_ request: Callout_V1_TemplateGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    try NamedTemplate(kind: request.kind, language: request.language, edition: request.edition).queries(context)
  }

  static func reply(
    _ request: Callout_V1_TemplateGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TemplateGetReply {
    let named = try ReadFailure.catching { () throws(Refused) in
      try NamedTemplate(kind: request.kind, language: request.language, edition: request.edition)
    }
    let template = try named.found(results)
    return .with { $0.template = template }
  }
}

/// `template.preview`
enum TemplatePreviewRead: ReadOperation {
  static let method = Method.templatePreview

  static func queries(
    _ request: Callout_V1_TemplatePreviewRequest, _ context: ReadContext
  ) throws(Refused) -> [Query] {
    let named = try NamedTemplate(kind: request.kind, language: request.language, edition: request.edition)
    let notice = try NoticeID.optional(field: "notice_id", request.noticeID) ?? NoticeID.lowest
    return named.queries(context) + [
      Tables.notices.select(context.tenant, where: "r.notice_id = $2", [Argument(notice)]),
      Tables.accounts.select(
        context.tenant,
        where: """
          r.account_id = (SELECT n.account_id FROM notices n WHERE n.tenant_id = $1 AND n.notice_id = $2)
          """, [Argument(notice)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_TemplatePreviewRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TemplatePreviewReply {
    let named = try ReadFailure.catching { () throws(Refused) in
      try NamedTemplate(kind: request.kind, language: request.language, edition: request.edition)
    }
    let found = try named.found(results)
    let facts = try facts(request, named.kind, results)
    let message = try ReadFailure.catching { () throws(Refused) in
      let words = MessageKind.Words(subject: found.subject, text: found.text, html: found.html)
      let template = try MessageTemplate.checked(named.kind, words)
      guard let message = template.rendered(facts, in: MessageLanguage(found.language) ?? .english) else {
        let bound = RenderedMessage.textByteCountMax
        throw Refused(.limit("text"), "The text becomes longer than \(bound) bytes: the message would go out as told.")
      }
      return message
    }
    return .with { ($0.subject, $0.text, $0.html) = (message.subject, message.text, message.html ?? "") }
  }

  private static func facts(
    _ request: Callout_V1_TemplatePreviewRequest, _ kind: MessageKind, _ results: ReadResults
  ) throws(ReadFailure) -> MessageFacts {
    if request.noticeID.isEmpty { return kind.sample }
    guard let notice = try results.rows(2, of: Tables.notices).first else {
      throw .refused(.notFound("notice"), "There is no such notice.")
    }
    guard notice.kind == kind.rawValue else {
      throw .refused(.invalid(field: "notice_id"), "The notice is of the kind \(notice.kind).")
    }
    let account = try results.rows(3, of: Tables.accounts).first
    return notice.facts.with(
      notice.known(contact: account?.contacts.first?.name ?? "", customer: account?.name ?? ""))
  }
}

/// `template.list`, in the order of ids.
enum TemplateListRead: ReadOperation {
  static let method = Method.templateList

  static func queries(_ request: Callout_V1_TemplateListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      TemplateTables.templates.select(
        context.tenant, where: "r.template_id > $2 ORDER BY r.template_id LIMIT $3",
        [Argument(try page.afterID() ?? TemplateID.lowest), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_TemplateListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TemplateListReply {
    let page = try PageRequest(checked: request.page)
    let (templates, next) = page.cut(try results.rows(0, of: TemplateTables.templates)) { $0.id.bytes }
    return .with {
      $0.templates = templates.map { template in
        var head = Callout_V1_Template(template)
        (head.subject, head.text, head.html) = ("", "", "")
        return head
      }
      $0.next = .init(next)
    }
  }
}

extension Callout_V1_Template {
  /// Takes words that are built in.
  fileprivate mutating func take(_ words: MessageKind.Words?) {
    if let words { (subject, text, html) = (words.subject, words.text, words.html) }
  }

  /// The draft.
  init(_ template: Template) {
    self.init()
    id = template.id.data
    kind = template.kind.rawValue
    language = template.language.tag
    (subject, text, html) = (template.draft.subject, template.draft.text, template.draft.html)
    published = UInt32(clamping: template.published)
    atMs = template.draftedAt.milliseconds
    version = UInt64(clamping: template.version)
  }

  /// An edition.
  init(_ template: Template, _ published: TemplateEdition) {
    self.init(template)
    edition = UInt32(clamping: published.number)
    (subject, text, html) = (published.words.subject, published.words.text, published.words.html)
    atMs = published.publishedAt.milliseconds
    by = published.by
    repeats = UInt32(clamping: published.repeats)
  }
}
