-- Notifier: what intake told of tickets and accounts, people and rotas, clocks, escalations and deliveries.

CREATE DOMAIN ticket_state AS text CHECK (VALUE IN ('open', 'dispatched', 'resolved', 'closed'));
CREATE DOMAIN person_handle AS text CHECK (octet_length(VALUE) <= 64);
CREATE DOMAIN rota_name AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 64);
CREATE DOMAIN clock_state AS text CHECK (VALUE IN ('running', 'paused', 'met', 'missed', 'cancelled'));
CREATE DOMAIN escalation_state AS text CHECK (VALUE IN ('running', 'acknowledged', 'stopped', 'exhausted'));
CREATE DOMAIN message_text AS text CHECK (octet_length(VALUE) <= 16384);
CREATE DOMAIN endpoint_name AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 40);
CREATE DOMAIN message_address AS text CHECK (octet_length(VALUE) <= 254);
CREATE DOMAIN delivery_cause AS text CHECK (VALUE IN ('escalation', 'notice', 'bundle', 'answer'));
CREATE DOMAIN message_html AS text CHECK (octet_length(VALUE) <= 131072);
CREATE DOMAIN delivery_state AS text CHECK (VALUE IN ('waiting', 'held', 'sent', 'failed', 'merged', 'withdrawn'));
CREATE DOMAIN call_answer AS text CHECK (VALUE IN ('none', 'person', 'voicemail', 'refused'));
CREATE DOMAIN template_subject AS text CHECK (octet_length(VALUE) <= 500);
CREATE DOMAIN template_html AS text CHECK (octet_length(VALUE) <= 65536);

-- A ticket as intake told it last; `surveys` is a list of {"closedMs", "askMs", "asked"}, one for each closure that is asked
-- about.
CREATE TABLE tickets (
  tenant_id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  number positive NOT NULL,
  account_id uuid NOT NULL,
  subject text NOT NULL,
  account_name text NOT NULL,
  contact_name text NOT NULL,
  class text NOT NULL,
  state ticket_state NOT NULL,
  plan_version digest NOT NULL,
  opened_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  contacted_at timestamptz,
  heard_at timestamptz,
  summoned_at timestamptz,
  surveys jsonb NOT NULL,
  calls_taken bigint NOT NULL,
  PRIMARY KEY (tenant_id, ticket_id)
) WITH (fillfactor = 70);

-- An account as intake told it last; `contacts` is a list of {"id", "name", "email"}, `plan` and `plan_version` the plan that it
-- has agreed to, and `end_told` the end of the product's life that it was told of: yyyy-mm-dd, or nothing.
CREATE TABLE accounts (
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL,
  name text NOT NULL,
  contacts jsonb NOT NULL,
  plan text NOT NULL,
  plan_version digest,
  end_told text NOT NULL,
  language language_tag_or_none NOT NULL,
  PRIMARY KEY (tenant_id, account_id)
);
CREATE INDEX accounts_by_end ON accounts (tenant_id, plan, end_told, account_id);

-- A plan that was published, and what it says of the end of its product's life: yyyy-mm-dd, or nothing. The highest id of a plan
-- holds.
CREATE TABLE product_ends (
  tenant_id uuid NOT NULL,
  end_id uuid NOT NULL,
  plan text NOT NULL,
  plan_version digest NOT NULL,
  on_day text NOT NULL,
  PRIMARY KEY (tenant_id, end_id)
);
CREATE INDEX product_ends_by_plan ON product_ends (tenant_id, plan, end_id);

-- Someone who can be told; `methods` is a list of {"kind", "address"} in order of preference, `handle` what plans name the
-- person by, or nothing.
CREATE TABLE people (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  handle person_handle NOT NULL,
  name short_text NOT NULL,
  methods jsonb NOT NULL,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
CREATE UNIQUE INDEX people_by_handle ON people (tenant_id, handle) WHERE handle <> '';

-- Who is on duty when, as it holds since `since_at`; `layers` is a list of {"name", "zone", "handover", "turnDays", "startsMs",
-- "endsMs", "people", "hours"}, the lowest first. `warned` is a list of {"fromMs", "toMs", "repeated"}: the uncovered times ahead that
-- the desk was warned of.
CREATE TABLE rotas (
  tenant_id uuid NOT NULL,
  rota_id uuid NOT NULL,
  name rota_name NOT NULL,
  layers jsonb NOT NULL,
  since_at timestamptz NOT NULL,
  warned jsonb NOT NULL,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, rota_id),
  UNIQUE (tenant_id, name)
);

-- A version of a rota that held from `from_at` up to `to_at`. Insert-only.
CREATE TABLE rota_pasts (
  tenant_id uuid NOT NULL,
  rota_id uuid NOT NULL,
  version positive NOT NULL,
  rota_name text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  layers jsonb NOT NULL,
  PRIMARY KEY (tenant_id, rota_id, version),
  FOREIGN KEY (tenant_id, rota_id) REFERENCES rotas,
  CHECK (from_at < to_at)
);
CREATE INDEX rota_pasts_by_name ON rota_pasts (tenant_id, rota_name, to_at);

