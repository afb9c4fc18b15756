import CoreMetrics
import Logging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Metrics and logs")
struct ObserveTests {
  @Test("metrics are shown in Prometheus's text format")
  func text() {
    let metrics = PrometheusMetrics()
    metrics.makeCounter(label: "requests_total", dimensions: [("code", "a\"b")]).increment(by: 3)
    metrics.makeRecorder(label: "queue", dimensions: [], aggregate: false).record(7 as Int64)
    let timer = metrics.makeTimer(label: "seconds", dimensions: [])
    timer.recordNanoseconds(2_000_000)
    timer.recordNanoseconds(60_000_000_000)
    let lines = metrics.text.split(separator: "\n").map(String.init)
    #expect(lines.contains("# TYPE requests_total counter"))
    #expect(lines.contains(#"requests_total{code="a\"b"} 3"#))
    #expect(lines.contains("queue 7"))
    #expect(lines.contains(#"seconds_bucket{le="0.001"} 0"#))
    #expect(lines.contains(#"seconds_bucket{le="0.0025"} 1"#))
    #expect(lines.contains(#"seconds_bucket{le="30"} 1"#))
    #expect(lines.contains(#"seconds_bucket{le="+Inf"} 2"#))
    #expect(lines.contains("seconds_count 2"))
  }

  @Test("label values beyond the bound are counted together")
  func cardinality() {
    let metrics = PrometheusMetrics()
    for number in 0..<PrometheusMetrics.seriesMax + 5 {
      metrics.makeCounter(label: "wild_total", dimensions: [("value", "\(number)")]).increment(by: 1)
    }
    let lines = metrics.text.split(separator: "\n")
    #expect(lines.count == PrometheusMetrics.seriesMax + 2)
    #expect(lines.contains(#"wild_total{overflow="true"} 5"#))
  }

  @Test("a log line is logfmt or JSON, and no value can break it", arguments: LineLogHandler.Form.allCases)
  func logs(form: LineLogHandler.Form) {
    let lines = LineKeeper()
    var logger = Logger(label: "test") { label in
      LineLogHandler(label: label, level: .info, form: form, write: { lines.keep($0) })
    }
    logger[metadataKey: "who"] = "anna"
    logger.info("two\nlines", metadata: ["quote": "say \"x\""])
    logger.debug("too low")
    #expect(lines.all.count == 1)
    let line = lines.all.first ?? ""
    #expect(line.hasSuffix("\n") && line.filter { $0 == "\n" }.count == 1)
    switch form {
    case .logfmt:
      #expect(line.contains(#"level=info logger=test msg="two\nlines" quote="say \"x\"" who=anna"#))
    case .json:
      #expect(line.contains(#""level":"info","logger":"test","msg":"two\nlines","quote":"say \"x\"","who":"anna"}"#))
    }
  }
}

private final class LineKeeper: Sendable {
  private let lines = Mutex<[String]>([])

  func keep(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}
