import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Callout_V1_Account {
  /// An account as the wire shows it.
  init(_ view: AccountView) {
    self.init()
    let account = view.account
    id = account.id.data
    name = account.name
    region = account.region
    maintenancePlan = account.hasMaintenancePlan
    assessment = account.assessment
    assessmentOverride = account.assessmentOverride ?? ""
    subsidiaries = view.subsidiaries.map(Callout_V1_Subsidiary.init)
    hotlines = view.hotlines.map(\.number)
    version = UInt64(account.version)
    createdMs = account.createdAt.milliseconds
    unkept = account.unkept
    language = account.language?.tag ?? ""
    agreementState = "none"
    guard let agreement = account.agreement else { return }
    let standing: AgreementView.Standing = agreement.endedAt == nil ? .active : .lapsed
    agreementState = standing.rawValue
    tier = agreement.tier
    if standing == .active {
      planVersion = .init(agreement.planVersion.bytes)
      purchasedMs = agreement.purchasedAt.milliseconds
    }
  }
}

extension Callout_V1_Subsidiary {
  /// A subsidiary as the wire shows it.
  init(_ subsidiary: Subsidiary) {
    self.init()
    id = subsidiary.id.data
    name = subsidiary.name
    region = subsidiary.region
    addedMs = subsidiary.addedAt.milliseconds
  }
}

extension Callout_V1_Contact {
  /// A contact as the wire shows it.
  init(_ contact: Contact) {
    self.init()
    id = contact.id.data
    accountID = contact.accountID.data
    name = contact.name
    fixedPhone = contact.fixedPhone
    mobilePhone = contact.mobilePhone
    email = contact.email
    appointedMs = contact.appointedAt.milliseconds
    endedMs = contact.endedAt.milliseconds
    replaces = contact.replaces.data()
  }
}

extension Callout_V1_Asset {
  /// An asset as the wire shows it.
  init(_ asset: Asset) {
    self.init()
    id = asset.id.data
    accountID = asset.accountID.data
    name = asset.name
    category = asset.category
    platform = asset.platform
    privateDevice = asset.isPrivate
    consentDocument = asset.consentDocument
    consentWithdrawnMs = asset.consentWithdrawnAt.milliseconds
    inventoried = asset.isInventoried
    registeredMs = asset.registeredAt.milliseconds
    retiredMs = asset.retiredAt.milliseconds
  }
}