-- Someone takes a rota's duty from `from_at` up to `to_at`.
CREATE TABLE rota_overrides (
  tenant_id uuid NOT NULL,
  override_id uuid NOT NULL,
  rota_id uuid NOT NULL,
  rota_name text NOT NULL,
  person_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (tenant_id, override_id),
  FOREIGN KEY (tenant_id, rota_id) REFERENCES rotas,
  FOREIGN KEY (tenant_id, person_id) REFERENCES people,
  CHECK (from_at < to_at)
);
CREATE INDEX rota_overrides_by_rota ON rota_overrides (tenant_id, rota_name, override_id);

-- A clock for each target of a ticket, with the target's ladder or nothing; and one for the next word to the customer.
CREATE TABLE sla_clocks (
  tenant_id uuid NOT NULL,
  clock_id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  ticket_number bigint NOT NULL,
  target text NOT NULL,
  ladder text NOT NULL,
  round positive NOT NULL,
  state clock_state NOT NULL,
  paused_reason text NOT NULL,
  due_at timestamptz NOT NULL,
  counted_from timestamptz,
  ladder_at timestamptz,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, clock_id),
  UNIQUE (tenant_id, ticket_id, target),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets,
  CHECK ((ended_at IS NULL) = (state IN ('running', 'paused')))
) WITH (fillfactor = 70);
CREATE INDEX sla_clocks_by_state ON sla_clocks (tenant_id, state, clock_id);

-- What a clock went through: how it stood from each instant on, and why. Insert-only.
CREATE TABLE sla_clock_events (
  tenant_id uuid NOT NULL,
  clock_id uuid NOT NULL,
  number positive NOT NULL,
  at timestamptz NOT NULL,
  state clock_state NOT NULL,
  due_at timestamptz NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (tenant_id, clock_id, number),
  FOREIGN KEY (tenant_id, clock_id) REFERENCES sla_clocks
);

-- A run of a ladder: exactly one for a promise of a target. `heard` is what became of the latest step that told someone.
CREATE TABLE escalations (
  tenant_id uuid NOT NULL,
  escalation_id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  ticket_number bigint NOT NULL,
  target text NOT NULL,
  round positive NOT NULL,
  ladder text NOT NULL,
  plan_version digest NOT NULL,
  state escalation_state NOT NULL,
  taken not_negative NOT NULL,
  told not_negative NOT NULL,
  heard_step not_negative NOT NULL,
  heard_messages not_negative NOT NULL,
  heard_refused not_negative NOT NULL,
  heard_voicemails not_negative NOT NULL,
  started_at timestamptz NOT NULL,
  next_step_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text NOT NULL,
  expires_at timestamptz,
  expired_at timestamptz,
  events not_negative NOT NULL,
  ending text NOT NULL,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, escalation_id),
  UNIQUE (tenant_id, ticket_id, target, round),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets,
  CHECK (next_step_at IS NULL OR state = 'running'),
  CHECK ((acknowledged_at IS NULL) = (state <> 'acknowledged')),
  CHECK (expires_at IS NULL OR state = 'acknowledged')
) WITH (fillfactor = 70);
CREATE INDEX escalations_by_state ON escalations (tenant_id, state, escalation_id);

-- A step that a run has taken. Insert-only.
CREATE TABLE escalation_steps (
  tenant_id uuid NOT NULL,
  escalation_id uuid NOT NULL,
  number positive NOT NULL,
  place positive NOT NULL,
  at timestamptz NOT NULL,
  deliveries not_negative NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (tenant_id, escalation_id, number),
  FOREIGN KEY (tenant_id, escalation_id) REFERENCES escalations
);

-- What happened to a run beside its steps. Insert-only.
CREATE TABLE escalation_events (
  tenant_id uuid NOT NULL,
  escalation_id uuid NOT NULL,
  number positive NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (tenant_id, escalation_id, number),
  FOREIGN KEY (tenant_id, escalation_id) REFERENCES escalations
);

-- Something that a customer should be told, or the desk itself where there is no account; `facts` is a RowFact of the schema.
CREATE TABLE notices (
  tenant_id uuid NOT NULL,
  notice_id uuid NOT NULL,
  account_id uuid,
  ticket_id uuid,
  kind text NOT NULL,
  subject text NOT NULL,
  text message_text NOT NULL,
  facts bytea NOT NULL,
  at timestamptz NOT NULL,
  late boolean NOT NULL,
  deliveries not_negative NOT NULL,
  PRIMARY KEY (tenant_id, notice_id)
);
CREATE INDEX notices_by_account ON notices (tenant_id, account_id, notice_id);
CREATE INDEX notices_waiting ON notices (tenant_id, account_id, notice_id) WHERE deliveries = 0;

