-- Intake's own tables. tenant_id comes first in every key and index, so that the database can be distributed by it.
-- The service's role gets what its rules need and no more: what is only ever added cannot be changed.

CREATE DOMAIN phone_number AS text CHECK (VALUE ~ '^\+[1-9][0-9]{2,14}$');
CREATE DOMAIN mail_address_or_none AS text CHECK (octet_length(VALUE) <= 254);
CREATE DOMAIN ticket_state AS text CHECK (VALUE IN ('open', 'dispatched', 'resolved', 'closed'));
CREATE DOMAIN ticket_handling AS text CHECK (VALUE IN ('tracked', 'best-effort'));
CREATE DOMAIN ticket_resolution AS text CHECK (VALUE IN ('fixed', 'workaround', 'unresolved', 'cancelled'));
CREATE DOMAIN reopening_count AS bigint CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN message_direction AS text CHECK (VALUE IN ('from-customer', 'to-customer', 'third-party', 'internal'));
CREATE DOMAIN long_text AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 65536);
CREATE DOMAIN work_mode AS text CHECK (VALUE IN ('helpdesk', 'telephone', 'remote', 'onsite'));
CREATE DOMAIN visit_kind AS text CHECK (VALUE IN ('dispatch', 'appointment', 'maintenance'));
CREATE DOMAIN attempt_kind AS text CHECK (VALUE IN ('ticket', 'sign-up', 'change', 'renewal'));
CREATE DOMAIN mailbox_address AS text CHECK (octet_length(VALUE) BETWEEN 3 AND 254);
CREATE DOMAIN mail_message_id AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 998);
CREATE DOMAIN mail_subject AS text CHECK (octet_length(VALUE) <= 200);
CREATE DOMAIN mail_outcome AS text CHECK (VALUE IN ('opened', 'continued', 'answered', 'refused', 'ignored'));
CREATE DOMAIN mail_byte_count AS bigint CHECK (VALUE BETWEEN 0 AND 10485760);
CREATE DOMAIN mail_piece AS bytea CHECK (octet_length(VALUE) BETWEEN 1 AND 262144);
CREATE DOMAIN mail_part_place AS bigint CHECK (VALUE BETWEEN 1 AND 14);
CREATE DOMAIN mail_part AS bytea CHECK (octet_length(VALUE) BETWEEN 1 AND 786432);
CREATE DOMAIN call_report_number AS bigint CHECK (VALUE BETWEEN 1 AND 100);
CREATE DOMAIN call_answer AS text CHECK (VALUE IN ('none', 'person', 'voicemail', 'refused'));
CREATE DOMAIN call_outcome AS text CHECK (VALUE IN ('opened', 'continued', 'refused'));

CREATE TABLE accounts (
  tenant_id             uuid                 NOT NULL,
  account_id            uuid                 NOT NULL,
  name                  short_text           NOT NULL,
  region                text                 NOT NULL,
  has_maintenance_plan  boolean              NOT NULL,
  assessment            jsonb                NOT NULL,
  assessment_override   text,
  agreement_id          uuid,
  plan_version          digest,
  agreement_signed_at   timestamptz,
  purchased_at          timestamptz,
  tier                  text,
  agreed_at             timestamptz,
  agreement_ends_at     timestamptz,
  agreement_ended_at    timestamptz,
  bought                jsonb                NOT NULL,
  unkept                jsonb                NOT NULL,
  maintenance_visit_id  uuid,
  created_at            timestamptz          NOT NULL,
  version               positive             NOT NULL,
  language              language_tag_or_none NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, account_id),
  CHECK ((agreement_id IS NULL) = (plan_version IS NULL) AND (agreement_id IS NULL) = (agreement_signed_at IS NULL))
);
GRANT SELECT, INSERT, UPDATE ON accounts TO :service_role;

CREATE TABLE subsidiaries (
  tenant_id      uuid        NOT NULL,
  subsidiary_id  uuid        NOT NULL,
  account_id     uuid        NOT NULL,
  name           short_text  NOT NULL,
  region         text        NOT NULL,
  added_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subsidiary_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id)
);
CREATE INDEX subsidiaries_of_account ON subsidiaries (tenant_id, account_id, subsidiary_id);
GRANT SELECT, INSERT ON subsidiaries TO :service_role;

