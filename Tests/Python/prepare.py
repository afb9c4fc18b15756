"""Signs a customer up on running services and writes what test_partner needs to the file that CALLOUT_PARTNER names.

Usage: prepare.py INTAKE LEDGER NOTIFIER, each host:port. The identities come from scripts/certs.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import common_pb2 as common
import intake_pb2 as intake
import ledger_pb2 as ledger
from callout_wire import Connection, text_of, uuid7

ADDRESSES = dict(zip(("intake", "ledger", "notifier"), sys.argv[1:4]))
CERTIFICATES = os.environ["CALLOUT_CERTS"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
TENANT_CREATE, PLAN_PUBLISH, PENDING_GET = 0x0001, 0x0004, 0x0009
ACCOUNT_CREATE, ASSESSMENT_RECORD, CONTACT_APPOINT, ASSET_REGISTER = 0x0101, 0x0106, 0x0107, 0x0109
AGREEMENT_SIGN, PACKAGE_PURCHASE = 0x0201, 0x0205


def connect(service, identity):
    host, port = ADDRESSES[service].rsplit(":", 1)
    path = f"{CERTIFICATES}/{identity}"
    return Connection((host, int(port)), service, f"{CERTIFICATES}/ca.pem", f"{path}.pem", f"{path}.key")


def settle(tenant):
    """Waits until no service has news for another."""
    for _ in range(600):
        waiting = 0
        for service in ADDRESSES:
            with connect(service, f"{text_of(tenant)}-admin-admin") as connection:
                reply = connection.call(PENDING_GET, common.PendingGetRequest(), common.PendingGetReply)
                waiting += reply.events_waiting + reply.timers_due
        if waiting == 0:
            return
        time.sleep(0.1)
    sys.exit("the services did not settle within a minute")


def main():
    tenant = uuid7()
    start = 1772503200000  # Tuesday 3 March 2026, 10:00 in Singapore: inside office hours
    for service in ADDRESSES:
        with connect(service, "operator") as connection:
            request = common.TenantCreateRequest(name="partner", test=True, clock_ms=start)
            connection.write(TENANT_CREATE, request, common.TenantCreateReply, tenant, tenant)
    identities = {}
    for role in ("desk", "sales", "admin"):
        subprocess.run(
            [ROOT / "scripts/certs", "tenant", text_of(tenant), role, role], check=True, stdout=subprocess.DEVNULL
        )
        identities[role] = f"{text_of(tenant)}-{role}-{role}"

    document = (ROOT / "Shared/Plans/flexi-it.yaml").read_bytes()
    for service in ADDRESSES:
        with connect(service, identities["admin"]) as connection:
            published = connection.write(
                PLAN_PUBLISH, common.PlanPublishRequest(document=document), common.PlanPublishReply
            )
    with connect("intake", identities["sales"]) as sales:
        account = sales.write(
            ACCOUNT_CREATE,
            intake.AccountCreateRequest(name="Kopi Trading", region="SG", maintenance_plan=True),
            intake.AccountCreateReply,
        ).account.id
        contacts = [
            sales.write(
                CONTACT_APPOINT,
                intake.ContactAppointRequest(
                    account_id=account,
                    name=name,
                    fixed_phone="+6561000001",
                    mobile_phone="+6581000001",
                    email="someone@kopi.example",
                ),
                intake.ContactAppointReply,
            ).contact.id
            for name in ("Mei Tan", "Ravi Pillai")
        ]
        asset = sales.write(
            ASSET_REGISTER,
            intake.AssetRegisterRequest(account_id=account, name="PC-01", category="desktop", platform="windows"),
            intake.AssetRegisterReply,
        ).asset.id
    with connect("ledger", identities["sales"]) as sales:
        agreement = sales.write(
            AGREEMENT_SIGN,
            ledger.AgreementSignRequest(account_id=account, plan_version=published.version.version),
            ledger.AgreementSignReply,
        ).agreement.id
        sales.write(
            PACKAGE_PURCHASE,
            ledger.PackagePurchaseRequest(agreement_id=agreement, package="flexi-600", quantity=1, paid=60_000),
            ledger.PackagePurchaseReply,
        )
    settle(tenant)
    with open(os.environ["CALLOUT_PARTNER"], "w") as file:
        json.dump(
            {
                **ADDRESSES,
                "certificates": CERTIFICATES,
                "identities": identities,
                "account": account.hex(),
                "contact": contacts[0].hex(),
                "asset": asset.hex(),
            },
            file,
            indent=2,
        )


if __name__ == "__main__":
    main()
