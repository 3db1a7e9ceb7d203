// What became of recommendations, one verdict each.
UNWIND $rows AS row
MERGE (v:Verdict {recommendation: row.recommendation})
SET v = row
WITH v, row
MATCH (r:Recommendation {id: row.recommendation})
MERGE (v)-[:JUDGES]->(r)
