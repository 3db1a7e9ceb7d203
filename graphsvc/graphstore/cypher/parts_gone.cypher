// Whether a span is kept as a whole only.
MATCH (p:Piece)
WHERE p.tier = $tier AND p.from = $from AND p.until IS NULL AND p.pruned
RETURN true
