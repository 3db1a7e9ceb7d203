// Ends the truth of edges' hours or days that a later version corrected.
UNWIND $ids AS id
MATCH ()-[r:TRANSFERRED {from: $from, edge: id}]->()
USING INDEX SEEK r:TRANSFERRED(from, edge)
WHERE r.tier = $tier AND r.until IS NULL
SET r.until = $number
RETURN count(*)
