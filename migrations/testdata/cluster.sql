CREATE DATABASE IF NOT EXISTS `egressor` ON CLUSTER 'main';
USE `egressor`;

-- 0001_initial
CREATE TABLE IF NOT EXISTS flows ON CLUSTER 'main' (
    minute UInt32 CODEC(ZSTD(1)),
    window_start DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    window_ms UInt32 CODEC(ZSTD(1)),
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    node LowCardinality(String) CODEC(ZSTD(1)),
    boot LowCardinality(String) CODEC(ZSTD(1)),
    sequence UInt64 CODEC(ZSTD(1)),
    attempt UInt64 CODEC(ZSTD(1)),
    local_kind UInt8 CODEC(ZSTD(1)),
    local_id LowCardinality(String) CODEC(ZSTD(1)),
    local_addr IPv6 CODEC(ZSTD(1)),
    remote_addr IPv6 CODEC(ZSTD(1)),
    virtual_addr IPv6 CODEC(ZSTD(1)),
    server_port UInt16 CODEC(ZSTD(1)),
    protocol UInt8 CODEC(ZSTD(1)),
    role UInt8 CODEC(ZSTD(1)),
    sent_wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    sent_payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    sent_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    sent_retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    received_wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    received_payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    received_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    received_retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    connections UInt32 CODEC(T64('bit'), ZSTD(1)),
    rtt_micros UInt32 CODEC(T64('bit'), ZSTD(1)),
    stored_at DateTime('UTC') DEFAULT now() CODEC(ZSTD(1))
)
ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMMDD(toDateTime(minute * 60, 'UTC'))
ORDER BY (minute, cluster, node, local_id, remote_addr, server_port, window_start)
TTL stored_at + INTERVAL 30 DAY DELETE
SETTINGS replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;
CREATE TABLE IF NOT EXISTS batches ON CLUSTER 'main' (
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    node LowCardinality(String) CODEC(ZSTD(1)),
    boot LowCardinality(String) CODEC(ZSTD(1)),
    sequence UInt64 CODEC(Delta, ZSTD(1)),
    attempt UInt64 CODEC(Delta, ZSTD(1)),
    digest String CODEC(ZSTD(1)),
    mode LowCardinality(String) CODEC(ZSTD(1)),
    covered_from DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    covered_through DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    flow_rows UInt64 CODEC(T64('bit'), ZSTD(1)),
    wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    minute_from UInt32 CODEC(Delta, ZSTD(1)),
    minute_to UInt32 CODEC(Delta, ZSTD(1)),
    received_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    INDEX by_minute (minute_from, minute_to) TYPE minmax GRANULARITY 1,
    INDEX by_received received_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedMergeTree
ORDER BY (cluster, node, boot, sequence, attempt)
SETTINGS replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS losses ON CLUSTER 'main' (
    minute UInt32 CODEC(ZSTD(1)),
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    node LowCardinality(String) CODEC(ZSTD(1)),
    boot LowCardinality(String) CODEC(ZSTD(1)),
    sequence UInt64 CODEC(ZSTD(1)),
    attempt UInt64 CODEC(ZSTD(1)),
    reason LowCardinality(String) CODEC(ZSTD(1)),
    lost_from DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    lost_to DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    flows UInt64 CODEC(T64('bit'), ZSTD(1)),
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    bytes_known UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplicatedMergeTree
ORDER BY (minute, cluster, node, reason, boot, sequence)
SETTINGS replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS facts ON CLUSTER 'main' (
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
ENGINE = ReplicatedMergeTree
ORDER BY (kind, cluster, key, valid_from, recorded_at)
SETTINGS replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS edges ON CLUSTER 'main' (
    edge_id UInt64 CODEC(ZSTD(1)),
    key String CODEC(ZSTD(1)),
    source LowCardinality(String) CODEC(ZSTD(1)),
    destination LowCardinality(String) CODEC(ZSTD(1)),
    source_revision LowCardinality(String) CODEC(ZSTD(1)),
    destination_revision LowCardinality(String) CODEC(ZSTD(1)),
    server_port UInt16 CODEC(ZSTD(1)),
    protocol UInt8 CODEC(ZSTD(1)),
    initiator LowCardinality(String) CODEC(ZSTD(1)),
    source_provider LowCardinality(String) CODEC(ZSTD(1)),
    source_region LowCardinality(String) CODEC(ZSTD(1)),
    source_zone LowCardinality(String) CODEC(ZSTD(1)),
    destination_provider LowCardinality(String) CODEC(ZSTD(1)),
    destination_region LowCardinality(String) CODEC(ZSTD(1)),
    destination_zone LowCardinality(String) CODEC(ZSTD(1)),
    path_kind LowCardinality(String) CODEC(ZSTD(1)),
    path_via LowCardinality(String) CODEC(ZSTD(1)),
    path_via_zone LowCardinality(String) CODEC(ZSTD(1)),
    path_assumed UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY edge_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS edge_minutes ON CLUSTER 'main' (
    edge_id UInt64 CODEC(ZSTD(1)),
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
    wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    connections UInt64 CODEC(T64('bit'), ZSTD(1)),
    rtt_micros UInt32 CODEC(T64('bit'), ZSTD(1)),
    check_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    checked UInt8 CODEC(ZSTD(1)),
    cost_atoms Int128 CODEC(ZSTD(1)),
    INDEX by_minute minute TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (edge_id, minute, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS charge_minutes ON CLUSTER 'main' (
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
    edge_id UInt64 CODEC(ZSTD(1)),
    line UInt32 CODEC(ZSTD(1)),
    payer LowCardinality(String) CODEC(ZSTD(1)),
    account LowCardinality(String) CODEC(ZSTD(1)),
    code LowCardinality(String) CODEC(ZSTD(1)),
    operation LowCardinality(String) CODEC(ZSTD(1)),
    rule LowCardinality(String) CODEC(ZSTD(1)),
    tier UInt8 CODEC(ZSTD(1)),
    price_row LowCardinality(String) CODEC(ZSTD(1)),
    source LowCardinality(String) CODEC(ZSTD(1)),
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    unit_bytes UInt64 CODEC(ZSTD(1)),
    rate_nano Int64 CODEC(ZSTD(1)),
    amount_atoms Int128 CODEC(ZSTD(1)),
    unpriced_reason LowCardinality(String) CODEC(ZSTD(1)),
    imputed UInt8 CODEC(ZSTD(1)),
    path_assumed UInt8 CODEC(ZSTD(1)),
    INDEX by_minute minute TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (edge_id, minute, version, line)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS versions ON CLUSTER 'main' (
    number UInt64 CODEC(Delta, ZSTD(1)),
    kind LowCardinality(String) CODEC(ZSTD(1)),
    minute_from UInt32 CODEC(Delta, ZSTD(1)),
    minute_to UInt32 CODEC(Delta, ZSTD(1)),
    inputs String CODEC(ZSTD(1)),
    input_digest String CODEC(ZSTD(1)),
    facts_recorded_through DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    facts_digest String CODEC(ZSTD(1)),
    price_book LowCardinality(String) CODEC(ZSTD(1)),
    price_book_digest LowCardinality(String) CODEC(ZSTD(1)),
    currency LowCardinality(String) CODEC(ZSTD(1)),
    code_version LowCardinality(String) CODEC(ZSTD(1)),
    content_digest String CODEC(ZSTD(1)),
    previous_digest String CODEC(ZSTD(1)),
    digest String CODEC(ZSTD(1)),
    edges UInt64 CODEC(T64('bit'), ZSTD(1)),
    nodes UInt64 CODEC(T64('bit'), ZSTD(1)),
    wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    unknown_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    unpriced_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    cost_atoms Int128 CODEC(ZSTD(1)),
    committed_at DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    INDEX by_minute (minute_from, minute_to) TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedMergeTree
ORDER BY number
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- 0002_edge_owners
ALTER TABLE edges ON CLUSTER 'main'
    ADD COLUMN IF NOT EXISTS source_network LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS source_account LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS destination_network LowCardinality(String) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS destination_account LowCardinality(String) CODEC(ZSTD(1));

-- 0003_audit_log
CREATE TABLE IF NOT EXISTS audit_log ON CLUSTER 'main' (
    at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    principal LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    kind LowCardinality(String) CODEC(ZSTD(1)),
    action LowCardinality(String) CODEC(ZSTD(1)),
    document String CODEC(ZSTD(1)),
    detail String CODEC(ZSTD(1)),
    outcome LowCardinality(String) CODEC(ZSTD(1)),
    took_micros UInt64 CODEC(T64('bit'), ZSTD(1))
)
ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (at, principal)
TTL toDateTime(at) + INTERVAL 400 DAY DELETE
SETTINGS replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;

-- 0004_meters
CREATE TABLE IF NOT EXISTS meter_minutes ON CLUSTER 'main' (
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
    account LowCardinality(String) CODEC(ZSTD(1)),
    fee LowCardinality(String) CODEC(ZSTD(1)),
    region LowCardinality(String) CODEC(ZSTD(1)),
    to_place LowCardinality(String) CODEC(ZSTD(1)),
    before_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    same_from_bytes UInt64 CODEC(ZSTD(1)),
    same_through_bytes UInt64 CODEC(ZSTD(1))
)
ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (account, fee, region, to_place, minute, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
ALTER TABLE versions ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS pricing_mode LowCardinality(String) DEFAULT 'list' CODEC(ZSTD(1)) AFTER currency;
CREATE TABLE IF NOT EXISTS price_terms ON CLUSTER 'main' (
    digest String CODEC(ZSTD(1)),
    book_name String CODEC(ZSTD(1)),
    book String CODEC(ZSTD(6)),
    overlay_name String CODEC(ZSTD(1)),
    overlay String CODEC(ZSTD(6))
)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY digest
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
CREATE TABLE IF NOT EXISTS reprice_requests ON CLUSTER 'main' (
    requested_at DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    minute_from UInt32 CODEC(ZSTD(1)),
    minute_to UInt32 CODEC(ZSTD(1))
)
ENGINE = ReplicatedMergeTree
ORDER BY requested_at
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- 0005_fact_days
CREATE TABLE IF NOT EXISTS fact_days ON CLUSTER 'main' (
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
ENGINE = ReplicatedMergeTree
PARTITION BY day
ORDER BY (kind, cluster, key, valid_from, source, recorded_at)
TTL toDateTime(toUInt32(day) * 86400, 'UTC') + INTERVAL 40 DAY DELETE
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;

-- 0006_virtual_port
ALTER TABLE flows ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS virtual_port UInt16 CODEC(ZSTD(1)) AFTER virtual_addr;

-- What a service would have noted.
CREATE TABLE IF NOT EXISTS schema_migrations ON CLUSTER 'main' (id UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC'))
ENGINE = ReplicatedMergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
INSERT INTO schema_migrations SELECT 1, 'initial', 'd9635e0cdea77fd0d111cdda9e2a5af37fd4a5956d5763319eddf7a30384b1e1', now64(3);
INSERT INTO schema_migrations SELECT 2, 'edge_owners', 'abbc8f44118c42113db17c52351f3107bde91b72dc30219dc5fa4344528a7259', now64(3);
INSERT INTO schema_migrations SELECT 3, 'audit_log', 'dc6a2845b710f9292c057bb734385270f358aca4f8f494a6ce9d611f82070608', now64(3);
INSERT INTO schema_migrations SELECT 4, 'meters', 'bdec346aafc336b8b9cfd1e3e0eadfda9f633580198d6d133ac5d469bc2e3a72', now64(3);
INSERT INTO schema_migrations SELECT 5, 'fact_days', '82af8d2be78dba75600e9b3cae99e8ad9c0ea6cb60b798439d35ab6a228844bc', now64(3);
INSERT INTO schema_migrations SELECT 6, 'virtual_port', '454121ae71f19f93e23ec8ca384defecdf14a1902ac8d0445dcb2ae454baa851', now64(3);
