package filter

import (
	"slices"
	"strings"

	"github.com/egressor/egressor/internal/model"
)

// Type is what the values of a field are.
type Type string

// Types.
const (
	Text     Type = "text"
	Choice   Type = "choice"   // one of Field.Choices
	Number   Type = "number"   // a whole number
	Bytes    Type = "bytes"    // a whole number of bytes, with a unit: 1GB, 2GiB
	Amount   Type = "amount"   // an exact decimal in the currency of the window
	Duration Type = "duration" // 250us, 1.5ms, 2s
	Address  Type = "address"  // an IP address or a CIDR range
)

// Ordered reports whether values can be more or less.
func (t Type) Ordered() bool { return t == Number || t == Bytes || t == Amount || t == Duration }

// Field is one property of a transfer.
type Field struct {
	// Name is as it is written; that of a label is followed by its key.
	Name string
	Type Type
	// Sided fields are of an end: of either, or of the one named before the dot.
	Sided bool
	// Sum is true where the value is that of the whole window and not of the
	// transfer's key: it is known only once the window was added up.
	Sum bool
	// Flow is true where only raw flows have it.
	Flow bool
	// Choices are all values, where there are only so many.
	Choices []string
	// Doc says what it is.
	Doc string
}

// Label is the field whose name is followed by a key.
const Label = "label"

// What the choices are called.
var (
	kinds      = []string{"workload", "node", "endpoint", "unknown"}
	protocols  = []string{"tcp", "udp", "icmp", "icmpv6"}
	initiators = []string{"source", "destination", "unknown"}
	truths     = []string{"true", "false"}
	borders    = []string{"zone", "region", "network", "account", "namespace", "team", "cluster"}
	roles      = []string{"client", "server", "unknown"}
)

var fields = []*Field{
	{Name: "namespace", Type: Text, Sided: true, Doc: "Kubernetes namespace"},
	{Name: "name", Type: Text, Sided: true, Doc: "name of the workload, machine or endpoint; a word by itself is name~word"},
	{Name: "team", Type: Text, Sided: true, Doc: "team that owns the workload"},
	{Name: Label, Type: Text, Sided: true, Doc: "label of the workload or its pods, as label.KEY"},
	{Name: "kind", Type: Choice, Sided: true, Choices: kinds, Doc: "what an end is"},
	{Name: "type", Type: Text, Sided: true, Doc: "Deployment, StatefulSet, ...; the class of an endpoint; the reason for being unknown"},
	{Name: "class", Type: Text, Sided: true, Doc: "class of a cloud endpoint: s3, internet, ..."},
	{Name: "cluster", Type: Text, Sided: true, Doc: "Kubernetes cluster"},
	{Name: "id", Type: Text, Sided: true, Doc: "id of the end, such as w/lab/shop/Deployment/web"},
	{Name: "revision", Type: Text, Sided: true, Doc: "id of the rollout revision"},
	{Name: "zone", Type: Text, Sided: true, Doc: "zone id; zone=A->B is from A to B"},
	{Name: "region", Type: Text, Sided: true, Doc: "region"},
	{Name: "account", Type: Text, Sided: true, Doc: "account, subscription or project that is billed for the side"},
	{Name: "network", Type: Text, Sided: true, Doc: "VPC or VNet"},
	{Name: "transfer", Type: Text, Doc: "id of the transfer: t and 16 hexadecimal digits"},
	{Name: "path", Type: Choice, Choices: pathKinds(), Doc: "the way the bytes take"},
	{Name: "via", Type: Text, Doc: "gateway or endpoint on the way"},
	{Name: "assumed", Type: Choice, Choices: truths, Doc: "whether the way is a default and not known"},
	{Name: "crosses", Type: Choice, Choices: borders, Doc: "a border between two ends that are both known and differ"},
	{Name: "port", Type: Number, Doc: "the accepting side's port"},
	{Name: "protocol", Type: Choice, Choices: protocols, Doc: "transport protocol"},
	{Name: "initiator", Type: Choice, Choices: initiators, Doc: "which end opened the connections"},
	{Name: "bytes", Type: Bytes, Sum: true, Doc: "wire bytes in the window"},
	{Name: "payload", Type: Bytes, Sum: true, Doc: "payload bytes in the window"},
	{Name: "packets", Type: Number, Sum: true, Doc: "packets in the window"},
	{Name: "retransmits", Type: Number, Sum: true, Doc: "packets that were sent again"},
	{Name: "connections", Type: Number, Sum: true, Doc: "connections first seen in the window"},
	{Name: "rtt", Type: Duration, Sum: true, Doc: "highest smoothed round-trip time; nothing is said of an unknown one"},
	{Name: "cost", Type: Amount, Sum: true, Doc: "cost in the window, in its currency"},
	{Name: "address", Type: Address, Sided: true, Flow: true, Doc: "address of an end, or a range"},
	{Name: "agent", Type: Text, Flow: true, Doc: "machine whose agent reported, as CLUSTER/NODE"},
	{Name: "role", Type: Choice, Flow: true, Choices: roles, Doc: "the local end's part in the connection"},
}

func pathKinds() []string {
	var names []string
	for _, kind := range model.PathKinds() {
		names = append(names, string(kind))
	}
	return names
}

// Fields are all fields, in the order in which they are documented. They are
// not to be changed.
func Fields() []*Field { return slices.Clone(fields) }

// FieldNamed is the field of a name; nil where there is none.
func FieldNamed(name string) *Field {
	at := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == name })
	if at < 0 {
		return nil
	}
	return fields[at]
}

// Operators are those that the field takes.
func (f *Field) Operators() []Op {
	switch {
	case f.Type.Ordered():
		return []Op{Equal, NotEqual, More, AtLeast, Less, AtMost}
	case f.Type == Text:
		return []Op{Equal, NotEqual, Contains, NotContains}
	default:
		return []Op{Equal, NotEqual}
	}
}

// named is what a word before an operator means.
type named struct {
	field *Field
	key   string
	side  Side
}

// prefixes are the ways in which a side is named.
var prefixes = []struct {
	text string
	side Side
}{{"source.", Source}, {"src.", Source}, {"from.", Source}, {"destination.", Destination}, {"dst.", Destination}, {"to.", Destination}}

// resolve finds what a word names; the field is nil where it names none.
func resolve(word string) named {
	n := named{}
	for _, prefix := range prefixes {
		if rest, has := strings.CutPrefix(word, prefix.text); has {
			n.side, word = prefix.side, rest
			break
		}
	}
	if key, has := strings.CutPrefix(word, Label+"."); has && key != "" {
		n.key, word = key, Label
	} else if word == Label {
		return n // without its key it names nothing
	}
	if n.field = FieldNamed(word); n.field != nil && n.side != Either && !n.field.Sided {
		n.field = nil
	}
	return n
}

// name is how the condition's property is written.
func (c *Condition) name() string {
	name := c.Field.Name
	if c.Key != "" {
		name += "." + c.Key
	}
	if c.Side != Either {
		name = string(c.Side) + "." + name
	}
	return name
}
