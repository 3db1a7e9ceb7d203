package flowfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	metrics "go.opentelemetry.io/proto/otlp/metrics/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// Why records of OpenTelemetry are left out.
const (
	leftName     = "metrics of other names than OBI's and Beyla's network flows"
	leftAddress  = "records without both addresses: OBI gives src.address and dst.address where its attributes select them"
	leftReporter = "records that do not say which machine reported them"
	leftSide     = "records that do not say which end was at the machine"
	leftProtocol = "records that do not say which transport protocol it was"
	leftTime     = "records without a time"
	leftBegin    = "first values of counters that began more than ten minutes before: what they counted lies in no known minute"
)

// ReadOTLP adds network flows in OTLP's JSON to a capture: metrics as OBI and Beyla
// export them, and logs with source and destination as NetObserv exports them. The
// file is any number of exports, one behind the other, as the Collector's file
// exporter writes them. cluster is of those that name none. An error names the export.
func (c *Capture) ReadOTLP(in io.Reader, cluster string) error {
	read := otlpReader{capture: c, cluster: cluster, counters: map[string]*counter{}}
	decoder := json.NewDecoder(in)
	for n := 1; ; n++ {
		var export json.RawMessage
		switch err := decoder.Decode(&export); {
		case errors.Is(err, io.EOF):
			return read.settle()
		case err != nil:
			return fmt.Errorf("export %d: %w", n, err)
		}
		if err := read.export(export); err != nil {
			return fmt.Errorf("export %d: %w", n, err)
		}
	}
}

type otlpReader struct {
	capture *Capture
	cluster string
	// counters are cumulative ones by what they count.
	counters map[string]*counter
}

// lenient takes fields that later versions of OTLP add, as OTLP asks of receivers.
var lenient = protojson.UnmarshalOptions{DiscardUnknown: true}

func (o *otlpReader) export(text []byte) error {
	var is struct {
		ResourceMetrics, ResourceLogs json.RawMessage
	}
	if err := json.Unmarshal(text, &is); err != nil {
		return err
	}
	switch {
	case is.ResourceMetrics != nil:
		return o.metrics(text)
	case is.ResourceLogs != nil:
		return o.logs(text)
	default:
		return errors.New("neither resourceMetrics nor resourceLogs: network flows are metrics or logs")
	}
}

func (o *otlpReader) metrics(text []byte) error {
	var data metrics.MetricsData
	if err := unmarshal(text, &data); err != nil {
		return err
	}
	for _, of := range data.GetResourceMetrics() {
		about := attributesOf(of.GetResource())
		for _, scope := range of.GetScopeMetrics() {
			for _, m := range scope.GetMetrics() {
				if err := o.metric(about, m); err != nil {
					return fmt.Errorf("metric %s: %w", m.GetName(), err)
				}
			}
		}
	}
	return nil
}

func (o *otlpReader) logs(text []byte) error {
	var data logs.LogsData
	if err := unmarshal(text, &data); err != nil {
		return err
	}
	for _, of := range data.GetResourceLogs() {
		about := attributesOf(of.GetResource())
		for _, scope := range of.GetScopeLogs() {
			for n, record := range scope.GetLogRecords() {
				if err := o.log(about, record); err != nil {
					return fmt.Errorf("log record %d: %w", n+1, err)
				}
			}
		}
	}
	return nil
}

func unmarshal(text []byte, into proto.Message) error {
	if err := lenient.Unmarshal(text, into); err != nil {
		return fmt.Errorf("no OTLP: %w", err)
	}
	return nil
}

// attributes are values by name; a number is as it was given, as text.
type attributes map[string]string

func attributesOf(of *resource.Resource) attributes {
	a := attributes{}
	a.add(of.GetAttributes())
	return a
}

func (a attributes) add(pairs []*common.KeyValue) {
	for _, pair := range pairs {
		a[pair.GetKey()] = textOf(pair.GetValue())
	}
}

func textOf(value *common.AnyValue) string {
	switch v := value.GetValue().(type) {
	case *common.AnyValue_StringValue:
		return v.StringValue
	case *common.AnyValue_IntValue:
		return fmt.Sprint(v.IntValue)
	case *common.AnyValue_DoubleValue:
		return fmt.Sprintf("%.0f", v.DoubleValue)
	case *common.AnyValue_BoolValue:
		return fmt.Sprint(v.BoolValue)
	default:
		return ""
	}
}

// first is the value of the first name that has one.
func (a attributes) first(names ...string) string {
	for _, name := range names {
		if a[name] != "" {
			return a[name]
		}
	}
	return ""
}
