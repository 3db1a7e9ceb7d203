-- What people decided: decision.Record. Kept for ever, never changed: what holds is worked out from all of it.
CREATE TABLE IF NOT EXISTS decisions (
    kind LowCardinality(String) CODEC(ZSTD(1)),
    subject String CODEC(ZSTD(1)),
    at DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
    principal LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    key String CODEC(ZSTD(1)),
    action LowCardinality(String) CODEC(ZSTD(1)),
    note String CODEC(ZSTD(1)),
-- When it ends by itself, 1970 for never.
    until DateTime64(6, 'UTC') CODEC(Delta, ZSTD(1)),
-- What was decided where that takes more than an action, as JSON.
    body String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (kind, subject, at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
