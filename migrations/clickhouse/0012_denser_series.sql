-- Payload and packets are two thirds of an edge-minute, and their codec leaves bit
-- planes in which a longer search finds more. Parts that are there keep what they
-- have until they are merged.
ALTER TABLE edge_minutes MODIFY COLUMN payload_bytes UInt64 CODEC(T64('bit'), ZSTD(6));

ALTER TABLE edge_minutes MODIFY COLUMN packets UInt64 CODEC(T64('bit'), ZSTD(6));
