// Ends the truth of edges' hours or days that a later version corrected.
UNWIND $ids AS id
MATCH ()-[r:TRANSFERRED {from: $from, edge: id}]->()
WHERE r.tier = $tier AND r.until IS NULL
SET r.until = $number
RETURN count(*)
