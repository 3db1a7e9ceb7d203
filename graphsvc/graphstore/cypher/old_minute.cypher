// The oldest minute that has a relationship per edge and minute, the form
// before the packed pieces.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.minute >= 0
RETURN r.minute
ORDER BY r.minute
LIMIT 1
