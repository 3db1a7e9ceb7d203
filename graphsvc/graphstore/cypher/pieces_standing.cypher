// The pieces of a tier that are true now and begin in a range of minutes.
MATCH (p:Piece)
WHERE p.tier = $tier AND p.from >= $from AND p.from < $to AND p.until IS NULL AND p.forgotten IS NULL
RETURN p.from, p.since, p.columns
ORDER BY p.from
