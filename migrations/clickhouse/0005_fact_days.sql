-- The facts by day, so that reading those of one minute does not read all
-- history: every version of a fact that a minute of the day may need, with the
-- same columns as in table facts. A fact that still holds is carried over into
-- each new day. Days that are not here are read from table facts.
CREATE TABLE IF NOT EXISTS fact_days (
-- Days since the Unix epoch, UTC.
    day UInt16 CODEC(ZSTD(1)),
    kind LowCardinality(String) CODEC(ZSTD(1)),
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    key String CODEC(ZSTD(1)),
    valid_from Int64 CODEC(ZSTD(1)),
    valid_to Int64 CODEC(ZSTD(1)),
    recorded_at DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    source LowCardinality(String) CODEC(ZSTD(1)),
    digest String CODEC(ZSTD(1)),
    body String CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY (kind, cluster, key, valid_from, source, recorded_at)
TTL toDateTime(toUInt32(day) * 86400, 'UTC') + INTERVAL 40 DAY DELETE
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;
