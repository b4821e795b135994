-- The record, version 2: what an analyst corrects, what is imported, and one row an event for questions.
--
-- A correction is a row that is never changed but for undone_by and dangling. Its anchors say which statements it is about, in
-- terms that a newer coder cannot change: the article, whose text its id is made from, and the characters of the cues.
-- regrouped, merged_events, entity_changes and applied are worked out from the corrections that hold, and facts from
-- everything; all five can be made again from the other tables at any time.
-- articles and reports are made anew, since DuckDB cannot change a constraint.

ALTER TABLE articles RENAME TO articles_1;
CREATE TABLE articles (
    id VARCHAR PRIMARY KEY,
    title VARCHAR,
    url VARCHAR,
    outlet VARCHAR,
    byline VARCHAR,
    published DATE,
    published_basis VARCHAR NOT NULL CHECK (published_basis IN ('page', 'given', 'feed', 'unknown')),
    language VARCHAR,
    version VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    length INTEGER NOT NULL CHECK (length >= 0),
    fingerprint VARCHAR NOT NULL,
    origin VARCHAR NOT NULL DEFAULT 'read' CHECK (origin <> '')
);
COMMENT ON TABLE articles IS 'One published text each, as it was last read';
COMMENT ON COLUMN articles.id IS 'Identifier of the article';
COMMENT ON COLUMN articles.title IS 'Headline, if the page has one';
COMMENT ON COLUMN articles.url IS 'Address it was read from';
COMMENT ON COLUMN articles.outlet IS 'Who published it';
COMMENT ON COLUMN articles.byline IS 'Who wrote it, as the page says';
COMMENT ON COLUMN articles.published IS 'Day of publication; null where nothing tells it';
COMMENT ON COLUMN articles.published_basis IS 'What tells the day: page, given (by the user), feed, unknown';
COMMENT ON COLUMN articles.language IS 'ISO 639-1 code';
COMMENT ON COLUMN articles.version IS 'The coder and data that made the reading';
COMMENT ON COLUMN articles.story IS 'Key of the story: copies of one text share it';
COMMENT ON COLUMN articles.length IS 'Length of the text in code points';
COMMENT ON COLUMN articles.fingerprint IS 'Hash of the whole reading: the same reading is not written twice';
COMMENT ON COLUMN articles.origin IS 'read: by Dragoman itself; else the format it was imported from, and then it is no independent report';
INSERT INTO articles SELECT *, 'read' FROM articles_1;
DROP TABLE articles_1;

