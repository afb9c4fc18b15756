import Foundation
import ServiceKit
import SwiftProtobuf
import Transport
import Wire

@testable import IntakeService

/// What tests of the knowledge base begin with.
extension IntakeTests.Desk {
  func draft(
    _ title: String, body: String, kind: String = "resolution", language: String = "english", tags: [String] = ["mail"]
  ) async throws(CommandRefused) -> Callout_V1_Article {
    try await service.ask(
      .articleCreate, as: peer(.desk),
      .with {
        $0.kind = kind
        $0.language = language
        $0.title = title
        $0.tags = tags
        $0.body = body
      }
    ).article
  }

  func publish(
    _ title: String, body: String, kind: String = "resolution", language: String = "english", tags: [String] = ["mail"]
  ) async throws(CommandRefused) -> Callout_V1_Article {
    let id = try await draft(title, body: body, kind: kind, language: language, tags: tags).id
    return try await service.ask(.articlePublish, as: peer(.desk), .with { $0.articleID = id }).article
  }

  /// A published course with lessons of these titles.
  func course(_ titles: [String]) async throws(CommandRefused) -> (course: Data, lessons: [Data]) {
    let course = try await service.ask(.courseCreate, as: peer(.desk), .with { $0.title = "Backups" }).course.id
    var lessons: [Data] = []
    for title in titles {
      let lesson = try await service.ask(
        .lessonAdd, as: peer(.desk),
        .with {
          $0.courseID = course
          $0.title = title
          $0.text = "Read \(title)."
        }
      ).lesson
      lessons.append(lesson.id)
    }
    _ = try await service.ask(.coursePublish, as: peer(.desk), .with { $0.courseID = course })
    return (course, lessons)
  }
}
