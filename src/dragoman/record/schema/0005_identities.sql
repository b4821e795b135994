-- The record, version 5: which persons and organisations of different articles are one.
--
-- Worked out from what was read, when somebody asks after articles were written; the same articles give the same rows.
-- They go into entity_changes with what analysts say, whose splits and merges stand above them. identity_links and
-- identity_blocks can be made again from the other tables at any time.

CREATE TABLE identity_links (
    entity VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    becomes VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('variant', 'office', 'surname', 'initials', 'register')),
    why VARCHAR NOT NULL
);
COMMENT ON TABLE identity_links IS 'Entities, as read, that are one identity, and why';
COMMENT ON COLUMN identity_links.entity IS 'entities.id';
COMMENT ON COLUMN identity_links.other IS 'entities.id of who it is too, or the id that a register gives';
COMMENT ON COLUMN identity_links.becomes IS 'The id that both stand under, where no correction says otherwise';
COMMENT ON COLUMN identity_links.basis IS 'variant (spellings of one name), office (surname and office), surname (the only one of it), initials or register';
COMMENT ON COLUMN identity_links.why IS 'The same in words';

CREATE TABLE identity_blocks (entity VARCHAR NOT NULL, block VARCHAR NOT NULL, code VARCHAR);
COMMENT ON TABLE identity_blocks IS 'What entities must share to be compared: of one country, or one of them of none';
COMMENT ON COLUMN identity_blocks.entity IS 'entities.id';
COMMENT ON COLUMN identity_blocks.block IS 'A key of spellings, a surname or initials with a country, or the id of a register';
COMMENT ON COLUMN identity_blocks.code IS 'The country or body it speaks for; null where not known';

CREATE TABLE unjoined (entity VARCHAR NOT NULL);
COMMENT ON TABLE unjoined IS 'Entities that an article named before it was read again; empty in a record at rest';
COMMENT ON COLUMN unjoined.entity IS 'entities.id';

-- What was read before is joined when somebody asks.
INSERT INTO unlinked SELECT id FROM articles WHERE origin = 'read' AND id NOT IN (SELECT article FROM unlinked);
INSERT INTO stale SELECT DISTINCT r.event FROM reports r JOIN articles a ON a.id = r.article WHERE a.origin = 'read';
COMMENT ON TABLE entity_changes IS 'Entities that are another: in one article after a split, everywhere after a joining or a merge';