ALTER TABLE reports RENAME TO reports_1;
CREATE TABLE reports (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    id VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    modes VARCHAR[] NOT NULL,
    contexts VARCHAR[] NOT NULL,
    auxiliary VARCHAR[] NOT NULL,
    about VARCHAR[] NOT NULL,
    cue_text VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    when_start DATE,
    when_end DATE,
    when_precision VARCHAR CHECK (when_precision IN ('day', 'week', 'month', 'year', 'decade', 'unknown')),
    when_basis VARCHAR CHECK (when_basis IN ('words', 'publication', 'analyst')),
    when_starts INTEGER,
    when_ends INTEGER,
    when_words VARCHAR,
    where_name VARCHAR,
    where_code VARCHAR,
    where_latitude DOUBLE CHECK (where_latitude BETWEEN -90 AND 90),
    where_longitude DOUBLE CHECK (where_longitude BETWEEN -180 AND 180),
    where_geonameid BIGINT,
    where_precision VARCHAR CHECK (where_precision IN ('country', 'region', 'city', 'unknown')),
    where_starts INTEGER,
    where_ends INTEGER,
    where_words VARCHAR,
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts),
    CHECK ((when_start IS NULL) = (when_end IS NULL) AND (when_start IS NULL) = (when_precision IS NULL)
           AND (when_start IS NULL) = (when_basis IS NULL)),
    CHECK (when_start <= when_end),
    CHECK ((when_starts IS NULL) = (when_ends IS NULL) AND (when_starts IS NULL) = (when_words IS NULL)),
    CHECK (when_basis IS NULL OR when_basis <> 'words' OR when_starts IS NOT NULL),
    CHECK (when_starts IS NULL OR when_start IS NOT NULL),
    CHECK (0 <= when_starts AND when_starts < when_ends AND length(when_words) = when_ends - when_starts),
    CHECK ((where_name IS NULL) = (where_starts IS NULL) AND (where_name IS NULL) = (where_ends IS NULL)
           AND (where_name IS NULL) = (where_words IS NULL) AND (where_name IS NULL) = (where_precision IS NULL)),
    CHECK (0 <= where_starts AND where_starts < where_ends AND length(where_words) = where_ends - where_starts)
);
COMMENT ON TABLE reports IS 'One article''s statement of one event; starts, ends and words are its sentence';
COMMENT ON COLUMN reports.article IS 'articles.id';
COMMENT ON COLUMN reports.sequence IS 'Place among the article''s reports, from 0, in text order';
COMMENT ON COLUMN reports.id IS 'Identifier of the report';
COMMENT ON COLUMN reports.event IS 'Identifier of the event it tells of';
COMMENT ON COLUMN reports.category IS 'PLOVER event category';
COMMENT ON COLUMN reports.modes IS 'PLOVER modes';
COMMENT ON COLUMN reports.contexts IS 'PLOVER contexts';
COMMENT ON COLUMN reports.auxiliary IS 'Auxiliary modes; empty: it happened, and it is the news';
COMMENT ON COLUMN reports.about IS 'Codes of third parties that the act concerns';
COMMENT ON COLUMN reports.cue_text IS 'The cue words';
COMMENT ON COLUMN reports.confidence IS 'How sure the coder is, 0 to 1';
COMMENT ON COLUMN reports.starts IS 'Sentence: first character';
COMMENT ON COLUMN reports.ends IS 'Sentence: one past the last character';
COMMENT ON COLUMN reports.words IS 'Sentence: the words';
COMMENT ON COLUMN reports.when_start IS 'First day it can have been; null where nothing fixes it';
COMMENT ON COLUMN reports.when_end IS 'Last day it can have been';
COMMENT ON COLUMN reports.when_precision IS 'day, week, month, year, decade or unknown';
COMMENT ON COLUMN reports.when_basis IS 'words of the text, the publication date only, or the word of an analyst';
COMMENT ON COLUMN reports.when_starts IS 'Time expression: first character';
COMMENT ON COLUMN reports.when_ends IS 'Time expression: one past the last character';
COMMENT ON COLUMN reports.when_words IS 'Time expression: the words';
COMMENT ON COLUMN reports.where_name IS 'Place; null where nothing names it';
COMMENT ON COLUMN reports.where_code IS 'ISO 3166-1 alpha-3 of its country';
COMMENT ON COLUMN reports.where_latitude IS 'Degrees north, WGS 84';
COMMENT ON COLUMN reports.where_longitude IS 'Degrees east, WGS 84';
COMMENT ON COLUMN reports.where_geonameid IS 'GeoNames identifier';
COMMENT ON COLUMN reports.where_precision IS 'country, region, city or unknown';
COMMENT ON COLUMN reports.where_starts IS 'Place: first character';
COMMENT ON COLUMN reports.where_ends IS 'Place: one past the last character';
COMMENT ON COLUMN reports.where_words IS 'Place: the words';
INSERT INTO reports SELECT * FROM reports_1;
DROP TABLE reports_1;

ALTER TABLE corrections RENAME TO corrections_1;
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    kind VARCHAR NOT NULL CHECK (kind IN ('field', 'reject', 'restore', 'split', 'merge', 'split_entity',
                                          'merge_entities', 'undo')),
    target VARCHAR NOT NULL,
    field VARCHAR,
    was VARCHAR,
    now VARCHAR,
    who VARCHAR NOT NULL CHECK (who <> ''),
    why VARCHAR NOT NULL CHECK (why <> ''),
    made TIMESTAMPTZ NOT NULL,
    undone_by INTEGER,
    dangling BOOLEAN NOT NULL DEFAULT false,
    CHECK ((kind = 'field') = (field IS NOT NULL))
);
COMMENT ON TABLE corrections IS 'An analyst''s changes in the order they were made, kept beside what was read';
COMMENT ON COLUMN corrections.id IS 'Number of the correction, from 1';
COMMENT ON COLUMN corrections.kind IS 'field, reject, restore, split, merge (events), split_entity, merge_entities, undo';
COMMENT ON COLUMN corrections.target IS 'The event or entity it was made to, by its id then; of an undo, the number of the correction';
COMMENT ON COLUMN corrections.field IS 'The field that was changed: category, modes, contexts, auxiliary, when, where, actors, recipients, about';
COMMENT ON COLUMN corrections.was IS 'What the record said before, as JSON';
COMMENT ON COLUMN corrections.now IS 'What the analyst says, as JSON';
COMMENT ON COLUMN corrections.who IS 'The analyst';
COMMENT ON COLUMN corrections.why IS 'The reason given';
COMMENT ON COLUMN corrections.made IS 'When it was made';
COMMENT ON COLUMN corrections.undone_by IS 'Number of the undo that took it back; null where it holds';
COMMENT ON COLUMN corrections.dangling IS 'Whether what it is about is not in the record as it is read now';
INSERT INTO corrections
SELECT row_number() OVER (ORDER BY made, event, field, now), 'field', event,
       CASE field WHEN 'event' THEN 'category' WHEN 'mode' THEN 'modes' WHEN 'context' THEN 'contexts'
       WHEN 'auxiliary_mode' THEN 'auxiliary' WHEN 'actor' THEN 'actors' WHEN 'recipient' THEN 'recipients' ELSE field END,
       was, now, coalesce(nullif(who, ''), 'unknown'), coalesce(nullif(why, ''), 'not said'), made, NULL,
       event NOT IN (SELECT event FROM reports)
