-- The knowledge base, the forum and the courses. They belong to the tenant and not to its customers: no row names an
-- account or an agreement.

-- Lets an index for words begin with tenant_id.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- The words of an article, by the rules of its language. Its title weighs most, then its tags. The cast is stable only
-- because somebody could drop a configuration of PostgreSQL's own: a domain below names them.
CREATE FUNCTION article_words(language text, title text, tags text, body text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN setweight(to_tsvector(('pg_catalog.' || language)::regconfig, title), 'A')
    || setweight(to_tsvector(('pg_catalog.' || language)::regconfig, tags), 'B')
    || setweight(to_tsvector(('pg_catalog.' || language)::regconfig, body), 'D');

-- Whether the words are what people look for, as they write it into a search box. One expression, so that the planner puts
-- it in the call's place and can use the index.
CREATE FUNCTION article_matches(words tsvector, language text, query text) RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN words @@ websearch_to_tsquery(('pg_catalog.' || language)::regconfig, query);

-- How well they match, 0 to 1,000,000.
CREATE FUNCTION article_rank(words tsvector, language text, query text) RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (ts_rank(words, websearch_to_tsquery(('pg_catalog.' || language)::regconfig, query)) * 1000000)::bigint;

-- The places of a text that match.
CREATE FUNCTION article_excerpt(body text, language text, query text) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN ts_headline(('pg_catalog.' || language)::regconfig, body,
    websearch_to_tsquery(('pg_catalog.' || language)::regconfig, query),
    'StartSel=⟦, StopSel=⟧, MaxFragments=2, MaxWords=25, MinWords=10, FragmentDelimiter=" … "');

CREATE DOMAIN article_kind AS text CHECK (VALUE IN ('information', 'procedure', 'change-log', 'resolution'));
CREATE DOMAIN publication_state AS text CHECK (VALUE IN ('draft', 'published', 'retired'));
CREATE DOMAIN article_language AS text
  CHECK (VALUE IN ('simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'english', 'finnish', 'french',
    'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian',
    'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil', 'turkish', 'yiddish'));
CREATE DOMAIN edition_number AS bigint CHECK (VALUE BETWEEN 1 AND 1000);
CREATE DOMAIN post_text AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 16384);
CREATE DOMAIN reply_count AS bigint CHECK (VALUE BETWEEN 0 AND 1000);
CREATE DOMAIN moderation_action AS text CHECK (VALUE IN ('hide', 'restore', 'close', 'reopen'));
CREATE DOMAIN moderation_reason AS text CHECK (octet_length(VALUE) BETWEEN 1 AND 1000);
CREATE DOMAIN course_summary AS text CHECK (octet_length(VALUE) <= 1000);

CREATE TABLE articles (
  tenant_id          uuid              NOT NULL,
  article_id         uuid              NOT NULL,
  kind               article_kind      NOT NULL,
  state              publication_state NOT NULL,
  language           article_language  NOT NULL,
  latest_edition     edition_number    NOT NULL,
  published_edition  bigint            CHECK (published_edition BETWEEN 1 AND latest_edition),
  created_at         timestamptz       NOT NULL,
  published_at       timestamptz,
  retired_at         timestamptz,
  version            positive          NOT NULL,
  PRIMARY KEY (tenant_id, article_id),
  CHECK ((published_edition IS NULL) = (published_at IS NULL)),
  CHECK (state <> 'published' OR published_edition IS NOT NULL),
  CHECK ((state = 'retired') = (retired_at IS NOT NULL))
);
CREATE INDEX articles_by_language ON articles (tenant_id, language, state, article_id);
GRANT SELECT, INSERT, UPDATE ON articles TO :service_role;

-- An edition is never changed: a further one is written.
CREATE TABLE article_editions (
  tenant_id   uuid           NOT NULL,
  article_id  uuid           NOT NULL,
  edition     edition_number NOT NULL,
  language    text           NOT NULL,
  title       short_text     NOT NULL,
  tags        text           NOT NULL,
  body        long_text      NOT NULL,
  author      text           NOT NULL,
  note        text           NOT NULL,
  written_at  timestamptz    NOT NULL,
  words       tsvector       GENERATED ALWAYS AS (article_words(language, title, tags, body)) STORED,
  PRIMARY KEY (tenant_id, article_id, edition),
  FOREIGN KEY (tenant_id, article_id) REFERENCES articles (tenant_id, article_id)
);
CREATE INDEX article_editions_by_word ON article_editions USING gin (tenant_id, words);
GRANT SELECT, INSERT ON article_editions TO :service_role;

