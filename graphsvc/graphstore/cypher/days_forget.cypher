// What days carried goes, and what was believed of them before. That they were
// there stays: who asks about them is refused, and not told that nothing moved.
MATCH (d:Piece)
WHERE d.tier = 'day' AND d.from IN $froms
FOREACH (_ IN CASE WHEN d.until IS NULL THEN [1] END | REMOVE d.columns SET d.forgotten = true)
FOREACH (_ IN CASE WHEN d.until IS NOT NULL THEN [1] END | DELETE d)
