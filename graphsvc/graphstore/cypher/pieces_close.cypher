// Ends the truth of pieces: versions from $number on do not see them.
UNWIND $pieces AS piece
MATCH ()-[r:TRANSFERRED]->()
WHERE elementId(r) = piece
SET r.until = $number
RETURN count(*)
