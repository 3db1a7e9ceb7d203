// What is true now of each minute in a range: the pieces that no later version closed.
MATCH (p:Piece)
WHERE p.tier = 'minute' AND p.from >= $from AND p.from < $to AND p.until IS NULL
RETURN p.from, p.since, p.columns
