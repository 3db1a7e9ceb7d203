// Gives nodes that have none a place on the map, in order of id; the answer is where
// each is. Who comes first decides.
UNWIND range(0, size($ids) - 1) AS i
MATCH (n:Entity {id: $ids[i]})
USING INDEX SEEK n:Entity(id)
SET n.mapX = coalesce(n.mapX, $xs[i]), n.mapY = coalesce(n.mapY, $ys[i])
RETURN n.id, n.mapX, n.mapY