FROM corrections_1;
DROP TABLE corrections_1;

CREATE TABLE anchors (
    correction INTEGER NOT NULL,
    part INTEGER NOT NULL CHECK (part >= 0),
    article VARCHAR NOT NULL,
    cue_starts INTEGER[] NOT NULL,
    cue_ends INTEGER[] NOT NULL,
    party_starts INTEGER[] NOT NULL,
    category VARCHAR NOT NULL,
    siblings INTEGER NOT NULL,
    sequence INTEGER
);
COMMENT ON TABLE anchors IS 'The statements that a correction of an event is about, found again after every reading';
COMMENT ON COLUMN anchors.correction IS 'corrections.id';
COMMENT ON COLUMN anchors.part IS '0: the event itself, or the reports split off; from 1: the events merged into it, or the reports that stayed';
COMMENT ON COLUMN anchors.article IS 'articles.id';
COMMENT ON COLUMN anchors.cue_starts IS 'First characters of the cues when the correction was made';
COMMENT ON COLUMN anchors.cue_ends IS 'One past the last characters of the cues';
COMMENT ON COLUMN anchors.party_starts IS 'First characters of the actors and recipients';
COMMENT ON COLUMN anchors.category IS 'The category as it was read';
COMMENT ON COLUMN anchors.siblings IS 'How many other reports of the article shared a cue with it';
COMMENT ON COLUMN anchors.sequence IS 'reports.sequence of the report that makes the statement now; null where none does';
INSERT INTO anchors
SELECT c.id, 0, r.article,
       (SELECT coalesce(list(q.starts ORDER BY q.position), []) FROM cues q WHERE q.article = r.article AND q.sequence = r.sequence),
       (SELECT coalesce(list(q.ends ORDER BY q.position), []) FROM cues q WHERE q.article = r.article AND q.sequence = r.sequence),
       (SELECT coalesce(list(DISTINCT p.starts ORDER BY p.starts), []) FROM parties p
        WHERE p.article = r.article AND p.sequence = r.sequence AND p.role <> 'source'),
       r.category,
       (SELECT count(DISTINCT o.sequence) FROM cues q JOIN cues o ON o.article = q.article AND o.sequence <> q.sequence
        AND o.starts < q.ends AND q.starts < o.ends WHERE q.article = r.article AND q.sequence = r.sequence),
       r.sequence
FROM corrections c JOIN reports r ON r.event = c.target;

CREATE TABLE regrouped (article VARCHAR NOT NULL, sequence INTEGER NOT NULL, event VARCHAR NOT NULL);
COMMENT ON TABLE regrouped IS 'Reports that a split gave to another event than the one they were read as';
COMMENT ON COLUMN regrouped.article IS 'reports.article';
COMMENT ON COLUMN regrouped.sequence IS 'reports.sequence';
COMMENT ON COLUMN regrouped.event IS 'The event they are given to';

CREATE TABLE merged_events (event VARCHAR NOT NULL, becomes VARCHAR NOT NULL);
COMMENT ON TABLE merged_events IS 'Events that a merge made part of another';
COMMENT ON COLUMN merged_events.event IS 'reports.event or regrouped.event';
COMMENT ON COLUMN merged_events.becomes IS 'The event it is part of';

