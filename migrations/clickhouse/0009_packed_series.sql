-- The minute series without what follows from its other columns, as in table flows:
-- the wire bytes but for a few, the other end's count but for the difference, and
-- amounts, which are bytes times a rate: 6 of 17 bytes an edge-minute stay.
-- Who reads the tables finds the columns as before. Copied and exchanged like flows.
DROP TABLE IF EXISTS edge_minutes_packed SYNC;

CREATE TABLE edge_minutes_packed (
    edge_id UInt64 CODEC(ZSTD(1)),
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(DoubleDelta, ZSTD(1)),
    payload_bytes UInt64 CODEC(T64('bit'), ZSTD(1)),
    packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    retransmitted_packets UInt64 CODEC(T64('bit'), ZSTD(1)),
    connections UInt64 CODEC(ZSTD(3)),
-- As in table flows.
    header_bytes UInt8 CODEC(ZSTD(1)),
    wire_rest_bytes Int64 CODEC(T64, ZSTD(1)),
    wire_bytes UInt64 ALIAS reinterpretAsUInt64(reinterpretAsInt64(payload_bytes + packets * header_bytes + if(header_bytes IN (52, 72), 8, 0) * connections) + wire_rest_bytes),
-- The highest smoothed round-trip time reported, 0 where unknown.
    rtt_micros UInt32 CODEC(T64, ZSTD(3)),
-- Wire bytes by the other end's report, valid only where checked is 1, and what
-- they differ by from ours then.
    checked UInt8 CODEC(ZSTD(1)),
    check_rest_bytes Int64 CODEC(T64, ZSTD(1)),
    check_bytes UInt64 ALIAS reinterpretAsUInt64(if(checked = 1, reinterpretAsInt64(wire_bytes), 0) + check_rest_bytes),
-- The cost is so many atoms for each wire byte, and the rest.
    cost_per_byte_atoms Int128 CODEC(ZSTD(1)),
    cost_rest_atoms Int128 CODEC(ZSTD(1)),
    cost_atoms Int128 ALIAS cost_per_byte_atoms * wire_bytes + cost_rest_atoms,
    INDEX by_minute minute TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(toDateTime(minute * 60, 'UTC'))
ORDER BY (edge_id, minute, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

INSERT INTO edge_minutes_packed (edge_id, minute, version, payload_bytes, packets, retransmitted_packets, connections,
    header_bytes, wire_rest_bytes, rtt_micros, checked, check_rest_bytes, cost_per_byte_atoms, cost_rest_atoms)
SELECT edge_id, minute, version, payload_bytes, packets, retransmitted_packets, connections,
    header, reinterpretAsInt64(wire_bytes - payload_bytes - packets * header - 8 * connections), rtt_micros,
    checked, reinterpretAsInt64(check_bytes - if(checked = 1, wire_bytes, 0)),
    per_byte, cost_atoms - per_byte * wire_bytes
FROM (SELECT *, wire_bytes, check_bytes, cost_atoms, if(wire_bytes - payload_bytes >= packets * 72, 72, 52) AS header,
    if(wire_bytes = 0, toInt128(0), intDiv(cost_atoms, toInt128(greatest(wire_bytes, 1)))) AS per_byte FROM edge_minutes)
SETTINGS max_partitions_per_insert_block = 0, insert_deduplicate = 0;

EXCHANGE TABLES edge_minutes AND edge_minutes_packed;

DROP TABLE edge_minutes_packed SYNC;

DROP TABLE IF EXISTS charge_minutes_packed SYNC;

CREATE TABLE charge_minutes_packed (
    minute UInt32 CODEC(Delta, ZSTD(1)),
    version UInt64 CODEC(DoubleDelta, ZSTD(1)),
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
    unit_bytes UInt64 CODEC(T64, ZSTD(1)),
    rate_nano Int64 CODEC(ZSTD(1)),
-- The amount is so many atoms for each byte, and the rest.
    amount_per_byte_atoms Int128 CODEC(ZSTD(1)),
    amount_rest_atoms Int128 CODEC(ZSTD(1)),
    amount_atoms Int128 ALIAS amount_per_byte_atoms * bytes + amount_rest_atoms,
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

INSERT INTO charge_minutes_packed (minute, version, edge_id, line, payer, account, code, operation, rule, tier, price_row, source,
    bytes, unit_bytes, rate_nano, amount_per_byte_atoms, amount_rest_atoms, unpriced_reason, imputed, path_assumed)
SELECT minute, version, edge_id, line, payer, account, code, operation, rule, tier, price_row, source,
    bytes, unit_bytes, rate_nano, per_byte, amount_atoms - per_byte * bytes, unpriced_reason, imputed, path_assumed
FROM (SELECT *, amount_atoms, if(bytes = 0, toInt128(0), intDiv(amount_atoms, toInt128(greatest(bytes, 1)))) AS per_byte FROM charge_minutes)
SETTINGS max_partitions_per_insert_block = 0, insert_deduplicate = 0;

EXCHANGE TABLES charge_minutes AND charge_minutes_packed;

DROP TABLE charge_minutes_packed SYNC;
