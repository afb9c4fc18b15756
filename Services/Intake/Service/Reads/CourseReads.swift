import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `course.get`
enum CourseGet: ReadOperation {
  static let method = Method.courseGet

  static func queries(_ request: Callout_V1_CourseGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [visible(try CourseID(field: "course_id", request.courseID), context)]
  }

  static func followUp(
    _ request: Callout_V1_CourseGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let course = try results.one(0, of: Tables.courses, named: "course")
    return [
      Query(
        sql: """
          SELECT l.lesson_id, l.course_id, l.title, '', l.written_at FROM lessons l
          WHERE l.tenant_id = $1 AND l.lesson_id = ANY ($2)
          """,
        [Argument(context.tenant), Argument(array: course.lessons)])
    ]
  }

  static func reply(
    _ request: Callout_V1_CourseGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_CourseGetReply {
    let course = try results.one(0, of: Tables.courses, named: "course")
    let lessons = Dictionary(
      try results.rows(1, Tables.readLesson).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return .with {
      $0.course = Callout_V1_Course(course)
      $0.lessons = course.lessons.compactMap { lessons[$0] }.map { Callout_V1_Lesson($0, withText: false) }
    }
  }

  /// The course, unless it is not published and the caller may not see it.
  static func visible(_ id: CourseID, _ context: ReadContext) -> Query {
    Tables.courses.select(
      context.tenant, where: "r.course_id = $2 AND ($3 OR r.state = 'published')", [Argument(id), context.seesAll])
  }
}

/// `course.list`
enum CourseList: ReadOperation {
  static let method = Method.courseList

  static func queries(_ request: Callout_V1_CourseListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Tables.courses.select(
        context.tenant,
        where: "r.course_id < $2 AND ($3 OR r.state = 'published') ORDER BY r.course_id DESC LIMIT $4",
        [Argument(try page.afterID(Kind.Course.self) ?? .highest), context.seesAll, Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_CourseListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_CourseListReply {
    let page = try request.page.checked()
    let (courses, next) = page.cut(try results.rows(0, of: Tables.courses)) { $0.id.bytes }
    return .with {
      $0.courses = courses.map(Callout_V1_Course.init)
      $0.next = Data(next)
    }
  }
}

/// `lesson.get`
enum LessonGet: ReadOperation {
  static let method = Method.lessonGet

  static func queries(_ request: Callout_V1_LessonGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = Argument(try LessonID(field: "lesson_id", request.lessonID))
    return [Tables.lessons.select(context.tenant, where: "r.lesson_id = $2", [id])]
  }

  static func followUp(
    _ request: Callout_V1_LessonGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    [CourseGet.visible(try results.one(0, of: Tables.lessons, named: "lesson").courseID, context)]
  }

  static func reply(
    _ request: Callout_V1_LessonGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_LessonGetReply {
    let lesson = try results.one(0, of: Tables.lessons, named: "lesson")
    let course = try results.one(1, of: Tables.courses, named: "lesson")
    // A portal reads what the course has now.
    guard context.caller.role != .portal || course.lessons.contains(lesson.id) else {
      throw .refused(.notFound("lesson"), "There is no such lesson.")
    }
    return .with { $0.lesson = Callout_V1_Lesson(lesson) }
  }
}

/// `enrolment.list`
enum EnrolmentList: ReadOperation {
  static let method = Method.enrolmentList

  static func queries(_ request: Callout_V1_EnrolmentListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try CourseID(field: "course_id", request.courseID)
    let page = try PageRequest(request.page)
    let course = Tables.courses.select(context.tenant, where: "r.course_id = $2", [Argument(id)])
    if !request.contactID.isEmpty || !request.learner.isEmpty {
      let learner = try Learner(request.contactID, request.learner)
      return [
        course,
        Tables.enrolments.select(
          context.tenant, where: "r.course_id = $2 AND r.learner = $3", [Argument(id), Argument(learner.text)]),
      ]
    }
    let place = try page.afterID(Kind.Enrolment.self) ?? .lowest
    return [
      course,
      Tables.enrolments.select(
        context.tenant, where: "r.course_id = $2 AND r.enrolment_id > $3 ORDER BY r.enrolment_id LIMIT $4",
        [Argument(id), Argument(place), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_EnrolmentListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_EnrolmentListReply {
    let course = try results.one(0, of: Tables.courses, named: "course")
    let page = try request.page.checked()
    let (enrolments, next) = page.cut(try results.rows(1, of: Tables.enrolments)) { $0.id.bytes }
    return .with {
      $0.enrolments = enrolments.map { Callout_V1_Enrolment(EnrolmentView($0, in: course)) }
      $0.next = Data(next)
    }
  }
}
