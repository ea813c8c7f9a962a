-- What operators changed while gateways ran. The revision is what they compare before they write.
CREATE TABLE ebbgate_overlay (
    id       INTEGER PRIMARY KEY,
    revision BIGINT  NOT NULL
);

INSERT INTO ebbgate_overlay (id, revision) VALUES (1, 0);

-- Its keys, in the order in which they were first written. Without a value the file's is hidden.
CREATE TABLE ebbgate_overlay_entry (
    position INTEGER NOT NULL PRIMARY KEY,
    section  TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    key_path TEXT    NOT NULL,
    value    TEXT,
    at_ms    BIGINT  NOT NULL
);
