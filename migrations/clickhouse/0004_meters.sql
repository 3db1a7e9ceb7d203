-- Month-to-date meters: what each version's minute did to the meter of each of
-- its pools (pricing.MeterUse). Where a meter stands at a minute is the sum of
-- the month's current versions before it, so it is stored nowhere else.
CREATE TABLE IF NOT EXISTS meter_minutes (
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
-- The pool: whose account, which fee, where, and between two places to where.
    account LowCardinality(String) CODEC(ZSTD(1)),
    fee LowCardinality(String) CODEC(ZSTD(1)),
    region LowCardinality(String) CODEC(ZSTD(1)),
    to_place LowCardinality(String) CODEC(ZSTD(1)),
-- Where the meter stood when the minute was priced, and how far it moved.
    before_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
-- The positions, both included, from which the minute's lines are the same.
    same_from_bytes UInt64 CODEC(ZSTD(1)),
    same_through_bytes UInt64 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (account, fee, region, to_place, minute, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- model.GraphVersion.PricingMode. Versions of before were priced at list prices.
ALTER TABLE versions ADD COLUMN IF NOT EXISTS pricing_mode LowCardinality(String) DEFAULT 'list' CODEC(ZSTD(1)) AFTER currency;

-- The price books and overlays that versions were priced by, as files, so that
-- any version can be priced again as it was. Equal digests have equal rows.
CREATE TABLE IF NOT EXISTS price_terms (
-- versions.price_book_digest.
    digest String CODEC(ZSTD(1)),
    book_name String CODEC(ZSTD(1)),
    book String CODEC(ZSTD(6)),
-- '' where there is no overlay.
    overlay_name String CODEC(ZSTD(1)),
    overlay String CODEC(ZSTD(6))
)
ENGINE = ReplacingMergeTree
ORDER BY digest
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Minutes that people asked to price again by the terms in force, whenever they
-- were folded. What is still to do follows from the versions.
CREATE TABLE IF NOT EXISTS reprice_requests (
    requested_at DateTime64(9, 'UTC') CODEC(ZSTD(1)),
-- Half open.
    minute_from UInt32 CODEC(ZSTD(1)),
    minute_to UInt32 CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY requested_at
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
