package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/egressor/egressor/graphsvc/app"
	"github.com/egressor/egressor/internal/clock"
	"github.com/egressor/egressor/internal/delivery"
	"github.com/egressor/egressor/internal/flowfile"
	"github.com/egressor/egressor/internal/inventory"
	"github.com/egressor/egressor/internal/model"
)

// flowsImport is what import was asked for beside facts.
type flowsImport struct {
	format, cluster, tokenFile string
}

// The formats of raw flows.
const (
	formatNDJSON = "flows-ndjson"
	formatVPC    = "vpc-flow-logs"
	formatOTLP   = "otlp-json"
)

func (f *flowsImport) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "format", "", "read raw flows of FILEs: flows-ndjson, vpc-flow-logs or otlp-json (docs/formats/flows.md)")
	cmd.Flags().StringVar(&f.cluster, "cluster", "imported", "with vpc-flow-logs, and with otlp-json that names none: the cluster whose pods have the addresses")
	cmd.Flags().StringVar(&f.tokenFile, "token-file", "", "file with a token of role agent, where the ingest asks for one")
}

// check says what is wrong with the arguments.
func (f *flowsImport) check(args []string) error {
	switch {
	case f.format == "" && len(args) > 0:
		return fmt.Errorf("%s: say what it is with --format", args[0])
	case f.format != "" && !slices.Contains([]string{formatNDJSON, formatVPC, formatOTLP}, f.format):
		return fmt.Errorf("--format %q: want %s, %s or %s", f.format, formatNDJSON, formatVPC, formatOTLP)
	case f.format != "" && len(args) == 0:
		return errors.New("name the files with flows, or - for standard input")
	default:
		return nil
	}
}

// run reads all files before it sends anything, and the facts travel with the
// first batch.
func (f *flowsImport) run(cmd *cobra.Command, settings app.Config, args []string) error {
	capture, name, err := f.read(cmd.InOrStdin(), args)
	if err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(capture.LeftOut)) {
		fmt.Fprintf(cmd.ErrOrStderr(), "left out: %d of %s\n", capture.LeftOut[why], why)
	}
	batches := capture.Batches(name)
	if len(batches) == 0 {
		return errors.New("there is no flow in the files")
	}
	if batches[0].Facts, err = factsOf(settings); err != nil {
		return err
	}
	return f.send(cmd, settings.IngestListen, batches, capture.Rows())
}

// read reads the files; name stands for what is in them.
func (f *flowsImport) read(stdin io.Reader, paths []string) (*flowfile.Capture, string, error) {
	capture, digest := flowfile.NewCapture(), sha256.New()
	for _, path := range paths {
		if err := f.readOne(capture, stdin, path, digest); err != nil {
			return nil, "", fmt.Errorf("%s: %w: nothing was imported", path, err)
		}
	}
	const named = 8 // bytes
	return capture, "import-" + hex.EncodeToString(digest.Sum(nil)[:named]), nil
}

func (f *flowsImport) readOne(capture *flowfile.Capture, stdin io.Reader, path string, digest io.Writer) error {
	in := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	buffered := bufio.NewReader(io.TeeReader(in, digest))
	text := io.Reader(buffered)
	if begin, _ := buffered.Peek(2); flowfile.IsGzip(begin) {
		unpacked, err := gzip.NewReader(buffered)
		if err != nil {
			return err
		}
		text = unpacked
	}
	switch f.format {
	case formatVPC:
		return capture.ReadVPC(text, f.cluster)
	case formatOTLP:
		return capture.ReadOTLP(text, f.cluster)
	default:
		return capture.ReadNDJSON(text)
	}
}

// factsOf are what the inventory and the endpoint file say.
func factsOf(settings app.Config) ([]model.Fact, error) {
	var facts []model.Fact
	for _, path := range []string{settings.Inventory, settings.Endpoints} {
		if path == "" {
			continue
		}
		stated, err := inventory.Load(path)
		if err != nil {
			return nil, err
		}
		facts = append(facts, stated...)
	}
	return facts, nil
}

func (f *flowsImport) send(cmd *cobra.Command, server string, batches []model.Batch, rows int) error {
	token := ""
	if f.tokenFile != "" {
		text, err := os.ReadFile(f.tokenFile)
		if err != nil {
			return usage(fmt.Errorf("--token-file: %w", err))
		}
		token = strings.TrimSpace(string(text))
	}
	reporter, err := reporterOf(cmd)
	if err != nil {
		return err
	}
	sender, err := delivery.New(server, token, clock.System{}, reporter.Log("import"))
	if err != nil {
		return err
	}
	defer sender.Close()
	for _, batch := range batches {
		if err := sendOne(cmd.Context(), sender, batch); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d rows in %d batches are durable\n", rows, len(batches))
	return err
}

// patience is how long one batch is tried to be delivered.
const patience = time.Minute

func sendOne(ctx context.Context, sender *delivery.Sender, batch model.Batch) error {
	trying, stop := context.WithTimeout(ctx, patience)
	defer stop()
	err := sender.Send(trying, batch)
	switch {
	case err == nil:
		return nil
	case trying.Err() != nil && ctx.Err() == nil:
		return fmt.Errorf("batch %s/%d was not taken within %s: is the service running, and --ingest-listen its address?", batch.Agent, batch.Sequence, patience)
	default:
		return fmt.Errorf("batch %s/%d: %w", batch.Agent, batch.Sequence, err)
	}
}
