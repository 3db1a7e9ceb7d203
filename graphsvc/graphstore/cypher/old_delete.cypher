// One minute in the form before the packed pieces is rewritten: it goes.
MATCH ()-[r:TRANSFERRED]->()
WHERE r.minute = $minute
DELETE r
