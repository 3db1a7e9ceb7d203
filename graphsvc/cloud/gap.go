package cloud

import "fmt"

// Gap is something that an inventory does not say and a path would need.
type Gap struct {
	Scope Scope
	// Object is the id of what is incomplete.
	Object string
	// Missing says what is not known, and what follows.
	Missing string
}

// String is "SCOPE: OBJECT: MISSING".
func (g Gap) String() string { return fmt.Sprintf("%s: %s: %s", g.Scope, g.Object, g.Missing) }
