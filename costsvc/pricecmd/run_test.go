package pricecmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/egressor/egressor/costsvc/pricebooks"
	"github.com/egressor/egressor/costsvc/pricing"
)

const good = `{"id":"a1","at":"2026-11-10T00:00:00Z","provider":"aws","mode":"list","from":{"kind":"pod","region":"us-east-1","zone":"use1-az1"},"to":{"kind":"pod","region":"us-east-1","zone":"use1-az2"},"bytes":1073741824}`

func price(t *testing.T, in string, options Options) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := Run(t.Context(), strings.NewReader(in), &out, options)
	return out.String(), err
}

func TestOneBadLineDoesNotStopTheRest(t *testing.T) {
	out, err := price(t, good+"\n\nnot JSON\n"+strings.Replace(good, "a1", "a3", 1), Options{})
	if !errors.Is(err, ErrBadLines) {
		t.Fatalf("error %v, want ErrBadLines", err)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], `"id":"a1"`) || !strings.Contains(lines[1], "line 3: not a transfer") || !strings.Contains(lines[2], `"id":"a3"`) {
		t.Fatalf("answers:\n%s", out)
	}
}

func TestBadTransfersAreNamed(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"us-east-1"`, `"us-esat-1"`, `region \"us-esat-1\" does not exist`},
		{`"provider":"aws"`, `"provider":"gcp"`, `for \"aws\"`},
		{`"kind":"pod"`, `"kind":"vm"`, `kind \"vm\"`},
		{`,"bytes":1073741824`, ``, `bytes is missing`},
		{`1073741824`, `1.5`, `not a transfer`},
		{`1073741824`, `-1`, `not a transfer`},
		{`"bytes"`, `"size":1,"bytes"`, `size`},
		{`"list"`, `"cheap"`, `want list, marginal or blended`},
		{`"bytes"`, `"path":[{"kind":"carrier-pigeon"}],"bytes"`, `carrier-pigeon`},
		{`"bytes"`, `"tier":"premium","bytes"`, `only gcp`},
		{`"kind":"pod"`, `"kind":"service"`, `a service, and nothing else, names one`},
		{`"at":"2026-11-10T00:00:00Z"`, `"at":"yesterday"`, `not a transfer`},
	} {
		out, err := price(t, strings.Replace(good, c.old, c.new, 1), Options{})
		var failure Failure
		if !errors.Is(err, ErrBadLines) || json.Unmarshal([]byte(out), &failure) != nil || !strings.Contains(out, c.want) {
			t.Errorf("%s for %s: %v, %s; want an error with %s", c.new, c.old, err, out, c.want)
		}
	}
}

// TestTheContractByteForByte is the example of the command's contract: a GiB to
// S3 through a NAT gateway of another zone.
func TestTheContractByteForByte(t *testing.T) {
	const in = `{"id":"a1","at":"2026-11-10T00:00:00Z","provider":"aws","mode":"marginal","from":{"kind":"pod","region":"us-east-1","zone":"use1-az1","vpc":"vpc-a","account":"111111111111","public":false},` +
		`"to":{"kind":"service","service":"s3","region":"us-east-1"},"path":[{"kind":"nat","zone":"use1-az2"},{"kind":"igw"}],"bytes":1073741824,"meters":{"internet":0,"regional":1073741824,"endpoint":0}}`
	const want = `{"id":"a1","lines":[` +
		`{"code":"DataTransfer-Regional-Bytes","operation":"InterZone-Out","payer":"source","bytes":1073741824,"unit_bytes":1073741824,"rate_nano_usd_per_unit":10000000,"nano_usd":10000000,"rule":"A14","source":"INFRA-DT","note":"cross-zone/us-east-1 tier 1; account 111111111111"},` +
		`{"code":"DataTransfer-Regional-Bytes","operation":"InterZone-In","payer":"gateway","bytes":1073741824,"unit_bytes":1073741824,"rate_nano_usd_per_unit":10000000,"nano_usd":10000000,"rule":"A14","source":"INFRA-DT","note":"cross-zone/us-east-1 tier 1; account 111111111111"},` +
		`{"code":"NatGateway-Bytes","operation":"NatGateway","payer":"gateway","bytes":1073741824,"unit_bytes":1073741824,"rate_nano_usd_per_unit":45000000,"nano_usd":45000000,"rule":"A13","source":"EC2VPS","note":"nat/us-east-1 tier 1; account 111111111111"},` +
		`{"code":"","operation":"","payer":"none","bytes":1073741824,"unit_bytes":1073741824,"rate_nano_usd_per_unit":0,"nano_usd":0,"rule":"A12","source":"","note":"free by rule"}],` +
		`"nano_usd":65000000,"unpriced_bytes":0,"exact":"65000000/1"}` + "\n" +
		`{"id":"a2","error":"line 2: bytes is missing: say how many bytes went from \"from\" to \"to\""}` + "\n"
	got, err := price(t, in+"\n"+`{"id":"a2","from":{"kind":"pod"},"to":{"kind":"pod"}}`, Options{Book: "aws"})
	if !errors.Is(err, ErrBadLines) || got != want {
		t.Errorf("%v\n got %s\nwant %s", err, got, want)
	}
}

func TestFormats(t *testing.T) {
	for format, want := range map[string]string{
		"csv":   "a1,DataTransfer-Regional-Bytes,InterZone-In,destination,1073741824,1073741824,10000000,10000000,A3,INFRA-DT,cross-zone/us-east-1 tier 1,",
		"table": "DataTransfer-Regional-Bytes  InterZone-In   destination",
		"json":  `"nano_usd":20000000,"unpriced_bytes":0,"exact":"20000000/1"`,
	} {
		out, err := price(t, good, Options{Format: format})
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%s: %v\n%s\nhas no %s", format, err, out, want)
		}
	}
	if _, err := price(t, good, Options{Format: "xml"}); err == nil {
		t.Error("xml was accepted")
	}
}

func TestACancelledRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, strings.NewReader(good), new(bytes.Buffer), Options{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want context.Canceled", err)
	}
}

// TestExactIsExact compares the fraction of any number of bytes with rationals.
func TestExactIsExact(t *testing.T) {
	book, err := pricebooks.Load("aws")
	if err != nil {
		t.Fatal(err)
	}
	var run pricing.Run
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Max(1<<60).Draw(t, "bytes")
		line := strings.Replace(good, "1073741824", new(big.Int).SetUint64(n).String(), 1)
		a, err := priceOne(book, &run, []byte(line))
		if err != nil {
			t.Fatal(err)
		}
		want := new(big.Rat).SetFrac(new(big.Int).Mul(new(big.Int).SetUint64(n), big.NewInt(20_000_000)), big.NewInt(1<<30))
		got, ok := new(big.Rat).SetString(a.Exact)
		if !ok || got.Cmp(want) != 0 {
			t.Fatalf("exact %s, want %s", a.Exact, want)
		}
		if a.NanoUSD != a.Lines[0].NanoUSD+a.Lines[1].NanoUSD {
			t.Fatalf("lines %d and %d, total %d", a.Lines[0].NanoUSD, a.Lines[1].NanoUSD, a.NanoUSD)
		}
	})
}
