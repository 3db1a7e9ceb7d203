// What is pinned, newest minutes first.
MATCH (p:Pin)
RETURN p.version, p.from, p.to, p.by
ORDER BY p.to DESC, p.by