CREATE TABLE hotlines (
  tenant_id   uuid         NOT NULL,
  number      phone_number NOT NULL,
  account_id  uuid         NOT NULL,
  PRIMARY KEY (tenant_id, number),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id)
);
-- Across tenants, for a number that is dialled says whose it is: the kit answers a violation as "exists already".
CREATE UNIQUE INDEX hotline_of_installation ON hotlines (number);
CREATE INDEX hotlines_of_account ON hotlines (tenant_id, account_id, number);
GRANT SELECT, INSERT ON hotlines TO :service_role;

CREATE TABLE contacts (
  tenant_id     uuid                 NOT NULL,
  contact_id    uuid                 NOT NULL,
  account_id    uuid                 NOT NULL,
  name          short_text           NOT NULL,
  fixed_phone   text                 NOT NULL,
  mobile_phone  text                 NOT NULL,
  email         mail_address_or_none NOT NULL,
  appointed_at  timestamptz          NOT NULL,
  ended_at      timestamptz,
  replaces      uuid,
  PRIMARY KEY (tenant_id, contact_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id),
  FOREIGN KEY (tenant_id, replaces) REFERENCES contacts (tenant_id, contact_id)
);
CREATE INDEX contacts_of_account ON contacts (tenant_id, account_id, contact_id);
CREATE UNIQUE INDEX contacts_replaced_once ON contacts (tenant_id, replaces) WHERE replaces IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON contacts TO :service_role;

CREATE TABLE assets (
  tenant_id             uuid        NOT NULL,
  asset_id              uuid        NOT NULL,
  account_id            uuid        NOT NULL,
  name                  short_text  NOT NULL,
  category              text        NOT NULL,
  platform              text        NOT NULL,
  is_private            boolean     NOT NULL,
  consent_document      text        NOT NULL,
  consent_withdrawn_at  timestamptz,
  is_inventoried        boolean     NOT NULL,
  registered_at         timestamptz NOT NULL,
  retired_at            timestamptz,
  PRIMARY KEY (tenant_id, asset_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id)
);
CREATE INDEX assets_of_account ON assets (tenant_id, account_id, asset_id);
GRANT SELECT, INSERT, UPDATE ON assets TO :service_role;

