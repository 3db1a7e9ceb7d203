// The ids of all edges that have one node as an end.
MATCH (:Entity {id: $entity})-[t:TRANSFERS]-()
RETURN DISTINCT t.id
