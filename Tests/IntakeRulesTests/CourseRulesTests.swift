import Policy
import Testing

@testable import IntakeRules

@Suite("Courses and learners")
struct CourseRulesTests {
  private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

  /// A published course with lessons of these titles.
  private static func course(_ desk: inout Desk, _ titles: [String]) throws -> (CourseID, [LessonID]) {
    let id = try desk.run { CreateCourse.decide(title: "Backups", summary: "", &$0, &$1) }.id
    let lessons = try titles.map { title in
      try desk.run { AddLesson.decide(.init(courseID: id, title: title, text: "Read this."), &$0, &$1) }.lesson.id
    }
    try desk.run { PublishCourse.decide(id, &$0, &$1) }
    return (id, lessons)
  }

  @Test("P4: a course has a title of 1 to 200 bytes and a summary of at most 1,000")
  func courseBounds() throws {
    var desk = try Desk()
    for (title, summary, field) in [
      (Self.text(200), Self.text(1000), nil), (Self.text(201), "", "title"), ("", "", "title"),
      ("a", Self.text(1001), "summary"),
    ] as [(String, String, String?)] {
      let refusal = desk.refusal { CreateCourse.decide(title: title, summary: summary, &$0, &$1) }
      #expect(refusal?.reason == field.map { .invalid(field: $0) })
    }
  }

  @Test("P4: a lesson has a title of 1 to 200 bytes and a text of 1 byte to 64 KiB")
  func lessonBounds() throws {
    var desk = try Desk()
    let id = try desk.run { CreateCourse.decide(title: "a", summary: "", &$0, &$1) }.id
    for (title, text, field) in [
      (Self.text(200), Self.text(65_536), nil), (Self.text(201), "a", "title"), ("", "a", "title"),
      ("a", "", "text"), ("a", Self.text(65_537), "text"),
    ] as [(String, String, String?)] {
      let request = AddLesson.Request(courseID: id, title: title, text: text)
      #expect(desk.refusal { AddLesson.decide(request, &$0, &$1) }?.reason == field.map { .invalid(field: $0) })
      let lesson = try desk.run { AddLesson.decide(.init(courseID: id, title: "b", text: "b"), &$0, &$1) }.lesson.id
      let update = UpdateLesson.Request(lessonID: lesson, title: title, text: text)
      #expect(desk.refusal { UpdateLesson.decide(update, &$0, &$1) }?.reason == field.map { .invalid(field: $0) })
    }
  }

  @Test("P4: a course has at most 100 lessons", arguments: [(99, true), (100, false)])
  func lessonLimit(count: Int, isTaken: Bool) throws {
    var desk = try Desk()
    let id = try desk.run { CreateCourse.decide(title: "a", summary: "", &$0, &$1) }.id
    desk.state.courses.update(id) { course in
      course.lessons = (0..<count).map { LessonID(high: 4, low: UInt64($0)) }
    }
    let refusal = desk.refusal { AddLesson.decide(.init(courseID: id, title: "a", text: "a"), &$0, &$1) }
    #expect(refusal?.reason == (isTaken ? nil : .limit("lessons")))
  }

  @Test(
    "P4: lessons have an order: a new one goes to its place or to the end, and one that is there moves",
    arguments: [(0, "bcda"), (1, "abcd"), (2, "bacd"), (4, "bcda"), (9, "bcda")])
  func order(place: Int, expected: String) throws {
    var desk = try Desk()
    let (id, lessons) = try Self.course(&desk, ["b", "c", "d"])
    let added = try desk.run {
      AddLesson.decide(.init(courseID: id, title: "a", text: "a", place: place), &$0, &$1)
    }
    func order(_ course: Course) -> String { course.lessons.compactMap { desk.state.lessons[$0]?.title }.joined() }
    #expect(order(added.course) == expected)
    // The same, with a lesson that stands elsewhere before.
    try desk.run { UpdateLesson.decide(.init(lessonID: added.lesson.id, place: 3), &$0, &$1) }
    let moved = try desk.run { UpdateLesson.decide(.init(lessonID: added.lesson.id, place: place), &$0, &$1) }
    #expect(order(moved.course) == expected)
    #expect(Set(moved.course.lessons) == Set(lessons + [added.lesson.id]))
  }

  @Test("P4: a course without lessons is not published, and a published one keeps its last lesson")
  func lastLesson() throws {
    var desk = try Desk()
    let empty = try desk.run { CreateCourse.decide(title: "a", summary: "", &$0, &$1) }.id
    #expect(desk.refusal { PublishCourse.decide(empty, &$0, &$1) }?.reason == .conflict(state: "empty"))
    let (id, lessons) = try Self.course(&desk, ["a", "b"])
    #expect(try desk.run { RemoveLesson.decide(lessons[0], &$0, &$1) }.lessons == [lessons[1]])
    #expect(try desk.run { RemoveLesson.decide(lessons[0], &$0, &$1) }.lessons == [lessons[1]])
    #expect(desk.refusal { RemoveLesson.decide(lessons[1], &$0, &$1) }?.reason == .conflict(state: "published"))
    try desk.run { RetireCourse.decide(id, &$0, &$1) }
    #expect(try desk.run { RemoveLesson.decide(lessons[1], &$0, &$1) }.lessons.isEmpty)
    let gone = desk.refusal { UpdateLesson.decide(.init(lessonID: lessons[1], title: "c"), &$0, &$1) }
    #expect(gone?.reason == .conflict(state: "removed"))
  }

