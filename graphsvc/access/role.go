package access

import (
	"fmt"
	"slices"
)

// Role is what somebody may do. Each role may do what the one before it may.
type Role string

// Roles, from the least to the most.
const (
	// Agent delivers flows and asks nothing: it stands beside the order below.
	Agent Role = "agent"
	// Viewer reads the graph, the costs and the raw rows.
	Viewer Role = "viewer"
	// Analyst also asks in Cypher and asks the investigator, and acknowledges.
	Analyst Role = "analyst"
	// Admin also changes settings that others see.
	Admin Role = "admin"
)

var order = []Role{Viewer, Analyst, Admin}

// ParseRole reads a role's name.
func ParseRole(text string) (Role, error) {
	role := Role(text)
	if role != Agent && !slices.Contains(order, role) {
		return "", fmt.Errorf("role %q: want agent, viewer, analyst or admin", text)
	}
	return role, nil
}

// AtLeast reports whether a role may do what another may. An agent may do only
// what an agent may.
func (r Role) AtLeast(other Role) bool {
	if r == Agent || other == Agent {
		return r == other
	}
	mine := slices.Index(order, r)
	return mine >= 0 && mine >= slices.Index(order, other)
}
