// One recommendation by id, whether it is still made or not.
MATCH (r:Recommendation {id: $id})
RETURN properties(r)
