import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

/// A customer as the tests need one: an account with two contacts, an asset, and an agreement on the Flexi-IT plan.
struct Customer {
  var account: Data
  var contact: Data
  var asset: Data
  var agreement: Data

  /// Signs a customer up through the wire and waits until every service knows.
  static func sign(_ installation: Installation, _ tenant: TenantID, packages: UInt32) async throws -> Customer {
    let sales = try installation.client("sales", tenant: tenant)
    let admin = try installation.client("admin", tenant: tenant)
    let plan = try Data(contentsOf: Installation.root.appending(path: "Shared/Plans/flexi-it.yaml"))
    let version = try await admin.publishPlan(Array(plan))

    let account = try await sales.intake.accountCreate(
      .with {
        $0.name = "Kopi Trading"; $0.region = "SG"; $0.maintenancePlan = true
      }
    ).account.id
    var contacts: [Data] = []
    for name in ["Mei Tan", "Ravi Pillai"] {
      contacts.append(
        try await sales.intake.contactAppoint(
          .with {
            $0.accountID = account
            $0.name = name
            $0.fixedPhone = "+6561000001"
            $0.mobilePhone = "+6581000001"
            $0.email = "\(name.split(separator: " ")[0].lowercased())@kopi.example"
          }
        ).contact.id)
    }
    let asset = try await sales.intake.assetRegister(
      .with {
        $0.accountID = account; $0.name = "PC-01"; $0.category = "desktop"; $0.platform = "windows"
      }
    ).asset.id
    _ = try await admin.intake.assessmentRecord(
      .with {
        $0.accountID = account
        $0.items = ["site", "machines", "specifications", "software", "diagrams"]
      })
    let agreement = try await sales.ledger.agreementSign(
      .with {
        $0.accountID = account; $0.planVersion = version.version
      }
    ).agreement.id
    _ = try await sales.ledger.packagePurchase(
      .with {
        $0.agreementID = agreement
        $0.package = "flexi-600"
        $0.quantity = packages
        $0.paid = 60_000 * Int64(packages)
        $0.reference = "first purchase"
      })
    try await sales.settle()
    await sales.close()
    await admin.close()
    return Customer(account: account, contact: contacts[0], asset: asset, agreement: agreement)
  }

  /// A charge of 10 credits: something that the helpdesk resolved.
  static func helpdeskCharge(_ agreement: Data) -> ChargePostRequest {
    .with {
      $0.agreementID = agreement
      $0.text = "Password reset"
      $0.task = .with { task in
        task.minutes = 10
        task.overrideReason = "no ticket"
        task.facts = [
          .with {
            $0.name = "mode"; $0.text = "helpdesk"
          },
          .with {
            $0.name = "resolved"; $0.flag = true
          },
        ]
      }
    }
  }

  /// A charge of 50 credits: an hour on site at a desktop.
  func visit() -> ChargePostRequest {
    .with {
      $0.agreementID = agreement
      $0.text = "A new desktop"
      $0.task.minutes = 60
      $0.task.facts = ["mode": "onsite", "category": "desktop"].sorted { $0.key < $1.key }.map { fact in
        .with {
          $0.name = fact.key
          $0.text = fact.value
        }
      }
    }
  }

  func ticket(_ subject: String) -> TicketOpenRequest {
    .with {
      $0.accountID = account
      $0.contactID = contact
      $0.assetID = asset
      $0.subject = subject
      $0.channel = "telephone"
      $0.category = "desktop"
    }
  }
}
