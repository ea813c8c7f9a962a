-- One schema for SQLite and PostgreSQL; only identities and bytes are called differently.

-- Words that occur again and again: routes, targets, models, causes, names of keys, sources.
CREATE TABLE ebbgate_word (
    id   ${identity},
    text TEXT NOT NULL UNIQUE
);

-- Every start of a gateway that writes here.
CREATE TABLE ebbgate_writer (
    id       ${identity},
    began_ms BIGINT NOT NULL
);

-- Exchanges, some hundreds in a row, in the order in which they ended.
CREATE TABLE ebbgate_block (
    id         ${identity},
    writer     BIGINT  NOT NULL,
    from_ms    BIGINT  NOT NULL,
    to_ms      BIGINT  NOT NULL,
    arrived_ms BIGINT  NOT NULL,
    entries    INTEGER NOT NULL,
    body       ${bytes} NOT NULL
);

CREATE INDEX ebbgate_block_to ON ebbgate_block (to_ms);

-- Histograms of a minute (grain 0) or an hour (grain 1), of exchanges (target 0) or attempts. Names
-- are numbers of words, 0 where there is none.
CREATE TABLE ebbgate_cell (
    grain    INTEGER NOT NULL,
    at_ms    BIGINT  NOT NULL,
    writer   BIGINT  NOT NULL,
    part     INTEGER NOT NULL,
    route    INTEGER NOT NULL,
    target   INTEGER NOT NULL,
    key_name INTEGER NOT NULL,
    body     ${bytes} NOT NULL,
    PRIMARY KEY (grain, at_ms, writer, part, route, target, key_name)
);

-- How many exchanges could not be recorded, and when that was known.
CREATE TABLE ebbgate_lost (
    writer  BIGINT NOT NULL,
    at_ms   BIGINT NOT NULL,
    entries BIGINT NOT NULL
);
