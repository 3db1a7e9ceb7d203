// The first minute of which the graph has any history left; 0 where it has none.
UNWIND ['minute', 'hour', 'day'] AS tier
CALL {
  WITH tier
  MATCH (p:Piece)
  WHERE p.tier = tier AND p.from >= 0 AND p.forgotten IS NULL
  RETURN p.from AS from
  ORDER BY p.from
  LIMIT 1
}
RETURN coalesce(min(from), 0)
