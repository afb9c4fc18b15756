import IntakeRules
import Policy
import ServiceKit

/// What belongs together is loaded together.
extension Needs<IntakeState> {
  /// An account with everything that its snapshot tells.
  mutating func account(_ id: AccountID) {
    row(Tables.accounts, id)
    rows(Tables.subsidiariesOfAccount, id)
    rows(Tables.hotlinesOfAccount, id)
    rows(Tables.contactsOfAccount, id)
  }

  /// The plan that an account has agreed to, once the account is loaded.
  mutating func plan(of id: AccountID, _ state: IntakeState) {
    if let agreement = state.accounts[id]?.agreement { plan(agreement.planVersion) }
  }

  /// A ticket with everything that its snapshot tells, and its plan.
  mutating func ticket(_ id: TicketID, _ state: IntakeState) {
    row(Tables.tickets, id)
    rows(Tables.workOfTicket, id)
    rows(Tables.visitsOfTicket, id)
    guard let ticket = state.tickets[id] else { return }
    row(Tables.accounts, ticket.accountID)
    plan(ticket.planVersion)
  }

  /// A visit with its ticket or, for maintenance, its account.
  mutating func visit(_ id: VisitID, _ state: IntakeState) {
    row(Tables.visits, id)
    guard let visit = state.visits[id] else { return }
    row(Tables.accounts, visit.accountID)
    if let ticketID = visit.ticketID { ticket(ticketID, state) }
  }

  /// An article with its latest edition, and a further one.
  mutating func article(_ id: ArticleID, edition: Int64? = nil, _ state: IntakeState) {
    row(Tables.articles, id)
    if let edition { row(Tables.editions, .init(articleID: id, edition: edition)) }
    guard let article = state.articles[id] else { return }
    row(Tables.editions, .init(articleID: id, edition: article.latestEdition))
  }

  /// A lesson with its course.
  mutating func lesson(_ id: LessonID, _ state: IntakeState) {
    row(Tables.lessons, id)
    if let lesson = state.lessons[id] { row(Tables.courses, lesson.courseID) }
  }

  /// A learner's enrolment in a course.
  mutating func enrolment(_ course: CourseID, _ learner: Learner) {
    row(Tables.enrolments, .init(courseID: course, learner: learner))
    if let contact = learner.contactID { row(Tables.contacts, contact) }
  }
}
