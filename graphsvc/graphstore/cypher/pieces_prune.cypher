// Finer pieces of spans that are kept as a whole go, oldest span first, but for
// those that a pin holds: pieces which its version sees of its minutes.
MATCH (s:Piece)
WHERE s.tier = $tier AND s.from < $before - $minutes AND s.until IS NULL AND s.pruned IS NULL
WITH s ORDER BY s.from LIMIT $limit
OPTIONAL MATCH (p:Piece)
WHERE p.tier = $parts AND p.from >= s.from AND p.from < s.to
  AND NOT EXISTS {
    MATCH (pin:Pin)
    WHERE pin.from < s.to AND pin.to > s.from AND p.since <= pin.version AND (p.until IS NULL OR p.until > pin.version)
  }
WITH s, collect(p) AS parts
SET s.pruned = true
FOREACH (p IN parts | DELETE p)
RETURN s.from