-- Messages to one address that wait together until `until_at`, because of a clause of the plan, notices with
-- others of their kind.
CREATE TABLE bundles (
  tenant_id uuid NOT NULL,
  bundle_id uuid NOT NULL,
  recipient text NOT NULL,
  method text NOT NULL,
  address text NOT NULL,
  clause text NOT NULL,
  until_at timestamptz NOT NULL,
  messages not_negative NOT NULL,
  PRIMARY KEY (tenant_id, bundle_id)
);
CREATE INDEX bundles_by_recipient ON bundles (tenant_id, recipient, bundle_id);

-- Where a tenant's own system takes messages, and the keys that they are signed with.
CREATE TABLE webhook_endpoints (
  tenant_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  name endpoint_name NOT NULL,
  url message_address NOT NULL,
  secret text NOT NULL,
  earlier_secret text,
  earlier_until timestamptz,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, endpoint_id),
  UNIQUE (tenant_id, name),
  UNIQUE (tenant_id, url),
  CHECK ((earlier_secret IS NULL) = (earlier_until IS NULL))
);

-- A message to one address. `cause` is the escalation, the notice, the bundle or the answer to a mail that it is sent for;
-- `held_by` the clause that made it wait, or nothing; `carrier_id` the message that carries it. The claim belongs to the processes
-- that deliver, not to the rules: until then, one of them is at work on that attempt. `destination` says which messages go
-- the same way.
CREATE TABLE deliveries (
  tenant_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  cause_kind delivery_cause NOT NULL,
  cause_id uuid NOT NULL,
  step not_negative NOT NULL,
  person_id uuid,
  recipient text NOT NULL,
  method text NOT NULL,
  address message_address NOT NULL,
  subject text NOT NULL,
  text message_text NOT NULL,
  html message_html,
  template text NOT NULL,
  state delivery_state NOT NULL,
  is_ready boolean NOT NULL,
  attempts not_negative NOT NULL,
  created_at timestamptz NOT NULL,
  deadline timestamptz NOT NULL,
  destination text NOT NULL,
  answer call_answer,
  answered_at timestamptz,
  held_by text NOT NULL,
  held_until timestamptz,
  bundle_id uuid,
  carrier_id uuid,
  ticket_id uuid,
  -- identifiers of the messages before it, the one that it answers last
  reference_ids text NOT NULL,
  version positive NOT NULL,
  claimed_until timestamptz NOT NULL DEFAULT '-infinity',
  claimed_attempt bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, delivery_id),
  CHECK (state = 'waiting' OR NOT is_ready),
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK ((carrier_id IS NULL) = (state <> 'merged'))
) WITH (fillfactor = 70);
CREATE INDEX deliveries_by_cause ON deliveries (tenant_id, cause_id, delivery_id);
CREATE INDEX deliveries_by_bundle ON deliveries (tenant_id, bundle_id, delivery_id) WHERE state = 'held';
CREATE INDEX deliveries_by_carrier ON deliveries (tenant_id, carrier_id, delivery_id);
CREATE INDEX deliveries_by_state ON deliveries (tenant_id, state, delivery_id);
CREATE INDEX deliveries_ready ON deliveries (tenant_id, delivery_id) WHERE is_ready;

-- An attempt to deliver, and what came of it. Insert-only.
CREATE TABLE delivery_attempts (
  tenant_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  number positive NOT NULL,
  at timestamptz NOT NULL,
  succeeded boolean NOT NULL,
  outcome text NOT NULL,
  PRIMARY KEY (tenant_id, delivery_id, number),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries
);

-- A tenant's own words for a kind of message in a language: the draft, and the number of the edition in force, or 0.
CREATE TABLE templates (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  language language_tag NOT NULL,
  template_id uuid NOT NULL,
  subject template_subject NOT NULL,
  text message_text NOT NULL,
  html template_html NOT NULL,
  drafted_at timestamptz NOT NULL,
  published not_negative NOT NULL,
  version positive NOT NULL,
  PRIMARY KEY (tenant_id, kind, language),
  UNIQUE (tenant_id, template_id)
);

-- What was published of a template. Insert-only.
CREATE TABLE template_editions (
  tenant_id uuid NOT NULL,
  template_id uuid NOT NULL,
  number positive NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  html text NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  repeats not_negative NOT NULL CHECK (repeats < number),
  PRIMARY KEY (tenant_id, template_id, number),
  FOREIGN KEY (tenant_id, template_id) REFERENCES templates (tenant_id, template_id)
);

GRANT SELECT, INSERT, UPDATE ON templates TO :service_role;
GRANT SELECT, INSERT ON template_editions TO :service_role;
GRANT SELECT, INSERT, UPDATE ON tickets, accounts, people, rotas, sla_clocks, escalations, notices, deliveries
  TO :service_role;
GRANT SELECT, INSERT ON product_ends TO :service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON rota_overrides, bundles, webhook_endpoints TO :service_role;
GRANT SELECT, INSERT ON rota_pasts, sla_clock_events, escalation_steps, escalation_events, delivery_attempts TO :service_role;
