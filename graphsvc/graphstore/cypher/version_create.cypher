// The version's node. Its unique number is the lock against a second writer of it.
CREATE (v:GraphVersion)
SET v = $properties
