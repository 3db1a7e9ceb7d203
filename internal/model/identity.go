package model

import (
	"bytes"
	"strings"
)

// Place is where something is, and in whose hands. Empty fields are unknown.
type Place struct {
	// Provider is "aws", "gcp", "azure" or "".
	Provider string
	// Region, for example us-east-1.
	Region string
	// Zone is the zone id (use1-az1), not the per-account zone name.
	Zone string
	// Network is the id of the virtual network: a VPC, a VNet.
	Network string
	// Account is the account, subscription or project that owns it and is billed
	// for its side of a transfer.
	Account string
}

// IdentityKind says what kind of thing an end of an edge is.
type IdentityKind string

// Identity kinds. They are the graph's node labels too.
const (
	KindWorkload      IdentityKind = "Workload"
	KindNode          IdentityKind = "Node"
	KindCloudEndpoint IdentityKind = "CloudEndpoint"
	KindUnknown       IdentityKind = "Unknown"
)

// UnknownReason says why an end could not be identified.
type UnknownReason string

// Reasons for an unknown end.
const (
	UnknownNoOwner      UnknownReason = "no-owner-at-that-time" // address in a known range, but nobody held it then
	UnknownAddress      UnknownReason = "unknown-address"       // no fact speaks of the address
	UnknownPod          UnknownReason = "unknown-pod"           // the pod UID has no fact
	UnknownAmbiguous    UnknownReason = "ambiguous-owner"       // several owners claim it and none is better
	UnknownUntranslated UnknownReason = "untranslated-service"  // a Service address whose backend is not known
	UnknownLocalProcess UnknownReason = "unknown-local-process" // the kernel did not say whose socket it was
)

// Identity is one end of an edge: the stable thing that people own or know.
type Identity struct {
	Kind IdentityKind
	// Cluster is set for workloads and nodes.
	Cluster string
	// Namespace is set for workloads.
	Namespace string
	// Type is the workload kind (Deployment, StatefulSet, ...), the endpoint
	// class (s3, internet, ...), the unit of a node (containerd, kubelet; "" for
	// the node as a whole), or the unknown reason.
	Type string
	// Name is the object's name.
	Name string
	// Region is set for endpoints that exist once per region.
	Region string
}

// Unknown returns the identity of an end that could not be identified.
func Unknown(reason UnknownReason) Identity {
	return Identity{Kind: KindUnknown, Type: string(reason), Name: string(reason)}
}

// ID is the stable text form and the graph's node id, for example
// "w/lab/shop/Deployment/checkout", "n/lab/node-a", "n/lab/node-a/containerd",
// "e/s3/us-east-1/s3", "u/unknown-address". Slashes inside a part are escaped as %2F.
func (i Identity) ID() string { return string(i.appendID(make([]byte, 0, 96))) }

func (i *Identity) appendID(text []byte) []byte {
	switch i.Kind {
	case KindWorkload:
		return appendParts(text, "w", i.Cluster, i.Namespace, i.Type, i.Name)
	case KindNode:
		if i.Type == "" {
			return appendParts(text, "n", i.Cluster, i.Name)
		}
		return appendParts(text, "n", i.Cluster, i.Name, i.Type)
	case KindCloudEndpoint:
		return appendParts(text, "e", i.Type, i.Region, i.Name)
	default:
		return appendParts(text, "u", i.Type)
	}
}

// JoinID puts an id together as those of identities are: parts with strokes between.
func JoinID(parts ...string) string { return string(appendParts(nil, parts...)) }

// appendWithin appends the ID as a field of an edge's key, in which % and | are
// escaped once more.
func (i *Identity) appendWithin(text []byte) []byte {
	start := len(text)
	text = i.appendID(text)
	if bytes.IndexByte(text[start:], '%') >= 0 || bytes.IndexByte(text[start:], '|') >= 0 {
		id := string(text[start:])
		text = appendEscaped(text[:start], id, '|', "%7C")
	}
	return text
}

// String is the ID.
func (i Identity) String() string { return i.ID() }

func appendParts(text []byte, parts ...string) []byte {
	for n, part := range parts {
		if n > 0 {
			text = append(text, '/')
		}
		text = appendEscaped(text, part, '/', "%2F")
	}
	return text
}

// appendEscaped appends a part of a text whose parts are set off by a separator:
// with %25 for % and the code for the separator.
func appendEscaped(text []byte, part string, separator byte, code string) []byte {
	if strings.IndexByte(part, '%') < 0 && strings.IndexByte(part, separator) < 0 {
		return append(text, part...)
	}
	for i := range len(part) {
		switch part[i] {
		case '%':
			text = append(text, "%25"...)
		case separator:
			text = append(text, code...)
		default:
			text = append(text, part[i])
		}
	}
	return text
}