CREATE TABLE entity_changes (article VARCHAR, entity VARCHAR NOT NULL, becomes VARCHAR NOT NULL, name VARCHAR);
COMMENT ON TABLE entity_changes IS 'Entities that are another: in one article after a split, everywhere after a merge';
COMMENT ON COLUMN entity_changes.article IS 'articles.id; null: in every article without a row of its own';
COMMENT ON COLUMN entity_changes.entity IS 'entities.id as it was read';
COMMENT ON COLUMN entity_changes.becomes IS 'The id it stands under';
COMMENT ON COLUMN entity_changes.name IS 'The name a split gave it; null: the one that was read';

CREATE TABLE applied (event VARCHAR NOT NULL, correction INTEGER NOT NULL);
COMMENT ON TABLE applied IS 'Which corrections hold for which event';
COMMENT ON COLUMN applied.event IS 'The event, after splits and merges';
COMMENT ON COLUMN applied.correction IS 'corrections.id';
INSERT INTO applied SELECT DISTINCT r.event, c.id FROM corrections c JOIN reports r ON r.event = c.target;

CREATE TABLE stale (event VARCHAR NOT NULL);
COMMENT ON TABLE stale IS 'Events, as read, whose row of facts is not up to date; empty in a record at rest';
COMMENT ON COLUMN stale.event IS 'reports.event';
INSERT INTO stale SELECT DISTINCT event FROM reports;

CREATE TABLE facts (
    event VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    quad VARCHAR,
    score DOUBLE,
    goldstein DOUBLE,
    cameo VARCHAR,
    modes VARCHAR[] NOT NULL,
    contexts VARCHAR[] NOT NULL,
    auxiliary VARCHAR[] NOT NULL,
    actors VARCHAR[] NOT NULL,
    recipients VARCHAR[] NOT NULL,
    actor_entities VARCHAR[] NOT NULL,
    recipient_entities VARCHAR[] NOT NULL,
    about VARCHAR[] NOT NULL,
    when_start DATE,
    when_end DATE,
    when_precision VARCHAR,
    where_name VARCHAR,
    where_code VARCHAR,
    where_latitude DOUBLE,
    where_longitude DOUBLE,
    confidence DOUBLE NOT NULL,
    reports INTEGER NOT NULL,
    stories INTEGER NOT NULL,
    outlets VARCHAR[] NOT NULL,
    voices VARCHAR[] NOT NULL,
    sources VARCHAR[] NOT NULL,
    imported BOOLEAN NOT NULL,
    corrected BOOLEAN NOT NULL,
    rejected BOOLEAN NOT NULL,
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    cue_text VARCHAR NOT NULL,
    words VARCHAR NOT NULL
);
COMMENT ON TABLE facts IS 'One row an event, as the report tells it that speaks for it, corrections applied; made from the other tables';
COMMENT ON COLUMN facts.event IS 'Identifier of the event, after splits and merges';
COMMENT ON COLUMN facts.category IS 'PLOVER event category';
COMMENT ON COLUMN facts.quad IS 'PLOVER quad class: verbal_cooperation, material_cooperation, verbal_conflict, material_conflict; null for a category of no PLOVER';
COMMENT ON COLUMN facts.score IS 'PLOVER score of the category, or of its mode: -10 conflict to 10 cooperation';
COMMENT ON COLUMN facts.goldstein IS 'Goldstein value of the CAMEO code, -10 to 10';
COMMENT ON COLUMN facts.cameo IS 'The nearest CAMEO code';
COMMENT ON COLUMN facts.modes IS 'PLOVER modes';
COMMENT ON COLUMN facts.contexts IS 'PLOVER contexts';
COMMENT ON COLUMN facts.auxiliary IS 'Auxiliary modes; empty: it happened, and it is the news';
COMMENT ON COLUMN facts.actors IS 'Codes of the actors, sorted, each once';
COMMENT ON COLUMN facts.recipients IS 'Codes of the recipients, sorted, each once';
COMMENT ON COLUMN facts.actor_entities IS 'entities.id of the actors, after splits and merges, sorted';
COMMENT ON COLUMN facts.recipient_entities IS 'entities.id of the recipients, after splits and merges, sorted';
COMMENT ON COLUMN facts.about IS 'Codes of third parties that the act concerns';
COMMENT ON COLUMN facts.when_start IS 'First day it can have been; null where nothing fixes it';
COMMENT ON COLUMN facts.when_end IS 'Last day it can have been';
COMMENT ON COLUMN facts.when_precision IS 'day, week, month, year, decade or unknown';
COMMENT ON COLUMN facts.where_name IS 'Place; null where nothing names it';
COMMENT ON COLUMN facts.where_code IS 'ISO 3166-1 alpha-3 of its country';
COMMENT ON COLUMN facts.where_latitude IS 'Degrees north, WGS 84';
COMMENT ON COLUMN facts.where_longitude IS 'Degrees east, WGS 84';
COMMENT ON COLUMN facts.confidence IS 'How sure the coder is, 0 to 1; what an analyst corrected has no other';
COMMENT ON COLUMN facts.reports IS 'How many reports tell of it, copies included';
COMMENT ON COLUMN facts.stories IS 'How many independent texts that Dragoman read tell of it; 0: known from imports only';
COMMENT ON COLUMN facts.outlets IS 'Who published its reports, sorted';
COMMENT ON COLUMN facts.voices IS 'On whose word, sorted: own (the report''s), named, anonymous';
COMMENT ON COLUMN facts.sources IS 'entities.id of those on whose word it stands, sorted';
COMMENT ON COLUMN facts.imported IS 'Whether no report of it was read by Dragoman itself';
COMMENT ON COLUMN facts.corrected IS 'Whether a correction holds for it';
COMMENT ON COLUMN facts.rejected IS 'Whether an analyst says that it is no event; questions leave it out unless asked';
COMMENT ON COLUMN facts.article IS 'reports.article of the report that speaks for it';
COMMENT ON COLUMN facts.sequence IS 'reports.sequence of the report that speaks for it';
COMMENT ON COLUMN facts.cue_text IS 'Its cue words';
COMMENT ON COLUMN facts.words IS 'Its sentence';

