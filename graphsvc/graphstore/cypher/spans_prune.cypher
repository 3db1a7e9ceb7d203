// The relationships of hours that are kept as a day go.
UNWIND $froms AS begin
MATCH ()-[r:TRANSFERRED]->()
WHERE r.from >= begin AND r.from < begin + $minutes AND r.tier = $parts
DELETE r
