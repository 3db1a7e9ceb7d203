// Where the next days begin that are past their time: only they are left of their
// hours, and no pin holds any of them.
MATCH (d:Piece)
WHERE d.tier = 'day' AND d.from < $before - $minutes AND d.until IS NULL AND d.pruned AND d.keptFor IS NULL AND d.columns IS NOT NULL
  AND NOT EXISTS { MATCH (pin:Pin) WHERE pin.from < d.to AND pin.to > d.from }
RETURN d.from
ORDER BY d.from
LIMIT $limit
