package model

import (
	"fmt"
	"strings"
)

// ParseIdentity is the inverse of Identity.ID.
func ParseIdentity(id string) (Identity, error) {
	parts := SplitID(id)
	kind, fields := parts[0], parts[1:]
	switch {
	case kind == "w" && len(fields) == 4:
		return Identity{Kind: KindWorkload, Cluster: fields[0], Namespace: fields[1], Type: fields[2], Name: fields[3]}, nil
	case kind == "n" && len(fields) == 2:
		return Identity{Kind: KindNode, Cluster: fields[0], Name: fields[1]}, nil
	case kind == "n" && len(fields) == 3 && fields[2] != "":
		return Identity{Kind: KindNode, Cluster: fields[0], Name: fields[1], Type: fields[2]}, nil
	case kind == "e" && len(fields) == 3:
		return Identity{Kind: KindCloudEndpoint, Type: fields[0], Region: fields[1], Name: fields[2]}, nil
	case kind == "u" && len(fields) == 1:
		return Unknown(UnknownReason(fields[0])), nil
	default:
		return Identity{}, fmt.Errorf("identity %q: want w/CLUSTER/NAMESPACE/KIND/NAME, n/CLUSTER/NAME[/UNIT], e/CLASS/REGION/NAME or u/REASON", id)
	}
}

// SplitID are the parts of an id that JoinID put together; at least one.
func SplitID(id string) []string {
	parts := strings.Split(id, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(strings.ReplaceAll(part, "%2F", "/"), "%25", "%")
	}
	return parts
}
