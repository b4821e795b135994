-- The record, version 4: which articles are one story, and which events of different stories are one.
--
-- Both are worked out from what was read, when somebody asks, for the articles and events that were written since; the
-- same articles give the same links, in whatever order they came. signatures, text_pairs, story_links, blocks, links and
-- linked_events can be made again from the other tables at any time. A correction stands above a link: what an analyst
-- split or merged stays as he said.

ALTER TABLE articles ADD COLUMN credit VARCHAR;
COMMENT ON COLUMN articles.credit IS 'Who the page says the text comes from; null where it says nothing';
COMMENT ON COLUMN articles.story IS 'Key of the story it is a version of; near copies share it';

CREATE TABLE vectors (
    article VARCHAR NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    cue TINYINT[] NOT NULL,
    sentence TINYINT[] NOT NULL
);
COMMENT ON TABLE vectors IS 'What cue and sentence of a report are like; only the angle between two vectors of a kind means something';
COMMENT ON COLUMN vectors.article IS 'reports.article';
COMMENT ON COLUMN vectors.sequence IS 'reports.sequence';
COMMENT ON COLUMN vectors.cue IS 'Of the cue words: whole numbers from -127 to 127';
COMMENT ON COLUMN vectors.sentence IS 'Of the sentence';

CREATE TABLE unlinked (article VARCHAR NOT NULL);
COMMENT ON TABLE unlinked IS 'Articles written since the stories were worked out; empty in a record at rest';
COMMENT ON COLUMN unlinked.article IS 'articles.id';
INSERT INTO unlinked SELECT id FROM articles WHERE origin = 'read';

CREATE TABLE signatures (
    article VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    published DATE,
    bands BIGINT[] NOT NULL
);
COMMENT ON TABLE signatures IS 'The texts of articles, as copies of them are found by';
COMMENT ON COLUMN signatures.article IS 'articles.id';
COMMENT ON COLUMN signatures.key IS 'Key of its words as printed: verbatim copies share it';
COMMENT ON COLUMN signatures.story IS 'Key of its words in lower case: the story it would be by itself';
COMMENT ON COLUMN signatures.published IS 'articles.published';
COMMENT ON COLUMN signatures.bands IS 'MinHash bands: texts that share one are compared';

CREATE TABLE text_pairs (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    contained DOUBLE NOT NULL,
    covered DOUBLE NOT NULL,
    strange DOUBLE NOT NULL
);
COMMENT ON TABLE text_pairs IS 'Texts that were compared and are near copies';
COMMENT ON COLUMN text_pairs.one IS 'signatures.key';
COMMENT ON COLUMN text_pairs.other IS 'signatures.key of another text, later in the alphabet';
COMMENT ON COLUMN text_pairs.contained IS 'The share of the shorter text''s sequences of words that the other has too';
COMMENT ON COLUMN text_pairs.covered IS 'The same of the longer text''s';
COMMENT ON COLUMN text_pairs.strange IS 'The share of names and numbers that the other has not, of the text that has fewer of these';

CREATE TABLE story_links (
    article VARCHAR NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    copy_of VARCHAR,
    contained DOUBLE,
    covered DOUBLE,
    strange DOUBLE,
    source VARCHAR
);
COMMENT ON TABLE story_links IS 'The versions of stories that have more than one, in order of publication, and why each belongs to its story';
COMMENT ON COLUMN story_links.article IS 'articles.id';
COMMENT ON COLUMN story_links.number IS 'Place among the versions of its story, from 1';
COMMENT ON COLUMN story_links.copy_of IS 'The earlier version that it is most like; null of the first';
COMMENT ON COLUMN story_links.contained IS 'How like: see text_pairs';
COMMENT ON COLUMN story_links.covered IS 'How like: see text_pairs';
COMMENT ON COLUMN story_links.strange IS 'How like: see text_pairs';
COMMENT ON COLUMN story_links.source IS 'Whom the versions of the story credit; null where they credit nobody';

CREATE TABLE blocks (event VARCHAR NOT NULL, key VARCHAR NOT NULL, place INTEGER NOT NULL, lone BOOLEAN NOT NULL);
COMMENT ON TABLE blocks IS 'What events must share to be compared: a category, parties and a day';
COMMENT ON COLUMN blocks.event IS 'reports.event';
COMMENT ON COLUMN blocks.key IS 'A category with codes of parties, or with a story';
COMMENT ON COLUMN blocks.place IS 'A day, as its number from 1 January of year 1; 0 where the key says which days';
COMMENT ON COLUMN blocks.lone IS 'Whether it is compared with all of the block, not only with lone ones';

