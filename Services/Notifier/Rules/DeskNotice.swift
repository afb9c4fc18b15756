import Policy

/// Tells the desk itself of something, by mail.
public enum DeskNotice {
  /// The rota whose people are told, all of them and at any hour, where there is one.
  public static let group = "group.desk"

  /// Who is told, each by an address of his own: the group's people, or these where nobody is on the group. Looks at all of them.
  static func recipients(otherwise people: [PersonID], _ state: NotifierState) -> [(person: Person, address: String)] {
    let group = state.rotas.members(of: group).first?.people ?? []
    var told: Set<String> = []
    return (group.isEmpty ? people : group).compactMap { state.people[$0] }.compactMap { person in
      guard let mail = person.methods.first(where: { $0.kind == .email }), told.insert(mail.address).inserted else {
        return nil
      }
      return (person, mail.address)
    }
  }

  /// Makes a notice that concerns no customer. Looks at the group's people, at those who are told where there is no such group,
  /// and at the templates of the kind.
  ///
  /// - Parameter people: who is told where nobody is on the group.
  static func make(
    _ kind: MessageKind, _ subject: String, _ text: String, _ facts: MessageFacts, otherwise people: [PersonID],
    _ state: inout NotifierState, _ context: inout Context
  ) {
    var notice = Notice(
      id: context.id(), accountID: nil, kind: kind.rawValue, subject: subject.onOneLine(limit: TextBound.name),
      text: text, facts: facts, at: context.now, deliveries: 0)
    for (person, address) in recipients(otherwise: people, state) {
      let words = NoticeWords(
        notice, contact: person.name, customer: state.common.tenant?.name ?? "", language: nil, state)
      let delivery = Delivery(
        id: context.id(), cause: .notice(notice.id), step: 0, personID: person.id, recipient: person.name,
        method: .email, address: address, subject: words.subject, text: words.text, html: words.html,
        template: words.template, createdAt: context.now)
      if state.deliveries.insert(delivery) { notice.deliveries += 1 }
    }
    state.notices.insert(notice)
    state.common.changed("notice.told", notice.id, version: 1, notice.subject)
  }
}
