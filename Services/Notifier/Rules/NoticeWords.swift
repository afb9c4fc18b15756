public import Policy

/// A notice in the words that its customer gets.
struct NoticeWords {
  let subject: String
  let text: String
  let html: String?
  /// What made them: kind, language and edition, edition 0 being the built-in words; empty: as the notice was told.
  let template: String

  /// The words for a contact: the tenant's own in the customer's language (nil: the tenant's), or in the nearest that there is,
  /// or the built-in ones.
  ///
  /// A notice of another kind, one without facts, and one whose words would be too long, is sent as it was told.
  init(
    _ notice: Notice, contact: String, customer: String, language: MessageLanguage?, _ state: NotifierState
  ) {
    let facts = notice.facts.with(notice.known(contact: contact, customer: customer))
    let choice = notice.facts.values.isEmpty ? nil : state.template(notice.kind, for: language)
    guard let choice, let message = choice.template.rendered(facts, in: choice.language) else {
      subject = notice.subject.onOneLine(limit: TextBound.reason)
      text = notice.text
      html = nil
      template = ""
      return
    }
    subject = message.subject.onOneLine(limit: TextBound.reason)
    text = message.text
    html = message.html
    template = "\(notice.kind) \(choice.language) \(choice.edition)"
  }
}

extension Notice {
  /// What this service adds to the facts.
  public func known(contact: String, customer: String) -> MessageFacts {
    ["contact": .text(contact), "customer": .text(customer), "words": .text(text)]
  }
}

/// The template that makes a notice's words.
public struct TemplateChoice: Sendable {
  public let template: MessageTemplate
  public let language: MessageLanguage
  /// 0: the built-in words.
  public let edition: Int
}

extension NotifierState {
  /// The languages that a customer's messages may be in, the best first: the customer's, the wider ones that it belongs to, the
  /// tenant's, its wider ones, and English.
  public func languages(of customer: MessageLanguage?) -> [MessageLanguage] {
    let tenant = common.tenant?.language ?? .english
    return (customer?.widening ?? []) + tenant.widening + [.english]
  }

  /// The published template of a kind that is nearest to the customer's language. Looks at the kind's templates.
  public func publishedTemplate(_ kind: String, for customer: MessageLanguage?) -> Template? {
    languages(of: customer).lazy
      .compactMap { self.templates[Template.Key(kind: kind, language: $0.tag)] }
      .first { $0.published > 0 }
  }

  /// What makes the words of a kind: the tenant's own in the nearest language, or the built-in ones where these are nearer; nil
  /// for a kind without facts. Looks at the edition that ``publishedTemplate(_:for:)`` names.
  func template(_ kind: String, for customer: MessageLanguage?) -> TemplateChoice? {
    guard let known = MessageKind(rawValue: kind) else { return nil }
    let own = publishedTemplate(kind, for: customer)
    for language in languages(of: customer) {
      if let own, own.language == language,
        let words = editions[.init(template: own.id, number: own.published)]?.words,
        let template = Decision({ () throws(Refused) in try MessageTemplate.checked(known, words) }).reply
      {
        return TemplateChoice(template: template, language: language, edition: own.published)
      }
      if let template = known.builtInTemplate(in: language) {
        return TemplateChoice(template: template, language: language, edition: 0)
      }
    }
    return nil
  }
}
