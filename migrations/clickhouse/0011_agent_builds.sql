-- The version of the program that made the batch: model.Batch.Build, empty for
-- all rows before.
ALTER TABLE batches ADD COLUMN IF NOT EXISTS build LowCardinality(String) CODEC(ZSTD(1));