DROP VIEW event_reports;
CREATE VIEW event_reports AS
SELECT coalesce(m.becomes, g.event, r.event) AS event, r.article, r.sequence, r.id AS report
FROM reports r
LEFT JOIN regrouped g ON g.article = r.article AND g.sequence = r.sequence
LEFT JOIN merged_events m ON m.event = coalesce(g.event, r.event);
COMMENT ON VIEW event_reports IS 'Which reports tell of which event, after splits and merges';

DROP VIEW stories;
CREATE VIEW stories AS
SELECT story AS id, count(*) AS articles, min(published) AS first_published, count(DISTINCT outlet) AS outlets
FROM articles WHERE origin = 'read' GROUP BY story;
COMMENT ON VIEW stories IS 'Copies of one text are one story; what was imported is none';

DROP VIEW events;
CREATE VIEW events AS
SELECT event AS id, category, when_start AS first_day, reports, stories, article AS first_article, corrected, rejected
FROM facts;
COMMENT ON VIEW events IS 'What happened, as far as its reports agree; stories counts independent texts';

COMMENT ON COLUMN claims.article IS 'articles.id';
COMMENT ON COLUMN claims.sequence IS 'reports.sequence; null for an office';
COMMENT ON COLUMN claims.what IS 'sentence, when, where, cue, actor, recipient, source, content, attribution cue, quantity, reason or office';
COMMENT ON COLUMN claims.starts IS 'First character';
COMMENT ON COLUMN claims.ends IS 'One past the last character';
COMMENT ON COLUMN claims.words IS 'The words';
COMMENT ON COLUMN texts.article IS 'articles.id';
COMMENT ON COLUMN texts.text IS 'The paragraphs'' texts, joined by two line feeds';
COMMENT ON COLUMN event_reports.event IS 'The event, after splits and merges';
COMMENT ON COLUMN event_reports.article IS 'reports.article';
COMMENT ON COLUMN event_reports.sequence IS 'reports.sequence';
COMMENT ON COLUMN event_reports.report IS 'reports.id';
COMMENT ON COLUMN stories.id IS 'articles.story';
COMMENT ON COLUMN stories.articles IS 'How many copies were read';
COMMENT ON COLUMN stories.first_published IS 'Day of publication of the first copy; null where none has one';
COMMENT ON COLUMN stories.outlets IS 'How many outlets printed it';
COMMENT ON COLUMN events.id IS 'facts.event';
COMMENT ON COLUMN events.category IS 'facts.category';
COMMENT ON COLUMN events.first_day IS 'facts.when_start';
COMMENT ON COLUMN events.reports IS 'facts.reports';
COMMENT ON COLUMN events.stories IS 'facts.stories';
COMMENT ON COLUMN events.first_article IS 'facts.article';
COMMENT ON COLUMN events.corrected IS 'facts.corrected';
COMMENT ON COLUMN events.rejected IS 'facts.rejected';
