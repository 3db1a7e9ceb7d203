// Lets go of what one holder pinned.
MATCH (p:Pin {by: $by})
DELETE p
