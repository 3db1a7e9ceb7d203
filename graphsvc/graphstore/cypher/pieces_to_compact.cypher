// Where spans of a tier begin that end by $to, have pieces of the tier below and
// none of their own.
MATCH (p:Piece)
WHERE p.tier = $parts AND p.from >= $from AND p.from < $to AND p.until IS NULL
WITH DISTINCT p.from - p.from % $minutes AS begin
WHERE begin + $minutes <= $to
  AND NOT EXISTS { MATCH (s:Piece {tier: $tier, from: begin}) WHERE s.until IS NULL }
RETURN begin
ORDER BY begin
LIMIT $limit
