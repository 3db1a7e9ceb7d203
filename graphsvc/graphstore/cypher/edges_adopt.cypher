// Live relationships that were written ahead become part of a version.
UNWIND range(0, size($relationships) - 1) AS i
MATCH ()-[t]->()
WHERE id(t) = $relationships[i]
WITH t, i
WHERE t.id = $ids[i]
SET t.since = coalesce(t.since, $number)
RETURN count(*)
