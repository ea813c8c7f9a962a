-- The number of the last batch of a writer: where its connection died while a commit was under way,
-- this says whether the batch is there.
ALTER TABLE ebbgate_writer ADD COLUMN batch BIGINT NOT NULL DEFAULT 0;
