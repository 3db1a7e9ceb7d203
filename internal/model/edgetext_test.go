package model_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/testkit/gen"
)

// TestKeysTextIsItsFieldsEscaped compares the text with the rule, said plainly.
func TestKeysTextIsItsFieldsEscaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := func(label string) string {
			return rapid.OneOf(gen.Name(), rapid.StringMatching(`[a%|/]{0,4}`)).Draw(t, label)
		}
		identity := func() model.Identity {
			kind := rapid.SampledFrom([]model.IdentityKind{model.KindWorkload, model.KindNode, model.KindCloudEndpoint, model.KindUnknown}).Draw(t, "kind")
			return model.Identity{Kind: kind, Cluster: name("cluster"), Namespace: name("namespace"), Type: name("type"), Name: name("name"), Region: name("region")}
		}
		place := func() model.Place {
			return model.Place{Provider: name("provider"), Region: name("region"), Zone: name("zone"), Network: name("network"), Account: name("account")}
		}
		key := model.EdgeKey{
			Source: identity(), Destination: identity(), SourceRevision: name("revision"), DestinationRevision: name("revision"),
			ServerPort: rapid.Uint16().Draw(t, "port"), Protocol: model.Protocol(rapid.Byte().Draw(t, "protocol")), Initiator: model.Initiator(name("initiator")),
			SourcePlace: place(), DestinationPlace: place(), Path: gen.Path().Draw(t, "path"),
		}
		if got, want := key.String(), plainText(key); got != want {
			t.Fatalf("text %q, want %q", got, want)
		}
	})
}

func plainText(k model.EdgeKey) string {
	fields := []string{
		plainID(k.Source), plainID(k.Destination), k.SourceRevision, k.DestinationRevision,
		strconv.Itoa(int(k.ServerPort)), k.Protocol.String(), string(k.Initiator),
		k.SourcePlace.Provider, k.SourcePlace.Region, k.SourcePlace.Zone,
		k.DestinationPlace.Provider, k.DestinationPlace.Region, k.DestinationPlace.Zone,
		string(k.Path.Kind), k.Path.Via, k.Path.ViaZone, strconv.FormatBool(k.Path.Assumed),
	}
	owners := []string{k.SourcePlace.Network, k.SourcePlace.Account, k.DestinationPlace.Network, k.DestinationPlace.Account}
	if strings.Join(owners, "") != "" {
		fields = append(fields, owners...)
	}
	return plainJoin("|", "%7C", fields)
}

func plainID(i model.Identity) string {
	switch {
	case i.Kind == model.KindWorkload:
		return plainJoin("/", "%2F", []string{"w", i.Cluster, i.Namespace, i.Type, i.Name})
	case i.Kind == model.KindNode && i.Type == "":
		return plainJoin("/", "%2F", []string{"n", i.Cluster, i.Name})
	case i.Kind == model.KindNode:
		return plainJoin("/", "%2F", []string{"n", i.Cluster, i.Name, i.Type})
	case i.Kind == model.KindCloudEndpoint:
		return plainJoin("/", "%2F", []string{"e", i.Type, i.Region, i.Name})
	default:
		return plainJoin("/", "%2F", []string{"u", i.Type})
	}
}

func plainJoin(separator, code string, fields []string) string {
	escaped := make([]string, len(fields))
	for i, field := range fields {
		escaped[i] = strings.ReplaceAll(strings.ReplaceAll(field, "%", "%25"), separator, code)
	}
	return strings.Join(escaped, separator)
}

// BenchmarkEdgeID works out the id of an edge between two workloads.
func BenchmarkEdgeID(b *testing.B) {
	key := webToAPI()
	b.ReportAllocs()
	for b.Loop() {
		_ = key.ID()
	}
}
