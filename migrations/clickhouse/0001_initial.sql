-- The first schema. What holds for every table:
--
-- * A minute is UInt32, minutes since the Unix epoch in UTC. Times are UTC.
-- * 0 in a time or nanosecond column means "since ever" or "still open", as in
--   model.Period.
-- * Money is Int128, in atoms (package internal/money). It is never a float.
-- * Digests are SHA-256 in lower-case hexadecimal.
-- * Addresses are IPv6; IPv4 is mapped (::ffff:a.b.c.d) and "::" means none.
-- * fsync_*: an insert is answered after its rows are on disk, so that what was
--   acknowledged survives a power cut. About 5 ms per insert.
-- * non_replicated_deduplication_window: that many inserts are remembered, and
--   one that is sent again is stored once. Only the tables that nothing is ever
--   deleted from have it: a series that was dropped must be writable again.
-- * Codecs: the sort order does nine tenths of the work. ZSTD(1) squeezes the
--   rest and T64 takes the leading zero bits off counters, 10 % more.

-- Raw flows as the agents reported them: model.FlowRow and the batch it came in.
-- Sorted as the fold reads them: one minute, then what is alike together.
CREATE TABLE IF NOT EXISTS flows (
    minute UInt32 CODEC(ZSTD(1)),
    window_start DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    window_ms UInt32 CODEC(ZSTD(1)),
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    node LowCardinality(String) CODEC(ZSTD(1)),
    boot LowCardinality(String) CODEC(ZSTD(1)),
    sequence UInt64 CODEC(ZSTD(1)),
-- Which attempt to store the batch wrote the row: it counts only where the
-- ledger (table batches) names the same attempt. Nanoseconds since the epoch.
    attempt UInt64 CODEC(ZSTD(1)),
-- model.LocalKind, and with it a pod UID or a unit's or process's name.
    local_kind UInt8 CODEC(ZSTD(1)),
    local_id LowCardinality(String) CODEC(ZSTD(1)),
    local_addr IPv6 CODEC(ZSTD(1)),
    remote_addr IPv6 CODEC(ZSTD(1)),
    virtual_addr IPv6 CODEC(ZSTD(1)),
    server_port UInt16 CODEC(ZSTD(1)),
-- IANA protocol number; model.Role.
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
-- By the server's clock. Rows are kept so long after they came, not after what
-- they speak of: imported flow logs may be older than that from the start.
    stored_at DateTime('UTC') DEFAULT now() CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(toDateTime(minute * 60, 'UTC'))
ORDER BY (minute, cluster, node, local_id, remote_addr, server_port, window_start)
TTL stored_at + INTERVAL 30 DAY DELETE
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1, ttl_only_drop_parts = 1;

-- The ledger: one row per durable batch, written after its flows, losses and
-- facts. What is not in the ledger does not exist: a batch whose rows lie in
-- several partitions is not stored in one piece.
CREATE TABLE IF NOT EXISTS batches (
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    node LowCardinality(String) CODEC(ZSTD(1)),
    boot LowCardinality(String) CODEC(ZSTD(1)),
    sequence UInt64 CODEC(Delta, ZSTD(1)),
    attempt UInt64 CODEC(Delta, ZSTD(1)),
    digest String CODEC(ZSTD(1)),
-- model.CaptureMode.
    mode LowCardinality(String) CODEC(ZSTD(1)),
    covered_from DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    covered_through DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    flow_rows UInt64 CODEC(T64('bit'), ZSTD(1)),
-- Sent and received, of all its rows.
    wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
-- The minutes it speaks of, half open.
    minute_from UInt32 CODEC(Delta, ZSTD(1)),
    minute_to UInt32 CODEC(Delta, ZSTD(1)),
    received_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    INDEX by_minute (minute_from, minute_to) TYPE minmax GRANULARITY 1,
    INDEX by_received received_at TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
ORDER BY (cluster, node, boot, sequence, attempt)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What is known not to have been recorded: model.Loss. Kept for ever, since a
-- total without its losses would claim more than is known.
CREATE TABLE IF NOT EXISTS losses (
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
-- Wire bytes, valid only where bytes_known is 1.
    bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    bytes_known UInt8 CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (minute, cluster, node, reason, boot, sequence)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What was true of the world, and since when we know: model.Fact. Rows are
-- never changed; of equal (kind, cluster, key, valid_from) the one recorded
-- last counts, so that any past state of knowledge can be asked again.
CREATE TABLE IF NOT EXISTS facts (
    kind LowCardinality(String) CODEC(ZSTD(1)),
    cluster LowCardinality(String) CODEC(ZSTD(1)),
    key String CODEC(ZSTD(1)),
-- Nanoseconds since the epoch.
    valid_from Int64 CODEC(ZSTD(1)),
    valid_to Int64 CODEC(ZSTD(1)),
    recorded_at DateTime64(9, 'UTC') CODEC(ZSTD(1)),
    source LowCardinality(String) CODEC(ZSTD(1)),
    digest String CODEC(ZSTD(1)),
-- The kind's own part, as JSON.
    body String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (kind, cluster, key, valid_from, recorded_at)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- What an edge id stands for: model.EdgeKey, as its canonical text and in
-- parts. Equal ids have equal rows, so any one of them may stay.
CREATE TABLE IF NOT EXISTS edges (
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
ENGINE = ReplacingMergeTree
ORDER BY edge_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The whole minute series of every edge: model.PricedEdge. A minute folded
-- again has rows of each version; the newest version of a minute counts as a
-- whole, also for edges that it no longer has.
CREATE TABLE IF NOT EXISTS edge_minutes (
    edge_id UInt64 CODEC(ZSTD(1)),
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
    wire_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    connections UInt64 CODEC(T64('bit'), ZSTD(1)),
-- The highest smoothed round-trip time reported, 0 where unknown.
    rtt_micros UInt32 CODEC(T64('bit'), ZSTD(1)),
-- Wire bytes by the other end's report, valid only where checked is 1.
    check_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    checked UInt8 CODEC(ZSTD(1)),
    cost_atoms Int128 CODEC(ZSTD(1)),
    INDEX by_minute minute TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (edge_id, minute, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The charge lines of every edge and minute: pricing.Line.
CREATE TABLE IF NOT EXISTS charge_minutes (
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(Delta, ZSTD(1)),
    edge_id UInt64 CODEC(ZSTD(1)),
-- The line's place in the minute's statement, from 0.
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
-- The rate is in nano-currency-units per unit_bytes bytes.
    unit_bytes UInt64 CODEC(ZSTD(1)),
    rate_nano Int64 CODEC(ZSTD(1)),
    amount_atoms Int128 CODEC(ZSTD(1)),
-- Why there is no price; the amount then means nothing. '' where there is one.
    unpriced_reason LowCardinality(String) CODEC(ZSTD(1)),
-- 1 where nobody measured the paying side itself.
    imputed UInt8 CODEC(ZSTD(1)),
    path_assumed UInt8 CODEC(ZSTD(1)),
    INDEX by_minute minute TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (edge_id, minute, version, line)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- The headers of all graph versions: model.GraphVersion. A version counts once
-- the graph store has it too.
CREATE TABLE IF NOT EXISTS versions (
    number UInt64 CODEC(Delta, ZSTD(1)),
    kind LowCardinality(String) CODEC(ZSTD(1)),
    minute_from UInt32 CODEC(Delta, ZSTD(1)),
    minute_to UInt32 CODEC(Delta, ZSTD(1)),
-- Which batches were folded, as JSON: a list of model.InputRange.
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
ENGINE = MergeTree
ORDER BY number
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