CREATE TABLE tickets (
  tenant_id               uuid            NOT NULL,
  ticket_id               uuid            NOT NULL,
  number                  positive        NOT NULL,
  account_id              uuid            NOT NULL,
  subsidiary_id           uuid,
  contact_id              uuid,
  caller                  text            NOT NULL,
  asset_id                uuid,
  subject                 short_text      NOT NULL,
  channel                 text            NOT NULL,
  category                text            NOT NULL,
  class                   text            NOT NULL,
  incident                text            NOT NULL,
  state                   ticket_state    NOT NULL,
  plan_version            digest          NOT NULL,
  opened_at               timestamptz     NOT NULL,
  -- what was known when it was admitted: a line for each fact
  facts                   text            NOT NULL,
  handling                ticket_handling NOT NULL,
  -- since when the promises count: of a ticket that was split off, as those of the first do
  promised_at             timestamptz     NOT NULL CHECK (promised_at <= opened_at),
  acknowledged_at         timestamptz,
  contacted_at            timestamptz,
  heard_at                timestamptz,
  summoned_at             timestamptz,
  raised_at               timestamptz,
  work_begun_at           timestamptz,
  dispatched_at           timestamptz,
  attended_at             timestamptz,
  resolved_at             timestamptz,
  closed_at               timestamptz,
  resolution              ticket_resolution,
  resolved_by_helpdesk    boolean         NOT NULL,
  earlier_ticket_id       uuid,
  earlier_closed_at       timestamptz,
  earlier_has_same_asset  boolean         NOT NULL,
  maintenance_visit_id    uuid,
  quote_id                uuid,
  targets                 jsonb           NOT NULL,
  consents                jsonb           NOT NULL,
  beyond_consent          jsonb           NOT NULL,
  relations               jsonb           NOT NULL,
  moved_work              jsonb           NOT NULL,
  parts                   jsonb           NOT NULL,
  warnings                jsonb           NOT NULL,
  found                   text            NOT NULL,
  pauses                  jsonb           NOT NULL,
  misuse                  jsonb,
  closures                jsonb           NOT NULL,
  -- calls that the notifier is told of
  calls                   jsonb           NOT NULL,
  -- work that somebody has begun and not ended
  running                 jsonb           NOT NULL,
  -- the stretches before the present one
  stretches               jsonb           NOT NULL,
  charges                 jsonb,
  reopened                reopening_count NOT NULL,
  reopened_at             timestamptz,
  stopped_at              timestamptz,
  call_at                 timestamptz,
  version                 positive        NOT NULL,
  PRIMARY KEY (tenant_id, ticket_id),
  UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id),
  FOREIGN KEY (tenant_id, subsidiary_id) REFERENCES subsidiaries (tenant_id, subsidiary_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, contact_id),
  FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, asset_id),
  CHECK ((state IN ('resolved', 'closed')) = (resolution IS NOT NULL)),
  CHECK ((resolved_at IS NULL) = (resolution IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX tickets_of_account ON tickets (tenant_id, account_id, ticket_id);
CREATE INDEX tickets_in_state ON tickets (tenant_id, state, ticket_id);
CREATE INDEX tickets_repeated ON tickets (tenant_id, account_id, asset_id, incident, ticket_id)
  WHERE closed_at IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON tickets TO :service_role;

CREATE TABLE ticket_messages (
  tenant_id   uuid              NOT NULL,
  ticket_id   uuid              NOT NULL,
  message_id  uuid              NOT NULL,
  direction   message_direction NOT NULL,
  channel     text              NOT NULL,
  author      text              NOT NULL,
  text        long_text         NOT NULL,
  posted_at   timestamptz       NOT NULL,
  PRIMARY KEY (tenant_id, ticket_id, message_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id)
);
GRANT SELECT, INSERT ON ticket_messages TO :service_role;

CREATE TABLE work_records (
  tenant_id    uuid        NOT NULL,
  work_id      uuid        NOT NULL,
  ticket_id    uuid        NOT NULL,
  mode         work_mode   NOT NULL,
  engineer     text        NOT NULL,
  started_at   timestamptz NOT NULL,
  ended_at     timestamptz NOT NULL CHECK (ended_at > started_at),
  note         text        NOT NULL,
  recorded_at  timestamptz NOT NULL,
  stretch      bigint      NOT NULL,
  moved_from   uuid,
  PRIMARY KEY (tenant_id, work_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id)
);
CREATE INDEX work_of_ticket ON work_records (tenant_id, ticket_id, work_id);
GRANT SELECT, INSERT ON work_records TO :service_role;

CREATE TABLE visits (
  tenant_id     uuid        NOT NULL,
  visit_id      uuid        NOT NULL,
  account_id    uuid        NOT NULL,
  ticket_id     uuid,
  kind          visit_kind  NOT NULL,
  engineer      text        NOT NULL,
  planned_at    timestamptz,
  arrived_at    timestamptz,
  departed_at   timestamptz CHECK (departed_at IS NULL OR departed_at >= arrived_at),
  cancelled_at  timestamptz CHECK (cancelled_at IS NULL OR arrived_at IS NULL),
  stretch       bigint      NOT NULL,
  PRIMARY KEY (tenant_id, visit_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id),
  CHECK ((kind = 'maintenance') = (ticket_id IS NULL))
);
CREATE INDEX visits_for_ticket ON visits (tenant_id, ticket_id, visit_id);
CREATE INDEX visits_to_account ON visits (tenant_id, account_id, visit_id);
GRANT SELECT, INSERT, UPDATE ON visits TO :service_role;

CREATE TABLE attempts (
  tenant_id     uuid         NOT NULL,
  attempt_id    uuid         NOT NULL,
  account_id    uuid,
  caller        text         NOT NULL,
  channel       text         NOT NULL,
  subject       text         NOT NULL,
  attempted_at  timestamptz  NOT NULL,
  findings      jsonb        NOT NULL,
  asked         attempt_kind NOT NULL,
  record        jsonb,
  PRIMARY KEY (tenant_id, attempt_id),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id)
);
CREATE INDEX attempts_of_account ON attempts (tenant_id, account_id, attempt_id);
GRANT SELECT, INSERT ON attempts TO :service_role;

-- By what contacts are known when they write or call.
CREATE TABLE contact_ways (
  tenant_id   uuid NOT NULL,
  way         text NOT NULL,
  contact_id  uuid NOT NULL,
  account_id  uuid NOT NULL,
  PRIMARY KEY (tenant_id, way, contact_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, contact_id)
);
GRANT SELECT, INSERT ON contact_ways TO :service_role;

-- Addresses at which the tenant takes mail; the operator gives each to one tenant.
CREATE TABLE mailboxes (
  tenant_id     uuid            NOT NULL,
  address       mailbox_address NOT NULL,
  plan_version  digest          NOT NULL,
  set_at        timestamptz     NOT NULL,
  PRIMARY KEY (tenant_id, address)
);
-- Across tenants, for an address says whose a mail is: the kit answers a violation as "exists already".
CREATE UNIQUE INDEX mailbox_of_installation ON mailboxes (address);
CREATE INDEX mailboxes_of_plan ON mailboxes (tenant_id, plan_version, address);
GRANT SELECT, INSERT, UPDATE, DELETE ON mailboxes TO :service_role;

-- Mails that were taken, by their Message-ID, so that the same one does not open a second ticket.
CREATE TABLE mails (
  tenant_id    uuid                 NOT NULL,
  message_id   mail_message_id      NOT NULL,
  mail_id      uuid                 NOT NULL,
  ticket_id    uuid,
  account_id   uuid,
  sender       mail_address_or_none NOT NULL,
  subject      mail_subject         NOT NULL,
  recipients   jsonb                NOT NULL,
  outcome      mail_outcome         NOT NULL,
  reason       text                 NOT NULL,
  answered     boolean              NOT NULL,
  byte_count   mail_byte_count      NOT NULL,
  attachments  jsonb                NOT NULL,
  taken_at     timestamptz          NOT NULL,
  PRIMARY KEY (tenant_id, message_id),
  UNIQUE (tenant_id, mail_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id)
);
CREATE INDEX mails_of_ticket ON mails (tenant_id, ticket_id, mail_id);
GRANT SELECT, INSERT ON mails TO :service_role;

-- The originals of mails, in pieces that follow each other.
CREATE TABLE mail_pieces (
  tenant_id  uuid       NOT NULL,
  mail_id    uuid       NOT NULL,
  place      positive   NOT NULL,
  bytes      mail_piece NOT NULL,
  PRIMARY KEY (tenant_id, mail_id, place),
  FOREIGN KEY (tenant_id, mail_id) REFERENCES mails (tenant_id, mail_id)
);
GRANT SELECT, INSERT ON mail_pieces TO :service_role;

-- Parts of mails that are longer than one request, until they are delivered.
CREATE TABLE mail_parts (
  tenant_id  uuid            NOT NULL,
  upload_id  uuid            NOT NULL,
  place      mail_part_place NOT NULL,
  bytes      mail_part       NOT NULL,
  PRIMARY KEY (tenant_id, upload_id, place)
);
GRANT SELECT, INSERT, DELETE ON mail_parts TO :service_role;

-- What gateways reported of calls to the desk.
CREATE TABLE calls (
  tenant_id            uuid               NOT NULL,
  call_id              short_text         NOT NULL,
  report               call_report_number NOT NULL,
  call_report_id       uuid               NOT NULL,
  dialled              text               NOT NULL,
  caller               text               NOT NULL,
  digits               text               NOT NULL,
  answer               call_answer,
  answered_by          text               NOT NULL,
  voicemail_seconds    bigint,
  voicemail_reference  text,
  account_id           uuid,
  contact_id           uuid,
  ticket_id            uuid,
  outcome              call_outcome       NOT NULL,
  reason               text               NOT NULL,
  reported_at          timestamptz        NOT NULL,
  PRIMARY KEY (tenant_id, call_id, report),
  UNIQUE (tenant_id, call_report_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id)
);
CREATE INDEX calls_of_ticket ON calls (tenant_id, ticket_id, call_report_id);
GRANT SELECT, INSERT ON calls TO :service_role;

-- How many answers a writer had lately.
CREATE TABLE mail_senders (
  tenant_id      uuid        NOT NULL,
  address        text        NOT NULL,
  hour_began_at  timestamptz NOT NULL,
  in_hour        bigint      NOT NULL,
  day_began_at   timestamptz NOT NULL,
  in_day         bigint      NOT NULL,
  PRIMARY KEY (tenant_id, address)
);
GRANT SELECT, INSERT, UPDATE ON mail_senders TO :service_role;
