// Finer pieces of spans that are kept as a whole go, oldest span first, but for
// those that a pin holds: pieces which its version sees of its minutes. The span
// remembers for which versions it still has all of them, and gives them up when the
// pin is gone.
MATCH (s:Piece)
WHERE s.tier = $tier AND s.from < $before - $minutes AND s.until IS NULL AND (s.pruned IS NULL OR s.keptFor IS NOT NULL)
CALL {
  WITH s
  OPTIONAL MATCH (pin:Pin)
  WHERE pin.from < s.to AND pin.to > s.from
  RETURN collect(DISTINCT pin.version) AS pins
}
WITH s, pins
WHERE s.pruned IS NULL OR any(v IN s.keptFor WHERE NOT v IN pins)
WITH s, pins ORDER BY s.from LIMIT $limit
WITH s, [v IN pins WHERE s.pruned IS NULL OR v IN s.keptFor] AS kept
OPTIONAL MATCH (p:Piece)
WHERE p.tier = $parts AND p.from >= s.from AND p.from < s.to
  AND none(v IN kept WHERE p.since <= v AND (p.until IS NULL OR p.until > v))
WITH s, kept, collect(p) AS parts
SET s.pruned = true, s.keptFor = CASE WHEN size(kept) > 0 THEN kept END
FOREACH (p IN parts | DELETE p)
RETURN s.from
