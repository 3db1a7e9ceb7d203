// Where the next spans of a tier begin that are past their time and have parts left.
MATCH (s:Piece)
WHERE s.tier = $tier AND s.from < $before - $minutes AND s.until IS NULL AND s.pruned IS NULL
RETURN s.from
ORDER BY s.from
LIMIT $limit
