import Courier
import Foundation
import NotifierRules
import Policy
import ServiceKit

/// Which channel takes which messages, as the settings say; SETTINGS.md has their names.
struct DeliverySettings {
  /// A gateway of telephones.
  struct Gateway {
    let address: WebAddress
    let secrets: [WebhookSecret]
  }

  /// The kinds that a gateway takes.
  static let gatewayKinds: [DeliveryMethod] = [.sms, .pager, .voice, .push]

  static let definitions: [ExtraSetting] =
    [
      ExtraSetting("maildir", default: ""), ExtraSetting("sender", default: "callout@callout.invalid"),
      ExtraSetting("smtp.host", default: ""),
      ExtraSetting("smtp.port", default: 587, in: 1...65_535, unit: "(a TCP port)"),
      ExtraSetting("smtp.security", default: SMTPSecurity.starttls), ExtraSetting("smtp.trust", default: ""),
      ExtraSetting("smtp.user", default: ""), ExtraSetting("smtp.password-file", default: ""),
      ExtraSetting("smtp.hello", default: ""), ExtraSetting("webhook.trust", default: ""),
      ExtraSetting("webhook.allow", default: ""), ExtraSetting("gateway.trust", default: ""),
    ]
    + gatewayNames.flatMap { [ExtraSetting("\($0).url", default: ""), ExtraSetting("\($0).secret-file", default: "")] }

  private static let gatewayNames = ["gateway"] + gatewayKinds.map { "gateway.\($0.rawValue)" }

  /// The folder of the Maildirs; nil: there is none.
  private(set) var maildir: String?
  private(set) var sender = ""
  private(set) var mail: MailChannel?
  private(set) var gateways: [DeliveryMethod: Gateway] = [:]
  private(set) var webhookTLS: TrustedTLS?
  private(set) var webhookPolicy = AddressPolicy()
  private(set) var gatewayTLS: TrustedTLS?
  /// What is wrong, one sentence each.
  private(set) var problems: [String] = []

  /// Methods whose messages wait: there is no channel, and no Maildir.
  var missing: [DeliveryMethod] {
    guard maildir == nil else { return [] }
    return DeliveryMethod.allCases.filter { method in
      switch method {
      case .email: mail == nil
      case .webhook: webhookTLS == nil
      case .sms, .pager, .voice, .push: gatewayTLS == nil || gateways[method] == nil
      }
    }
  }

  /// Reads what `setting` says, and the files that it names.
  init(_ setting: (String) -> String?) {
    maildir = setting("maildir")
    sender = setting("sender") ?? ""
    let address = SMTPAddress(sender)
    if address == nil { problems.append("sender is \(sender); it must be a mail address") }
    webhookTLS = trust("webhook.trust", setting)
    gatewayTLS = trust("gateway.trust", setting)
    webhookPolicy = AddressPolicy(allowing: ranges(setting))
    readGateways(setting)
    if let host = setting("smtp.host"), let tls = trust("smtp.trust", setting, protocols: []), let address {
      let client = SMTPClient(
        host: host, port: setting("smtp.port").flatMap { Int($0) } ?? 587,
        security: setting("smtp.security").flatMap { SMTPSecurity(rawValue: $0) } ?? .starttls, tls: tls,
        credentials: credentials(setting), helloName: setting("smtp.hello") ?? ProcessInfo.processInfo.hostName)
      mail = MailChannel(client: client, sender: address)
    }
  }

  private mutating func trust(
    _ name: String, _ setting: (String) -> String?, protocols: [String] = ["http/1.1"]
  ) -> TrustedTLS? {
    do throws(TrustError) {
      return try TrustedTLS(file: setting(name), protocols: protocols)
    } catch {
      problems.append("\(name): \(error)")
      return nil
    }
  }

  private mutating func ranges(_ setting: (String) -> String?) -> [AddressRange] {
    let texts = (setting("webhook.allow") ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    return texts.compactMap { text in
      guard let range = AddressRange(text) else {
        problems.append("webhook.allow has \(text); it must be ranges such as 10.1.0.0/16, separated by commas")
        return nil
      }
      return range
    }
  }

  private mutating func credentials(_ setting: (String) -> String?) -> SMTPCredentials? {
    switch (setting("smtp.user"), setting("smtp.password-file")) {
    case (nil, nil): return nil
    case (let user?, let file?):
      guard let password = lines(file, "smtp.password-file").first,
        let credentials = SMTPCredentials(user: user, password: password)
      else {
        problems.append("smtp.user and smtp.password-file must have 1 to 255 bytes each, on one line")
        return nil
      }
      return credentials
    case (nil, _?), (_?, nil):
      problems.append("smtp.user and smtp.password-file go together")
      return nil
    }
  }

  private mutating func readGateways(_ setting: (String) -> String?) {
    let common = gateway("gateway", setting)
    for kind in Self.gatewayKinds { gateways[kind] = gateway("gateway.\(kind.rawValue)", setting) ?? common }
  }

  private mutating func gateway(_ name: String, _ setting: (String) -> String?) -> Gateway? {
    guard let url = setting("\(name).url") else {
      if setting("\(name).secret-file") != nil { problems.append("\(name).secret-file needs \(name).url") }
      return nil
    }
    guard let address = WebAddress(url) else {
      problems.append("\(name).url is \(url); it must be https://host[:port][/path]")
      return nil
    }
    let texts = setting("\(name).secret-file").map { lines($0, "\(name).secret-file") } ?? []
    let secrets = texts.compactMap { WebhookSecret($0) }
    guard (1...2).contains(secrets.count), secrets.count == texts.count else {
      problems.append("\(name).secret-file must name a file of one or two secrets, whsec_ and base64 of 24 to 64 bytes")
      return nil
    }
    return Gateway(address: address, secrets: secrets)
  }

  /// The lines of a file that hold something.
  private mutating func lines(_ path: String, _ name: String) -> [String] {
    guard let data = FileManager.default.contents(atPath: path), data.count <= 4_096 else {
      problems.append("\(name): \(path) cannot be read, or has more than 4096 bytes")
      return []
    }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }
}

extension ExtraSetting {
  init<Word: RawRepresentable & CaseIterable>(_ name: String, default word: Word) where Word.RawValue == String {
    self.init(name, default: word.rawValue, among: Word.allCases.map(\.rawValue))
  }
}