CREATE TABLE article_links (
  tenant_id   uuid        NOT NULL,
  ticket_id   uuid        NOT NULL,
  article_id  uuid        NOT NULL,
  linked_by   text        NOT NULL,
  linked_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, ticket_id, article_id),
  FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets (tenant_id, ticket_id),
  FOREIGN KEY (tenant_id, article_id) REFERENCES articles (tenant_id, article_id)
);
GRANT SELECT, INSERT ON article_links TO :service_role;

CREATE TABLE topics (
  tenant_id    uuid        NOT NULL,
  topic_id     uuid        NOT NULL,
  title        short_text  NOT NULL,
  text         post_text   NOT NULL,
  author       text        NOT NULL,
  posted_by    text        NOT NULL,
  opened_at    timestamptz NOT NULL,
  replied_at   timestamptz,
  reply_count  reply_count NOT NULL,
  is_hidden    boolean     NOT NULL,
  is_closed    boolean     NOT NULL,
  version      positive    NOT NULL,
  PRIMARY KEY (tenant_id, topic_id)
);
GRANT SELECT, INSERT, UPDATE ON topics TO :service_role;

CREATE TABLE topic_replies (
  tenant_id  uuid        NOT NULL,
  reply_id   uuid        NOT NULL,
  topic_id   uuid        NOT NULL,
  text       post_text   NOT NULL,
  author     text        NOT NULL,
  posted_by  text        NOT NULL,
  posted_at  timestamptz NOT NULL,
  is_hidden  boolean     NOT NULL,
  PRIMARY KEY (tenant_id, reply_id),
  FOREIGN KEY (tenant_id, topic_id) REFERENCES topics (tenant_id, topic_id)
);
CREATE INDEX replies_of_topic ON topic_replies (tenant_id, topic_id, reply_id);
GRANT SELECT, INSERT, UPDATE ON topic_replies TO :service_role;

-- Who hid, restored, closed or reopened what, and why.
CREATE TABLE moderations (
  tenant_id      uuid              NOT NULL,
  topic_id       uuid              NOT NULL,
  moderation_id  uuid              NOT NULL,
  reply_id       uuid,
  action         moderation_action NOT NULL,
  reason         moderation_reason NOT NULL,
  moderator      text              NOT NULL,
  moderated_at   timestamptz       NOT NULL,
  PRIMARY KEY (tenant_id, topic_id, moderation_id),
  FOREIGN KEY (tenant_id, topic_id) REFERENCES topics (tenant_id, topic_id),
  FOREIGN KEY (tenant_id, reply_id) REFERENCES topic_replies (tenant_id, reply_id)
);
GRANT SELECT, INSERT ON moderations TO :service_role;

CREATE TABLE courses (
  tenant_id   uuid              NOT NULL,
  course_id   uuid              NOT NULL,
  title       short_text        NOT NULL,
  summary     course_summary    NOT NULL,
  state       publication_state NOT NULL,
  lessons     jsonb             NOT NULL,
  created_at  timestamptz       NOT NULL,
  version     positive          NOT NULL,
  PRIMARY KEY (tenant_id, course_id)
);
GRANT SELECT, INSERT, UPDATE ON courses TO :service_role;

CREATE TABLE lessons (
  tenant_id   uuid        NOT NULL,
  lesson_id   uuid        NOT NULL,
  course_id   uuid        NOT NULL,
  title       short_text  NOT NULL,
  text        long_text   NOT NULL,
  written_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, lesson_id),
  FOREIGN KEY (tenant_id, course_id) REFERENCES courses (tenant_id, course_id)
);
GRANT SELECT, INSERT, UPDATE ON lessons TO :service_role;

CREATE TABLE enrolments (
  tenant_id     uuid        NOT NULL,
  course_id     uuid        NOT NULL,
  learner       text        NOT NULL,
  enrolment_id  uuid        NOT NULL,
  contact_id    uuid,
  enrolled_at   timestamptz NOT NULL,
  done          jsonb       NOT NULL,
  completed_at  timestamptz,
  PRIMARY KEY (tenant_id, course_id, learner),
  FOREIGN KEY (tenant_id, course_id) REFERENCES courses (tenant_id, course_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, contact_id)
);
CREATE INDEX enrolments_of_course ON enrolments (tenant_id, course_id, enrolment_id);
GRANT SELECT, INSERT, UPDATE ON enrolments TO :service_role;