CREATE TABLE links (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    likeness DOUBLE NOT NULL CHECK (likeness BETWEEN 0 AND 1),
    same_story BOOLEAN NOT NULL,
    parties VARCHAR[] NOT NULL,
    days VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    cue DOUBLE,
    sentence DOUBLE,
    why VARCHAR NOT NULL,
    holds BOOLEAN NOT NULL DEFAULT false
);
COMMENT ON TABLE links IS 'Pairs of events, as read, that are likely one, and why';
COMMENT ON COLUMN links.one IS 'reports.event';
COMMENT ON COLUMN links.other IS 'reports.event of another one, later in the alphabet';
COMMENT ON COLUMN links.likeness IS 'How likely they are one event, 0 to 1';
COMMENT ON COLUMN links.same_story IS 'Whether versions of one story tell of both';
COMMENT ON COLUMN links.parties IS 'Codes of the parties that both name';
COMMENT ON COLUMN links.days IS 'same, near (a day apart, or one lies in the other''s stretch), unknown, or apart: versions of one story in the same words';
COMMENT ON COLUMN links.category IS 'The category of both';
COMMENT ON COLUMN links.place IS 'same, differs or unknown';
COMMENT ON COLUMN links.cue IS 'Cosine of their cues'' vectors';
COMMENT ON COLUMN links.sentence IS 'Cosine of their sentences'' vectors';
COMMENT ON COLUMN links.why IS 'The same in words';
COMMENT ON COLUMN links.holds IS 'Whether they are one event in the record; a likely pair may be kept apart by what else is known';

CREATE TABLE linked_events (event VARCHAR NOT NULL, becomes VARCHAR NOT NULL);
COMMENT ON TABLE linked_events IS 'Events, as read, that links make part of another';
COMMENT ON COLUMN linked_events.event IS 'reports.event';
COMMENT ON COLUMN linked_events.becomes IS 'The event it is part of: that of the earliest published of its reports';

COMMENT ON COLUMN regrouped.event IS 'The event they are given to, whatever links say';
COMMENT ON COLUMN merged_events.event IS 'reports.event, linked_events.becomes or regrouped.event';
COMMENT ON COLUMN stale.event IS 'reports.event, or an event that links made of several';
INSERT INTO stale SELECT DISTINCT r.event FROM reports r JOIN articles a ON a.id = r.article WHERE a.origin = 'read';

DROP VIEW event_reports;
CREATE VIEW event_reports AS
SELECT coalesce(m.becomes, g.event, l.becomes, r.event) AS event, r.article, r.sequence, r.id AS report
FROM reports r
LEFT JOIN linked_events l ON l.event = r.event
LEFT JOIN regrouped g ON g.article = r.article AND g.sequence = r.sequence
LEFT JOIN merged_events m ON m.event = coalesce(g.event, l.becomes, r.event);
COMMENT ON VIEW event_reports IS 'Which reports tell of which event, after links, splits and merges';
COMMENT ON COLUMN event_reports.event IS 'The event, after links, splits and merges';
COMMENT ON COLUMN event_reports.article IS 'reports.article';
COMMENT ON COLUMN event_reports.sequence IS 'reports.sequence';
COMMENT ON COLUMN event_reports.report IS 'reports.id';

DROP VIEW stories;
CREATE VIEW stories AS
SELECT a.story AS id, count(*) AS articles, min(a.published) AS first_published, count(DISTINCT a.outlet) AS outlets,
       coalesce(min(a.id) FILTER (v.number = 1), min(a.id)) AS first_article,
       coalesce(min(v.source), min(a.credit)) AS source
FROM articles a LEFT JOIN story_links v ON v.article = a.id
WHERE a.origin = 'read' GROUP BY a.story;
COMMENT ON VIEW stories IS 'Near copies of one text are one story; what was imported is none. source: whom its versions credit';
COMMENT ON COLUMN stories.id IS 'articles.story';
COMMENT ON COLUMN stories.articles IS 'How many versions were read';
COMMENT ON COLUMN stories.first_published IS 'Day of publication of the first version; null where none has one';
COMMENT ON COLUMN stories.outlets IS 'How many outlets printed it';
COMMENT ON COLUMN stories.first_article IS 'The first of its versions';
COMMENT ON COLUMN stories.source IS 'Whom its versions credit; null where they credit nobody';
