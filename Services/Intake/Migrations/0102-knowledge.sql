-- The knowledge base, the forum and the courses. They belong to the tenant and not to its customers: no row names an
-- account or an agreement.

-- Lets an index for words begin with tenant_id.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- The words of an article, by the rules of its language. Its title weighs most, then its tags. The cast is stable only
-- because somebody could drop a configuration of PostgreSQL's own: a CHECK below names them.
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

CREATE TABLE articles (
  tenant_id          uuid        NOT NULL,
  article_id         uuid        NOT NULL,
  kind               text        NOT NULL CHECK (kind IN ('information', 'procedure', 'change-log', 'resolution')),
  state              text        NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
  language           text        NOT NULL CHECK (language IN ('simple', 'arabic', 'armenian', 'basque', 'catalan', 'danish',
    'dutch', 'english', 'finnish', 'french', 'german', 'greek', 'hindi', 'hungarian', 'indonesian', 'irish', 'italian',
    'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish', 'swedish', 'tamil',
    'turkish', 'yiddish')),
  latest_edition     bigint      NOT NULL CHECK (latest_edition BETWEEN 1 AND 1000),
  published_edition  bigint      CHECK (published_edition BETWEEN 1 AND latest_edition),
  created_at         timestamptz NOT NULL,
  published_at       timestamptz,
  retired_at         timestamptz,
  version            bigint      NOT NULL CHECK (version >= 1),
  PRIMARY KEY (tenant_id, article_id),
  CHECK ((published_edition IS NULL) = (published_at IS NULL)),
  CHECK (state <> 'published' OR published_edition IS NOT NULL),
  CHECK ((state = 'retired') = (retired_at IS NOT NULL))
);
CREATE INDEX articles_by_language ON articles (tenant_id, language, state, article_id);
GRANT SELECT, INSERT, UPDATE ON articles TO :service_role;

-- An edition is never changed: a further one is written.
CREATE TABLE article_editions (
  tenant_id   uuid        NOT NULL,
  article_id  uuid        NOT NULL,
  edition     bigint      NOT NULL CHECK (edition BETWEEN 1 AND 1000),
  language    text        NOT NULL,
  title       text        NOT NULL CHECK (octet_length(title) BETWEEN 1 AND 200),
  tags        text        NOT NULL,
  body        text        NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 65536),
  author      text        NOT NULL,
  note        text        NOT NULL,
  written_at  timestamptz NOT NULL,
  words       tsvector    GENERATED ALWAYS AS (article_words(language, title, tags, body)) STORED,
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
  title        text        NOT NULL CHECK (octet_length(title) BETWEEN 1 AND 200),
  text         text        NOT NULL CHECK (octet_length(text) BETWEEN 1 AND 16384),
  author       text        NOT NULL,
  posted_by    text        NOT NULL,
  opened_at    timestamptz NOT NULL,
  replied_at   timestamptz,
  reply_count  bigint      NOT NULL CHECK (reply_count BETWEEN 0 AND 1000),
  is_hidden    boolean     NOT NULL,
  is_closed    boolean     NOT NULL,
  version      bigint      NOT NULL CHECK (version >= 1),
  PRIMARY KEY (tenant_id, topic_id)
);
GRANT SELECT, INSERT, UPDATE ON topics TO :service_role;

CREATE TABLE topic_replies (
  tenant_id  uuid        NOT NULL,
  reply_id   uuid        NOT NULL,
  topic_id   uuid        NOT NULL,
  text       text        NOT NULL CHECK (octet_length(text) BETWEEN 1 AND 16384),
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
  tenant_id      uuid        NOT NULL,
  topic_id       uuid        NOT NULL,
  moderation_id  uuid        NOT NULL,
  reply_id       uuid,
  action         text        NOT NULL CHECK (action IN ('hide', 'restore', 'close', 'reopen')),
  reason         text        NOT NULL CHECK (octet_length(reason) BETWEEN 1 AND 1000),
  moderator      text        NOT NULL,
  moderated_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, topic_id, moderation_id),
  FOREIGN KEY (tenant_id, topic_id) REFERENCES topics (tenant_id, topic_id),
  FOREIGN KEY (tenant_id, reply_id) REFERENCES topic_replies (tenant_id, reply_id)
);
GRANT SELECT, INSERT ON moderations TO :service_role;

CREATE TABLE courses (
  tenant_id   uuid        NOT NULL,
  course_id   uuid        NOT NULL,
  title       text        NOT NULL CHECK (octet_length(title) BETWEEN 1 AND 200),
  summary     text        NOT NULL CHECK (octet_length(summary) <= 1000),
  state       text        NOT NULL CHECK (state IN ('draft', 'published', 'retired')),
  lessons     jsonb       NOT NULL,
  created_at  timestamptz NOT NULL,
  version     bigint      NOT NULL CHECK (version >= 1),
  PRIMARY KEY (tenant_id, course_id)
);
GRANT SELECT, INSERT, UPDATE ON courses TO :service_role;

CREATE TABLE lessons (
  tenant_id   uuid        NOT NULL,
  lesson_id   uuid        NOT NULL,
  course_id   uuid        NOT NULL,
  title       text        NOT NULL CHECK (octet_length(title) BETWEEN 1 AND 200),
  text        text        NOT NULL CHECK (octet_length(text) BETWEEN 1 AND 65536),
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
