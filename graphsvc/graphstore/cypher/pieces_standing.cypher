// The pieces of a tier that are true now and begin in a range of minutes; the
// columns of those that are known are not sent.
MATCH (p:Piece)
WHERE p.tier = $tier AND p.from >= $from AND p.from < $to AND p.until IS NULL AND p.forgotten IS NULL
RETURN p.from, p.since, CASE WHEN toString(p.from) + ':' + toString(p.since) IN $known THEN null ELSE p.columns END
ORDER BY p.from
