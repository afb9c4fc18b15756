import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `course.create`
enum CourseCreate: WriteOperation {
  static let method = Method.courseCreate

  static func needs(
    _ request: Callout_V1_CourseCreateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {}

  static func decide(
    _ request: Callout_V1_CourseCreateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CourseCreateReply> {
    Decision { () throws(Refused) in
      let course = try CreateCourse.decide(title: request.title, summary: request.summary, &state, &context).get()
      return .with { $0.course = Callout_V1_Course(course) }
    }
  }
}

/// `course.publish`
enum CoursePublish: WriteOperation {
  static let method = Method.coursePublish

  static func needs(
    _ request: Callout_V1_CoursePublishRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.courses, try CourseID(field: "course_id", request.courseID))
  }

  static func decide(
    _ request: Callout_V1_CoursePublishRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CoursePublishReply> {
    Decision { () throws(Refused) in
      let course = try PublishCourse.decide(try CourseID(field: "course_id", request.courseID), &state, &context).get()
      return .with { $0.course = Callout_V1_Course(course) }
    }
  }
}

/// `course.retire`
enum CourseRetire: WriteOperation {
  static let method = Method.courseRetire

  static func needs(
    _ request: Callout_V1_CourseRetireRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.courses, try CourseID(field: "course_id", request.courseID))
  }

  static func decide(
    _ request: Callout_V1_CourseRetireRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CourseRetireReply> {
    Decision { () throws(Refused) in
      let course = try RetireCourse.decide(try CourseID(field: "course_id", request.courseID), &state, &context).get()
      return .with { $0.course = Callout_V1_Course(course) }
    }
  }
}

/// `course.enrol`
enum CourseEnrol: WriteOperation {
  static let method = Method.courseEnrol

  static func needs(
    _ request: Callout_V1_CourseEnrolRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let course = try CourseID(field: "course_id", request.courseID)
    needs.row(Tables.courses, course)
    needs.enrolment(course, try Learner(request.contactID, request.learner))
  }

  static func decide(
    _ request: Callout_V1_CourseEnrolRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CourseEnrolReply> {
    Decision { () throws(Refused) in
      let course = try CourseID(field: "course_id", request.courseID)
      let learner = try Learner(request.contactID, request.learner)
      let view = try EnrolLearner.decide(course, learner, &state, &context).get()
      return .with { $0.enrolment = Callout_V1_Enrolment(view) }
    }
  }
}

/// `lesson.add`
enum LessonAdd: WriteOperation {
  static let method = Method.lessonAdd

  static func needs(
    _ request: Callout_V1_LessonAddRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.row(Tables.courses, try CourseID(field: "course_id", request.courseID))
  }

  static func decide(
    _ request: Callout_V1_LessonAddRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_LessonAddReply> {
    Decision { () throws(Refused) in
      let lesson = AddLesson.Request(
        courseID: try CourseID(field: "course_id", request.courseID), title: request.title, text: request.text,
        place: Int(request.place))
      let placed = try AddLesson.decide(lesson, &state, &context).get()
      return .with {
        $0.lesson = Callout_V1_Lesson(placed.lesson)
        $0.course = Callout_V1_Course(placed.course)
      }
    }
  }
}

/// `lesson.update`
enum LessonUpdate: WriteOperation {
  static let method = Method.lessonUpdate

  static func needs(
    _ request: Callout_V1_LessonUpdateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.lesson(try LessonID(field: "lesson_id", request.lessonID), state)
  }

  static func decide(
    _ request: Callout_V1_LessonUpdateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_LessonUpdateReply> {
    Decision { () throws(Refused) in
      let update = UpdateLesson.Request(
        lessonID: try LessonID(field: "lesson_id", request.lessonID), title: request.hasTitle ? request.title : nil,
        text: request.hasText ? request.text : nil, place: request.hasPlace ? Int(request.place) : nil)
      let placed = try UpdateLesson.decide(update, &state, &context).get()
      return .with {
        $0.lesson = Callout_V1_Lesson(placed.lesson)
        $0.course = Callout_V1_Course(placed.course)
      }
    }
  }
}

/// `lesson.remove`
enum LessonRemove: WriteOperation {
  static let method = Method.lessonRemove

  static func needs(
    _ request: Callout_V1_LessonRemoveRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.lesson(try LessonID(field: "lesson_id", request.lessonID), state)
  }

  static func decide(
    _ request: Callout_V1_LessonRemoveRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_LessonRemoveReply> {
    Decision { () throws(Refused) in
      let course = try RemoveLesson.decide(try LessonID(field: "lesson_id", request.lessonID), &state, &context).get()
      return .with { $0.course = Callout_V1_Course(course) }
    }
  }
}

/// `lesson.complete`
enum LessonComplete: WriteOperation {
  static let method = Method.lessonComplete

  static func needs(
    _ request: Callout_V1_LessonCompleteRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try LessonID(field: "lesson_id", request.lessonID)
    let learner = try Learner(request.contactID, request.learner)
    needs.lesson(id, state)
    if let lesson = state.lessons[id] { needs.enrolment(lesson.courseID, learner) }
  }

  static func decide(
    _ request: Callout_V1_LessonCompleteRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_LessonCompleteReply> {
    Decision { () throws(Refused) in
      let id = try LessonID(field: "lesson_id", request.lessonID)
      let learner = try Learner(request.contactID, request.learner)
      let view = try CompleteLesson.decide(id, learner, &state, &context).get()
      return .with { $0.enrolment = Callout_V1_Enrolment(view) }
    }
  }
}
