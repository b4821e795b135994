-- The record, version 1. Comments in the database are its data dictionary: see duckdb_tables(), duckdb_columns().
--
-- Every claim stands on words: starts and ends count Unicode code points of the article's text (its paragraphs'
-- texts joined by two line feeds), start inclusive, end exclusive, and the words themselves are kept beside them.
-- The length of the words must be the length of the span, so that a span without words, or words without a
-- span, cannot enter. There are no foreign keys: an article is replaced whole in one transaction, by one writer.

CREATE TABLE meta (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE meta IS 'What this file is: application, schema_version, created_by';
COMMENT ON COLUMN meta.key IS 'application, schema_version or created_by';
COMMENT ON COLUMN meta.value IS 'Its value, as text';

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
    fingerprint VARCHAR NOT NULL
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

CREATE TABLE paragraphs (
    article VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    role VARCHAR NOT NULL CHECK (role IN ('headline', 'standfirst', 'body', 'subhead', 'caption', 'quote')),
    starts INTEGER NOT NULL CHECK (starts >= 0),
    text VARCHAR NOT NULL,
    credit VARCHAR
);
COMMENT ON TABLE paragraphs IS 'The blocks of each article in page order';
COMMENT ON COLUMN paragraphs.article IS 'articles.id';
COMMENT ON COLUMN paragraphs.position IS 'Place in the article, from 0';
COMMENT ON COLUMN paragraphs.role IS 'What it is on the page';
COMMENT ON COLUMN paragraphs.starts IS 'Offset of its first character in the article''s text';
COMMENT ON COLUMN paragraphs.text IS 'Its text';
COMMENT ON COLUMN paragraphs.credit IS 'Credit of a caption';

CREATE TABLE entities (
    article VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('state', 'person', 'organisation', 'group', 'place', 'thing')),
    name VARCHAR NOT NULL,
    code VARCHAR,
    sector VARCHAR,
    other_sectors VARCHAR[] NOT NULL,
    aliases VARCHAR[] NOT NULL,
    wikidata_id VARCHAR
);
COMMENT ON TABLE entities IS 'Who and what each article names, as far as that article tells';
COMMENT ON COLUMN entities.article IS 'articles.id';
COMMENT ON COLUMN entities.position IS 'Place among the article''s entities, from 0';
COMMENT ON COLUMN entities.id IS 'Identifier; the same across articles for the same identity';
COMMENT ON COLUMN entities.kind IS 'state, person, organisation, group or place; thing: what an act is directed at that is none of these';
COMMENT ON COLUMN entities.name IS 'Fullest name';
COMMENT ON COLUMN entities.code IS 'ISO 3166-1 alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC';
COMMENT ON COLUMN entities.sector IS 'PLOVER sector of the main role';
COMMENT ON COLUMN entities.other_sectors IS 'PLOVER sectors of other roles';
COMMENT ON COLUMN entities.aliases IS 'Other names in the article';
COMMENT ON COLUMN entities.wikidata_id IS 'Wikidata item';

CREATE TABLE offices (
    article VARCHAR NOT NULL,
    entity VARCHAR NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    office VARCHAR NOT NULL,
    country VARCHAR,
    former BOOLEAN NOT NULL,
    since DATE,
    until DATE,
    starts INTEGER,
    ends INTEGER,
    words VARCHAR,
    CHECK ((starts IS NULL) = (ends IS NULL) AND (starts IS NULL) = (words IS NULL)),
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts)
);
COMMENT ON TABLE offices IS 'Offices that an article gives to a person';
COMMENT ON COLUMN offices.article IS 'articles.id';
COMMENT ON COLUMN offices.entity IS 'entities.id in the same article';
COMMENT ON COLUMN offices.position IS 'Place among the entity''s offices, from 0';
COMMENT ON COLUMN offices.office IS 'Name of the office';
COMMENT ON COLUMN offices.country IS 'Code of the country or body it belongs to';
COMMENT ON COLUMN offices.former IS 'Whether the article says it is no longer held';
COMMENT ON COLUMN offices.since IS 'First day it is known to be held';
COMMENT ON COLUMN offices.until IS 'Last day it is known to be held';
COMMENT ON COLUMN offices.starts IS 'Evidence: first character';
COMMENT ON COLUMN offices.ends IS 'Evidence: one past the last character';
COMMENT ON COLUMN offices.words IS 'Evidence: the words';

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
    when_basis VARCHAR CHECK (when_basis IN ('words', 'publication')),
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
    CHECK (when_basis IS NULL OR when_basis = 'publication' OR when_starts IS NOT NULL),
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
COMMENT ON COLUMN reports.when_basis IS 'words of the text, or the publication date only';
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

