-- The record, version 3: which documents were read, what of each source was left out, and what is watched.
--
-- Nothing here says anything of an event: these tables are what reading needs so that it can be stopped at any moment
-- and taken up again. A row of documents is written in the transaction that writes its article.

CREATE TABLE documents (
    id VARCHAR PRIMARY KEY,
    article VARCHAR NOT NULL,
    reports INTEGER NOT NULL CHECK (reports >= 0)
);
COMMENT ON TABLE documents IS 'The documents whose reading is in the record: none of them is read again';
COMMENT ON COLUMN documents.id IS 'Hash of the bytes, of what was said of them, and of the program that read them; of a feed''s entry, of what the feed says';
COMMENT ON COLUMN documents.article IS 'articles.id of the article that it gave';
COMMENT ON COLUMN documents.reports IS 'How many reports of events that article had when it was read';

CREATE TABLE left_out (
    source VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    documents BIGINT NOT NULL CHECK (documents > 0),
    PRIMARY KEY (source, reason)
);
COMMENT ON TABLE left_out IS 'How many documents of each source were not to be read, by the reason: when it was last read, or, of a feed, since it is watched';
COMMENT ON COLUMN left_out.source IS 'The file, folder, pattern, address or feed';
COMMENT ON COLUMN left_out.reason IS 'Another host, a language, days, no page, a type of record';
COMMENT ON COLUMN left_out.documents IS 'How many';

CREATE TABLE feeds (
    url VARCHAR PRIMARY KEY,
    etag VARCHAR,
    modified VARCHAR,
    due TIMESTAMPTZ NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
);
COMMENT ON TABLE feeds IS 'The feeds that are watched';
COMMENT ON COLUMN feeds.url IS 'Address of the feed';
COMMENT ON COLUMN feeds.etag IS 'Its ETag when it was last had whole';
COMMENT ON COLUMN feeds.modified IS 'Its Last-Modified then';
COMMENT ON COLUMN feeds.due IS 'When it is to be asked for again';
COMMENT ON COLUMN feeds.failures IS 'How many times in a row it could not be had';

CREATE TABLE entries (
    mark VARCHAR PRIMARY KEY,
    feed VARCHAR NOT NULL,
    told VARCHAR,
    due TIMESTAMPTZ,
    tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0)
);
COMMENT ON TABLE entries IS 'The entries of watched feeds, one row for each version of one';
COMMENT ON COLUMN entries.mark IS 'Hash of the entry''s name, link and content';
COMMENT ON COLUMN entries.feed IS 'feeds.url of the feed that first had it';
COMMENT ON COLUMN entries.told IS 'What the feed says of it, as JSON, while it waits to be read; null once it was read or given up';
COMMENT ON COLUMN entries.due IS 'When it is to be read; null once it was';
COMMENT ON COLUMN entries.tries IS 'How many times its reading was begun';
