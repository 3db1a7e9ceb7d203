// The pieces of one tier that begin in some ranges of minutes, as true in version
// $asOf; the columns of those that are known are not sent.
UNWIND range(0, size($froms) - 1) AS i
MATCH (p:Piece)
WHERE p.tier = $tier AND p.from >= $froms[i] AND p.from < $tos[i]
  AND p.since <= $asOf AND (p.until IS NULL OR p.until > $asOf) AND p.forgotten IS NULL
RETURN p.from, p.since, CASE WHEN toString(p.from) + ':' + toString(p.since) IN $known THEN null ELSE p.columns END