CREATE TABLE cues (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts)
);
COMMENT ON TABLE cues IS 'The words that say the act of a report';
COMMENT ON COLUMN cues.article IS 'reports.article';
COMMENT ON COLUMN cues.sequence IS 'reports.sequence';
COMMENT ON COLUMN cues.position IS 'Place among the report''s cues, from 0';
COMMENT ON COLUMN cues.starts IS 'First character';
COMMENT ON COLUMN cues.ends IS 'One past the last character';
COMMENT ON COLUMN cues.words IS 'The words';

CREATE TABLE attributions (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    listed BOOLEAN NOT NULL,
    parent INTEGER,
    kind VARCHAR NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed', 'document')),
    anonymous BOOLEAN NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    cue_starts INTEGER,
    cue_ends INTEGER,
    cue_words VARCHAR,
    CHECK (parent <> number),
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts),
    CHECK ((cue_starts IS NULL) = (cue_ends IS NULL) AND (cue_starts IS NULL) = (cue_words IS NULL)),
    CHECK (0 <= cue_starts AND cue_starts < cue_ends AND length(cue_words) = cue_ends - cue_starts)
);
COMMENT ON TABLE attributions IS 'On whose word a report stands; starts, ends and words are the content it covers';
COMMENT ON COLUMN attributions.article IS 'reports.article';
COMMENT ON COLUMN attributions.sequence IS 'reports.sequence';
COMMENT ON COLUMN attributions.number IS 'Number within the report, from 0; its sources are parties with this attribution';
COMMENT ON COLUMN attributions.listed IS 'Whether it is one of the report''s own, not only the parent of one';
COMMENT ON COLUMN attributions.parent IS 'Number of the attribution this one is nested in';
COMMENT ON COLUMN attributions.kind IS 'direct, indirect, mixed or document';
COMMENT ON COLUMN attributions.anonymous IS 'Whether the text keeps the source unnamed';
COMMENT ON COLUMN attributions.starts IS 'Content: first character';
COMMENT ON COLUMN attributions.ends IS 'Content: one past the last character';
COMMENT ON COLUMN attributions.words IS 'Content: the words';
COMMENT ON COLUMN attributions.cue_starts IS 'Cue: first character';
COMMENT ON COLUMN attributions.cue_ends IS 'Cue: one past the last character';
COMMENT ON COLUMN attributions.cue_words IS 'Cue: the words';

CREATE TABLE parties (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('actor', 'recipient', 'source')),
    attribution INTEGER,
    position INTEGER NOT NULL CHECK (position >= 0),
    entity VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    code VARCHAR,
    sector VARCHAR,
    office VARCHAR,
    text VARCHAR NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    CHECK ((role = 'source') = (attribution IS NOT NULL)),
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts)
);
COMMENT ON TABLE parties IS 'Who stands in a report: actors, recipients, and the sources of its attributions';
COMMENT ON COLUMN parties.article IS 'reports.article';
COMMENT ON COLUMN parties.sequence IS 'reports.sequence';
COMMENT ON COLUMN parties.role IS 'actor, recipient or source';
COMMENT ON COLUMN parties.attribution IS 'For a source: attributions.number';
COMMENT ON COLUMN parties.position IS 'Place among those of the same role, from 0';
COMMENT ON COLUMN parties.entity IS 'entities.id in the same article';
COMMENT ON COLUMN parties.name IS 'Name it was resolved to';
COMMENT ON COLUMN parties.code IS 'Country or non-state code';
COMMENT ON COLUMN parties.sector IS 'PLOVER sector';
COMMENT ON COLUMN parties.office IS 'Office named or known at this mention';
COMMENT ON COLUMN parties.text IS 'The mention as the coder gives it';
COMMENT ON COLUMN parties.starts IS 'First character';
COMMENT ON COLUMN parties.ends IS 'One past the last character';
COMMENT ON COLUMN parties.words IS 'The words';

CREATE TABLE quantities (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    value DOUBLE NOT NULL,
    unit VARCHAR,
    counted VARCHAR,
    text VARCHAR NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    words VARCHAR NOT NULL,
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts)
);
COMMENT ON TABLE quantities IS 'Numbers a report ties to its event';
COMMENT ON COLUMN quantities.article IS 'reports.article';
COMMENT ON COLUMN quantities.sequence IS 'reports.sequence';
COMMENT ON COLUMN quantities.position IS 'Place among the report''s quantities, from 0';
COMMENT ON COLUMN quantities.value IS 'The number';
COMMENT ON COLUMN quantities.unit IS 'Its unit';
COMMENT ON COLUMN quantities.counted IS 'What it counts';
COMMENT ON COLUMN quantities.text IS 'The expression as the coder gives it';
COMMENT ON COLUMN quantities.starts IS 'First character';
COMMENT ON COLUMN quantities.ends IS 'One past the last character';
COMMENT ON COLUMN quantities.words IS 'The words';

