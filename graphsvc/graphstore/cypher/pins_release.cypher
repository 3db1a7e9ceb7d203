// Pins of incidents that are gone are let go of, and the oldest beyond the bound.
MATCH (p:Pin)
WITH p ORDER BY p.to DESC, p.by
WITH collect(p) AS pins
UNWIND range(0, size(pins) - 1) AS i
WITH pins[i] AS p, i
WHERE i >= $most OR (p.by STARTS WITH $incident AND NOT EXISTS { MATCH (n:Incident) WHERE n.id = substring(p.by, size($incident)) })
WITH p, p.by AS by
DELETE p
RETURN by
