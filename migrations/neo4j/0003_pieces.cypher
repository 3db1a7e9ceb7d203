// History in packed pieces: at most one begins to be true of a span with a version.
CREATE CONSTRAINT piece_span_since IF NOT EXISTS FOR (p:Piece) REQUIRE (p.tier, p.from, p.since) IS UNIQUE;

// History was one relationship per edge and minute. The service rewrites it at its next start, and finds what is left by
// the index on the minute, which stays for that.
DROP INDEX transferred_edge_minute IF EXISTS;