  @Test("P4: a request names a contact or a portal's user as the learner, and not both")
  func learner() throws {
    let contact = ContactID(high: 1, low: 1)
    #expect(try Learner(contactID: contact, name: "") == .contact(contact))
    #expect(try Learner(contactID: nil, name: "Aisha") == .user("Aisha"))
    #expect(try Learner(contactID: nil, name: Self.text(200)) == .user(Self.text(200)))
    for (id, name) in [(contact, "Aisha"), (nil, ""), (nil, Self.text(201)), (nil, "two\nlines")]
      as [(ContactID?, String)]
    {
      #expect(throws: Refused.self) { try Learner(contactID: id, name: name) }
    }
    // A user who goes by a contact's id is another learner.
    for learner in [Learner.contact(contact), .user("contact/\(contact)"), .user("\(contact)")] {
      #expect(Learner(text: learner.text) == learner)
    }
    #expect(Learner(text: "contact/x") == nil && Learner(text: "Aisha") == nil)
  }

  @Test("P4: a learner enrols once, and does each lesson once; the last one completes the course")
  func progress() throws {
    var desk = try Desk()
    desk.state.accounts.update(desk.account) { $0.agreement = nil }
    let (id, lessons) = try Self.course(&desk, ["a", "b"])
    desk.role = .portal
    let mei = Learner.contact(desk.mei)
    let enrolled = try desk.run { EnrolLearner.decide(id, mei, &$0, &$1) }
    #expect(enrolled.done.isEmpty && enrolled.lessonCount == 2 && enrolled.enrolment.enrolledAt == desk.now)
    desk.at("2026-03-03T10:00:00")
    #expect(try desk.run { EnrolLearner.decide(id, mei, &$0, &$1) } == enrolled)
    let half = try desk.run { CompleteLesson.decide(lessons[1], mei, &$0, &$1) }
    #expect(half.done == [lessons[1]] && half.enrolment.completedAt == nil)
    #expect(try desk.run { CompleteLesson.decide(lessons[1], mei, &$0, &$1) } == half)
    let whole = try desk.run { CompleteLesson.decide(lessons[0], mei, &$0, &$1) }
    #expect(whole.done == lessons && whole.enrolment.completedAt == desk.now)
    let kinds = desk.state.common.changes.elements.suffix(3).map(\.kind)
    #expect(kinds == ["course.enrolled", "lesson.completed", "course.completed"])
    // A further lesson is still to be done; that the course was completed stays.
    desk.role = .desk
    let further = try desk.run { AddLesson.decide(.init(courseID: id, title: "c", text: "c"), &$0, &$1) }.lesson.id
    let now = try desk.run { EnrolLearner.decide(id, mei, &$0, &$1) }
    #expect(now.done.count == 2 && now.lessonCount == 3 && now.enrolment.completedAt == desk.now)
    // A lesson that was removed counts no more.
    try desk.run { RemoveLesson.decide(lessons[0], &$0, &$1) }
    let last = try desk.run { CompleteLesson.decide(further, mei, &$0, &$1) }
    #expect(last.done == [lessons[1], further] && last.lessonCount == 2)
    #expect(last.enrolment.done == [lessons[1], further])
  }

  @Test("P4: doing a lesson enrols its learner; nobody learns from a course that is not published, or as nobody")
  func refused() throws {
    var desk = try Desk()
    let (id, lessons) = try Self.course(&desk, ["a", "b"])
    let user = Learner.user("Aisha")
    #expect(try desk.run { CompleteLesson.decide(lessons[0], user, &$0, &$1) }.done == [lessons[0]])
    let nobody = Learner.contact(ContactID(high: 9, low: 9))
    #expect(desk.refusal { EnrolLearner.decide(id, nobody, &$0, &$1) }?.reason == .notFound("contact"))
    try desk.run { RemoveLesson.decide(lessons[0], &$0, &$1) }
    let removed = desk.refusal { CompleteLesson.decide(lessons[0], user, &$0, &$1) }
    #expect(removed?.reason == .conflict(state: "removed"))
    try desk.run { RetireCourse.decide(id, &$0, &$1) }
    for reason in [
      desk.refusal { EnrolLearner.decide(id, user, &$0, &$1) }?.reason,
      desk.refusal { CompleteLesson.decide(lessons[1], user, &$0, &$1) }?.reason,
    ] { #expect(reason == .conflict(state: "retired")) }
    // A contact whose appointment has ended learns on.
    try desk.run { PublishCourse.decide(id, &$0, &$1) }
    let mei = desk.mei
    desk.state.contacts.update(mei) { $0.endedAt = $0.appointedAt }
    #expect(desk.refusal { EnrolLearner.decide(id, .contact(mei), &$0, &$1) } == nil)
  }
}
