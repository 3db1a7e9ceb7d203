-- Who asked for what: audit.Entry. Kept 400 days, by the day it was done.
CREATE TABLE IF NOT EXISTS audit_log (
    at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    principal LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    kind LowCardinality(String) CODEC(ZSTD(1)),
    action LowCardinality(String) CODEC(ZSTD(1)),
-- SHA-256 of the operation's text.
    document String CODEC(ZSTD(1)),
-- Variables as JSON, at most 4 KiB.
    detail String CODEC(ZSTD(1)),
    outcome LowCardinality(String) CODEC(ZSTD(1)),
    took_micros UInt64 CODEC(T64('bit'), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (at, principal)
TTL toDateTime(at) + INTERVAL 400 DAY DELETE
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;
