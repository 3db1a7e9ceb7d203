-- Charge lines of hours and days that are over, added up (ADR 46). They say nothing
-- that charge_minutes does not say: a statement reads a row an hour or a day where it
-- would read one a minute. What a span's lines add up to depends on the newest version
-- that speaks of one of its minutes, so that sums under that number never change.
CREATE TABLE IF NOT EXISTS charge_sums (
-- How long the span is and where it begins.
    span_minutes UInt32 CODEC(ZSTD(1)),
    begin UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(ZSTD(1)),
    attempt UInt64 CODEC(ZSTD(1)),
-- As in charge_minutes.
    edge_id UInt64 CODEC(ZSTD(1)),
    payer LowCardinality(String) CODEC(ZSTD(1)),
    account LowCardinality(String) CODEC(ZSTD(1)),
    code LowCardinality(String) CODEC(ZSTD(1)),
    operation LowCardinality(String) CODEC(ZSTD(1)),
    rule LowCardinality(String) CODEC(ZSTD(1)),
    tier UInt8 CODEC(ZSTD(1)),
    price_row LowCardinality(String) CODEC(ZSTD(1)),
    source LowCardinality(String) CODEC(ZSTD(1)),
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    unit_bytes UInt64 CODEC(T64, ZSTD(1)),
    rate_nano Int64 CODEC(ZSTD(1)),
    amount_per_byte_atoms Int128 CODEC(ZSTD(1)),
    amount_rest_atoms Int128 CODEC(ZSTD(1)),
    amount_atoms Int128 ALIAS amount_per_byte_atoms * bytes + amount_rest_atoms,
    unpriced_reason LowCardinality(String) CODEC(ZSTD(1)),
    imputed UInt8 CODEC(ZSTD(1)),
    path_assumed UInt8 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(toDateTime(begin * 60, 'UTC'))
ORDER BY (span_minutes, begin, version, attempt, edge_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The spans whose sums are whole: written after the rows of an attempt, which count
-- only then, as batches are of flows.
CREATE TABLE IF NOT EXISTS charge_sum_marks (
    span_minutes UInt32 CODEC(ZSTD(1)),
    begin UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(ZSTD(1)),
    attempt UInt64 CODEC(ZSTD(1)),
    lines UInt64 CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (span_minutes, begin, version, attempt)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
