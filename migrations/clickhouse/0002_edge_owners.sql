-- Whose side of a transfer is whose: the virtual network and the account of
-- each end (model.Place). '' is unknown, as it is for all edges before.
ALTER TABLE edges
    ADD COLUMN IF NOT EXISTS source_network LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS source_account LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS destination_network LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS destination_account LowCardinality(String) CODEC(ZSTD(1));