CREATE TABLE reasons (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    field VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    score DOUBLE CHECK (score BETWEEN 0 AND 1),
    starts INTEGER,
    ends INTEGER,
    words VARCHAR,
    CHECK ((starts IS NULL) = (ends IS NULL) AND (starts IS NULL) = (words IS NULL)),
    CHECK (0 <= starts AND starts < ends AND length(words) = ends - starts)
);
COMMENT ON TABLE reasons IS 'Why a field of a report has its value';
COMMENT ON COLUMN reasons.article IS 'reports.article';
COMMENT ON COLUMN reasons.sequence IS 'reports.sequence';
COMMENT ON COLUMN reasons.position IS 'Place among the report''s reasons, from 0';
COMMENT ON COLUMN reasons.field IS 'The field it explains';
COMMENT ON COLUMN reasons.rule IS 'The rule or the head that set it';
COMMENT ON COLUMN reasons.score IS 'Its score, 0 to 1';
COMMENT ON COLUMN reasons.starts IS 'First character of its words';
COMMENT ON COLUMN reasons.ends IS 'One past their last character';
COMMENT ON COLUMN reasons.words IS 'The words it rests on';

CREATE TABLE failures (
    source VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    details VARCHAR NOT NULL
);
COMMENT ON TABLE failures IS 'Sources that could not be read, one row for each: the last failure';
COMMENT ON COLUMN failures.source IS 'The source as the user named it';
COMMENT ON COLUMN failures.kind IS 'Kind of failure';
COMMENT ON COLUMN failures.reason IS 'Why, in words';
COMMENT ON COLUMN failures.details IS 'Further facts, a JSON object';

CREATE TABLE corrections (
    event VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    was VARCHAR,
    now VARCHAR,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    made TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE corrections IS 'An analyst''s changes, kept beside what was read';
COMMENT ON COLUMN corrections.event IS 'reports.event';
COMMENT ON COLUMN corrections.field IS 'The field that was changed';
COMMENT ON COLUMN corrections.was IS 'What was read, as JSON';
COMMENT ON COLUMN corrections.now IS 'What the analyst says, as JSON';
COMMENT ON COLUMN corrections.who IS 'The analyst';
COMMENT ON COLUMN corrections.why IS 'The reason given';
COMMENT ON COLUMN corrections.made IS 'When it was made';

CREATE VIEW texts AS
SELECT a.id AS article, coalesce(p.text, '') AS text
FROM articles a
LEFT JOIN (SELECT article, string_agg(text, E'\n\n' ORDER BY position) AS text FROM paragraphs GROUP BY article) p
ON p.article = a.id;
COMMENT ON VIEW texts IS 'The text of each article, in which all offsets count';

CREATE VIEW stories AS
SELECT story AS id, count(*) AS articles, min(published) AS first_published, count(DISTINCT outlet) AS outlets
FROM articles GROUP BY story;
COMMENT ON VIEW stories IS 'Copies of one text are one story';

CREATE VIEW event_reports AS SELECT event, article, sequence, id AS report FROM reports;
COMMENT ON VIEW event_reports IS 'Which reports tell of which event';

CREATE VIEW events AS
SELECT r.event AS id, min(r.category) AS category, min(r.when_start) AS first_day, count(*) AS reports,
       count(DISTINCT a.story) AS stories, min(r.article) AS first_article,
       bool_or(r.event IN (SELECT event FROM corrections)) AS corrected
FROM reports r JOIN articles a ON a.id = r.article
GROUP BY r.event;
COMMENT ON VIEW events IS 'What happened, as far as its reports agree; stories counts independent texts';

CREATE VIEW claims AS
SELECT article, sequence, 'sentence' AS what, starts, ends, words FROM reports
UNION ALL SELECT article, sequence, 'when', when_starts, when_ends, when_words FROM reports WHERE when_starts IS NOT NULL
UNION ALL SELECT article, sequence, 'where', where_starts, where_ends, where_words FROM reports WHERE where_name IS NOT NULL
UNION ALL SELECT article, sequence, 'cue', starts, ends, words FROM cues
UNION ALL SELECT article, sequence, role, starts, ends, words FROM parties
UNION ALL SELECT article, sequence, 'content', starts, ends, words FROM attributions
UNION ALL SELECT article, sequence, 'attribution cue', cue_starts, cue_ends, cue_words FROM attributions
          WHERE cue_starts IS NOT NULL
UNION ALL SELECT article, sequence, 'quantity', starts, ends, words FROM quantities
UNION ALL SELECT article, sequence, 'reason', starts, ends, words FROM reasons WHERE starts IS NOT NULL
UNION ALL SELECT article, NULL, 'office', starts, ends, words FROM offices WHERE starts IS NOT NULL;
COMMENT ON VIEW claims IS 'Every span of the record with its words';
