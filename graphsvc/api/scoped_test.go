package api_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/egressor/egressor/costsvc/pricing"
	"github.com/egressor/egressor/costsvc/transferclass"
	"github.com/egressor/egressor/graphsvc/access"
	"github.com/egressor/egressor/graphsvc/api"
	"github.com/egressor/egressor/graphsvc/decision"
	"github.com/egressor/egressor/graphsvc/query"
	"github.com/egressor/egressor/graphsvc/query/doubles"
	"github.com/egressor/egressor/graphsvc/statement"
	"github.com/egressor/egressor/internal/model"
	"github.com/egressor/egressor/internal/money"
)

// What nobody outside the namespace vault may read: its names, and the bytes and
// the amount of every sum that it is in. The asker sees lab/shop.
const (
	hiddenName  = "vault"
	hiddenBytes = 987654321
	hiddenUnits = 7_770_000_000_000 // 7770, in nano
)

var hidden = []string{hiddenName, "98765", "777"}

// keepsScope says how a field answers for whoever sees lab/shop alone.
type keepsScope struct {
	// arguments are those of the field.
	arguments string
	// refused is the code of its error, "" where it answers.
	refused string
	// open is why there is nothing to hide in its answer.
	open string
}

// rootFields has a row for every field of the schema's roots. Decide how a new
// field keeps to scopes, and add its row: every field of its answer is asked for.
var rootFields = map[string]keepsScope{
	"Query.meta":               {},
	"Query.versions":           {},
	"Query.graph":              {},
	"Query.packedGraph":        {},
	"Query.groups":             {arguments: `groupBy: NAMESPACE_PAIR`},
	"Query.namespaces":         {},
	"Query.zones":              {},
	"Query.filterCompletions":  {arguments: `text: "namespace="`},
	"Query.filterFields":       {open: "the language, not what is asked for in it"},
	"Query.flows":              {},
	"Query.node":               {arguments: `id: "w/lab/vault/Deployment/vault-db"`},
	"Query.tags":               {},
	"Query.entity":             {arguments: `id: "w/lab/vault/Deployment/vault-db"`},
	"Query.transfer":           {arguments: `id: "` + others().ID.String() + `"`},
	"Query.transfers":          {arguments: `first: 10`},
	"Query.totals":             {},
	"Query.forecast":           {},
	"Query.watches":            {open: "none for who does not see everything: TestWatchesAreForWhoSeesAll"},
	"Query.reconciliations":    {open: "none for who does not see everything: TestBillsAreForWhoSeesAll"},
	"Query.diff":               {arguments: `before: {to: "2026-11-23T10:03:00Z"}, after: {}, groupBy: SOURCE_NAMESPACE`},
	"Query.paths":              {arguments: `from: "w/lab/vault/Deployment/vault-web", to: "w/lab/vault/Deployment/vault-db"`, refused: "UNKNOWN_ID"},
	"Query.neighbourhood":      {arguments: `of: "w/lab/vault/Deployment/vault-db"`, refused: "UNKNOWN_ID"},
	"Query.blastRadius":        {arguments: `of: {node: "w/lab/vault/Deployment/vault-db"}`, refused: "UNKNOWN_ID"},
	"Query.sharedDestinations": {},
	"Query.crossZoneCircles":   {},
	"Query.cypher":             {arguments: `query: "MATCH (n) RETURN n"`, refused: "FORBIDDEN"},
	"Query.savedCypher":        {open: "statements that are shipped, not their answers"},
	"Query.limits":             {open: "the same for everybody"},
	"Query.statement":          {arguments: `groupBy: [WORKLOAD, NAMESPACE]`},
	"Query.explain":            {arguments: `transfer: "` + others().ID.String() + `"`},
	"Query.coverage":           {open: "machines, and how far they are covered: whether any figure can be trusted"},
	"Query.agents":             {open: "as coverage"},
	"Query.agentMachines":      {open: "none for who does not see everything: TestAgentMachinesAreForWhoSeesAll"},
	"Query.serviceVersion":     {open: "the same for everybody"},
	"Query.investigator":       {open: "whether it can be asked"},
	"Query.incidents":          {},
	"Query.incident":           {arguments: `id: "i-vault"`},
	"Query.recommendations":    {},
	"Query.recommendation":     {arguments: `id: "r-vault"`},
	"Query.askPreview":         {arguments: `question: "why?"`, open: "the asker's own question"},
	"Query.askSent":            {arguments: `conversation: "c"`, open: "the asker's own conversations"},
	"Query.search":             {arguments: `text: "db"`},
	"Query.verdicts":           {},
	"Query.views":              {},
	"Query.investigations":     {},
	"Query.investigation":      {arguments: `id: "q-vault"`},
	"Query.statedEndpoints":    {},
	"Query.priceOverlays":      {},

	"Mutation.acknowledgeIncident":   {arguments: `id: "i-vault"`, refused: "UNKNOWN_ID"},
	"Mutation.resolveIncident":       {arguments: `id: "i-both"`, refused: "UNKNOWN_ID"},
	"Mutation.reopenIncident":        {arguments: `id: "i-shop"`},
	"Query.marks":                    {arguments: `first: 500`},
	"Query.whatIf":                   {arguments: `recommendation: "r-vault"`},
	"Mutation.acceptRecommendation":  {arguments: `id: "r-vault"`, refused: "UNKNOWN_ID"},
	"Mutation.dismissRecommendation": {arguments: `id: "r-both", reason: "no"`, refused: "UNKNOWN_ID"},
	"Mutation.reopenRecommendation":  {arguments: `id: "r-everybody"`, refused: "UNKNOWN_ID"},
	"Mutation.tagVersion":            {arguments: `name: "release", version: 4`},
	"Mutation.deleteTag":             {arguments: `name: "release"`, open: "the name that was given"},
	"Mutation.saveView":              {arguments: `name: "mine", state: "/map"`, open: "the asker's own"},
	"Mutation.deleteView":            {arguments: `id: "v1"`, open: "the id that was given"},
	"Mutation.startInvestigation":    {arguments: `incident: "i-vault"`, refused: "UNKNOWN_ID"},
	"Mutation.saveEndpoint":          {arguments: `endpoint: {class: "vault", name: "x", cidrs: ["10.0.0.0/8"]}`, refused: "FORBIDDEN"},
	"Mutation.endEndpoint":           {arguments: `id: "vault//vault"`, refused: "FORBIDDEN"},
	"Mutation.putPriceOverlay":       {arguments: `text: "overlay: x", from: "2026-11-23T10:00:00Z"`, refused: "FORBIDDEN"},
	"Mutation.withdrawPriceOverlay":  {arguments: `name: "vault"`, refused: "FORBIDDEN"},

	"Subscription.incidentChanged":       {open: "told when an incident changes: as Query.incidents, see TestChangedIncidentsAreTold"},
	"Subscription.investigationProgress": {arguments: `id: "q-vault"`, refused: "UNKNOWN_ID"},
	"Subscription.versionCommitted":      {},
	"Subscription.ask":                   {arguments: `question: "why?"`, open: "asks the fields above as the asker"},
}

// own is a transfer within shop, others one within vault.
func own() query.Transfer { return doubles.Transfer("web", "db", 500, 1e9) }

func others() query.Transfer {
	t := doubles.Transfer("vault-web", "vault-db", hiddenBytes, hiddenUnits)
	t.Key.Source.Namespace, t.Key.Destination.Namespace = hiddenName, hiddenName
	t.ID = t.Key.ID()
	return t
}

// scopedSeries answers for everything, or for what Reach lets through.
type scopedSeries struct{ *doubles.Series }

func (s scopedSeries) Totals(_ context.Context, _ query.Window, of query.Subject) ([]query.MinuteTotal, error) {
	total := query.MinuteTotal{Minute: model.MinuteOf(doubles.Epoch) + 4, Bytes: hiddenBytes, Cost: money.FromNano(hiddenUnits)}
	if of.Reach != nil {
		total.Bytes, total.Cost = 500, money.FromNano(1e9)
	}
	return []query.MinuteTotal{total}, nil
}

// foundInsights are one of shop's and one of vault's, and two that concern both.
type foundInsights struct{}

func (foundInsights) Incidents(_ context.Context, behind model.IncidentPlace, limit int) ([]model.Incident, error) {
	shop, vault := anomaly(own()), anomaly(others())
	all := []model.Incident{
		{ID: "i-vault", Title: hiddenName, Since: 40, Anomalies: []model.Anomaly{vault}, Impact: money.FromNano(hiddenUnits), Currency: "USD"},
		{ID: "i-both", Title: hiddenName, Since: 30, Anomalies: []model.Anomaly{shop, vault}, Impact: money.FromNano(hiddenUnits), Currency: "USD"},
		{ID: "i-cut", Title: hiddenName, Since: 20, Anomalies: slices.Repeat([]model.Anomaly{shop}, model.MaxAnomalies), Impact: money.FromNano(hiddenUnits), Currency: "USD"},
		{
			ID: "i-shop", Title: "shop", Since: 10, Anomalies: []model.Anomaly{shop}, Currency: "USD", Conclusion: hiddenName + " rolled out",
			Findings: []model.Finding{{Entity: others().Key.Source.ID(), Subject: hiddenName, For: []string{hiddenName}}, {Entity: own().Key.Source.ID()}},
		},
	}
	all = slices.DeleteFunc(all, func(i model.Incident) bool { return behind.ID != "" && i.Since >= behind.Since })
	return all[:min(limit, len(all))], nil
}

func anomaly(t query.Transfer) model.Anomaly {
	return model.Anomaly{Source: t.Key.Source.ID(), Destination: t.Key.Destination.ID(), Bytes: t.Sent.WireBytes, Cost: t.Cost}
}

func (f foundInsights) Incident(ctx context.Context, id string) (model.Incident, bool, error) {
	all, err := f.Incidents(ctx, model.IncidentPlace{}, 10)
	at := slices.IndexFunc(all, func(i model.Incident) bool { return i.ID == id })
	return all[max(at, 0)], at >= 0, err
}

func (foundInsights) Recommendations(context.Context) ([]model.Recommendation, error) {
	const bucket = "e/s3/eu-west-1/s3"
	saving := money.FromNano(hiddenUnits)
	return []model.Recommendation{
		{ID: "r-vault", Title: hiddenName, Entities: []string{others().Key.Source.ID(), bucket}, Saving: saving, Minutes: 1, Currency: "USD"},
		{ID: "r-both", Title: hiddenName, Entities: []string{others().Key.Source.ID(), own().Key.Source.ID()}, Saving: saving, Minutes: 1, Currency: "USD"},
		{ID: "r-everybody", Title: "everybody's", Entities: []string{bucket}, Saving: saving, Minutes: 1, Currency: "USD"},
		{ID: "r-machines", Title: "a machine's too", Entities: []string{own().Key.Source.ID(), "n/lab/" + hiddenName}, Saving: saving, Minutes: 1, Currency: "USD"},
		{ID: "r-shop", Title: "shop", Entities: []string{own().Key.Source.ID(), bucket}, Minutes: 1, Currency: "USD"},
	}, nil
}

func (f foundInsights) Recommendation(ctx context.Context, id string) (model.Recommendation, bool, error) {
	all, err := f.Recommendations(ctx)
	at := slices.IndexFunc(all, func(r model.Recommendation) bool { return r.ID == id })
	if at < 0 {
		return model.Recommendation{}, false, err
	}
	return all[at], true, err
}

func (foundInsights) InvestigationsOf(context.Context, string) ([]string, error) { return nil, nil }

func (foundInsights) Verdicts(context.Context) ([]model.Verdict, error) {
	realised := money.FromNano(hiddenUnits)
	return []model.Verdict{
		{Recommendation: "r-vault", Title: hiddenName, State: "effective", Applied: time.Unix(0, 0), Entities: []string{others().Key.Source.ID()}, Realised: realised, Currency: "USD"},
		{Recommendation: "r-shop", Title: "shop", State: "effective", Applied: time.Unix(0, 0), Entities: []string{own().Key.Source.ID()}, Currency: "USD"},
	}, nil
}

// twoNamespaces is the API over what belongs to shop and to vault.
func twoNamespaces() (*api.Server, *hubDouble) {
	s := newService()
	head := doubles.Version(4)
	head.Totals.Sent.WireBytes, head.Totals.Cost, head.Totals.Nodes = hiddenBytes, money.FromNano(hiddenUnits), 98765
	head.Totals.UnknownBytes = hiddenBytes / 2
	s.graphs.Kept = []model.GraphVersion{head}
	s.graphs.Edges = map[uint64][]query.Transfer{4: {own(), others()}}
	s.graphs.Revisions = []model.Fact{{Kind: model.FactRevision, Key: "vault-web-1", Revision: &model.RevisionFact{
		Cluster: "lab", ChangedBy: hiddenName, Workload: model.WorkloadRef{Namespace: hiddenName, Kind: "Deployment", Name: "vault-web"},
	}}}
	for _, t := range []query.Transfer{own(), others()} {
		s.series.Charging = append(s.series.Charging, statement.Charge{Edge: t.ID, Key: &t.Key, Line: pricing.Line{
			Edge: t.ID, Payer: transferclass.PayerSource, Code: "DataTransfer", Bytes: t.Sent.WireBytes, Amount: t.Cost, Account: t.Key.Source.Namespace,
		}})
	}
	s.series.Rows = []query.RawRow{{Flow: model.FlowRow{Local: model.LocalEnd{ID: hiddenName}}}}
	s.series.Explained = []query.ExplainedMinute{{Bytes: hiddenBytes, Facts: []query.ExplainedFact{{Text: hiddenName}}}}
	return api.New(api.Dependencies{
		Explorer: query.New(query.Dependencies{
			Graphs: s.graphs, Series: scopedSeries{s.series}, Layout: s.layout, Sources: doubles.Sources{}, Cypher: &cypherDouble{}, Insights: foundInsights{},
			Decisions: &doubles.Decisions{Kept: hiddenDecisions()}, Facts: &doubles.Facts{Stated: []model.Fact{{
				Kind: model.FactEndpoint, Key: hiddenName, Source: query.StatedSource, Endpoint: &model.EndpointFact{Name: hiddenName},
			}}}, Overlays: &doubles.Overlays{},
			Clock: doubles.Clock(doubles.Epoch.Add(time.Hour)),
		}),
		Committed: s.hub, Investigator: s.chat, Log: slog.New(slog.DiscardHandler),
	}), s.hub
}

// hiddenDecisions are of somebody who sees all.
func hiddenDecisions() []decision.Record {
	by := func(kind decision.Kind, subject string, action decision.Action, body string) decision.Record {
		return decision.Record{Kind: kind, Subject: subject, By: "eve", Method: "oidc", At: doubles.Epoch, Note: hiddenName, Action: action, Body: strings.ReplaceAll(body, "NAME", hiddenName)}
	}
	return []decision.Record{
		by(decision.View, "v-vault", decision.Saved, `{"name":"NAME","state":"/map?q=NAME","shared":true,"scopes":["*/*"]}`),
		by(decision.Investigation, "q-vault", decision.Started, `{"question":"NAME","scopes":["*/*"]}`),
		by(decision.Tag, "release", decision.Saved, `{"version":4}`),
		by(decision.PriceOverlay, hiddenName, decision.Saved, `{"name":"NAME","text":"NAME","from":1}`),
	}
}

// TestNoFieldLeaksAnothersNamespace asks every field of the schema for all there
// is, once as somebody who sees one namespace and once as one who sees all.
func TestNoFieldLeaksAnothersNamespace(t *testing.T) {
	server, hub := twoNamespaces()
	schema := server.Schema()
	shop := access.Principal{Name: "bob", Method: "token", Role: access.Analyst, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	rows := map[string]bool{}
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		if root == nil {
			continue
		}
		for _, field := range root.Fields {
			name := root.Name + "." + field.Name
			row, has := rootFields[name]
			if rows[name] = true; strings.HasPrefix(field.Name, "__") {
				continue
			}
			if !has {
				t.Errorf("%s has no row: decide what it answers to who sees one namespace", name)
				continue
			}
			document := documentOf(schema, root, field, row.arguments)
			mine := answerAs(t, server, hub, shop, root, document)
			if got := codeIn(mine); got != row.refused {
				t.Errorf("%s: %s, want code %q", name, mine, row.refused)
			}
			if row.open == "" && row.refused == "" {
				leaks(t, name, mine)
				all := answerAs(t, server, hub, access.Local(), root, document)
				if !slices.ContainsFunc(hidden, func(text string) bool { return strings.Contains(all, text) }) && codeIn(all) == "" {
					t.Errorf("%s hides nothing: who sees all is answered %s", name, all)
				}
				leaks(t, name+" after who sees all asked the same", answerAs(t, server, hub, shop, root, document))
			}
		}
	}
	for name := range rootFields {
		if !rows[name] {
			t.Errorf("%s is no field any more", name)
		}
	}
}

func leaks(t *testing.T, name, answer string) {
	t.Helper()
	for _, text := range append([]string{`"coverage":"0.`}, hidden...) { // how much of everything is known
		if at := strings.Index(answer, text); at >= 0 {
			t.Errorf("%s leaks %q: ...%s...", name, text, answer[max(0, at-120):min(len(answer), at+60)])
		}
	}
}

func codeIn(answer string) string {
	var got struct {
		Errors []struct{ Extensions struct{ Code string } }
	}
	if _, event, found := strings.Cut(answer, "data: "); found { // the first of a stream
		answer, _, _ = strings.Cut(event, "\n")
	}
	if json.Unmarshal([]byte(answer), &got) != nil || len(got.Errors) == 0 {
		return ""
	}
	return cmp.Or(got.Errors[0].Extensions.Code, "without a code")
}

// answerAs is the answer's text; of a subscription, its first event.
func answerAs(t *testing.T, server *api.Server, hub *hubDouble, who access.Principal, root *ast.Definition, document string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithTimeout(access.With(t.Context(), who), 20*time.Second)
	defer leave()
	request := httptest.NewRequestWithContext(ctx, "POST", "/graphql", strings.NewReader(string(body)))
	request.Header.Set("Content-Type", "application/json")
	response := httptest.NewRecorder()
	if root.Name != "Subscription" {
		server.Queries().ServeHTTP(response, request)
		return response.Body.String()
	}
	request.Header.Set("Accept", "text/event-stream")
	done := make(chan struct{})
	go func() {
		defer close(done)
		server.Streams().ServeHTTP(response, request)
	}()
	if strings.Contains(document, "versionCommitted") || strings.Contains(document, "incidentChanged") {
		head := doubles.Version(5)
		head.Totals.Sent.WireBytes, head.Totals.Cost = hiddenBytes, money.FromNano(hiddenUnits)
		hub.versions <- head
		hub.versions <- head // the first has been taken on
		leave()
	}
	<-done
	return response.Body.String()
}

// documentOf asks for everything behind a field, down to a depth.
func documentOf(schema *ast.Schema, root *ast.Definition, field *ast.FieldDefinition, arguments string) string {
	if arguments != "" {
		arguments = "(" + arguments + ")"
	}
	const depth = 6
	return fmt.Sprintf("%s { %s%s %s }", strings.ToLower(root.Name), field.Name, arguments, selection(schema, schema.Types[field.Type.Name()], depth))
}

// leaves are the values of a type, under names that no other type's have.
func leaves(schema *ast.Schema, of *ast.Definition) string {
	parts := []string{"__typename"}
	for _, field := range of.Fields {
		if kind := schema.Types[field.Type.Name()].Kind; kind == ast.Scalar || kind == ast.Enum {
			parts = append(parts, of.Name+"_"+field.Name+": "+field.Name)
		}
	}
	return strings.Join(parts, " ")
}

func selection(schema *ast.Schema, of *ast.Definition, depth int) string {
	var parts []string
	switch of.Kind {
	case ast.Object:
		for _, field := range of.Fields {
			inner := schema.Types[field.Type.Name()]
			leaf := inner.Kind == ast.Scalar || inner.Kind == ast.Enum
			if strings.HasPrefix(field.Name, "__") || !leaf && depth == 1 {
				continue
			}
			parts = append(parts, field.Name+" "+selection(schema, inner, depth-1))
		}
	case ast.Interface:
		for _, possible := range schema.GetPossibleTypes(of) {
			parts = append(parts, "... on "+possible.Name+" { "+leaves(schema, possible)+" }")
		}
	case ast.Union:
		for _, possible := range schema.GetPossibleTypes(of) {
			parts = append(parts, "... on "+possible.Name+" { __typename }")
		}
	default:
		return ""
	}
	return "{ " + strings.Join(parts, " ") + " }"
}

// TestNoIDLeaksAnothersNamespace asks for nodes of every kind by their ids.
func TestNoIDLeaksAnothersNamespace(t *testing.T) {
	server, hub := twoNamespaces()
	shop := access.Principal{Name: "bob", Method: "token", Role: access.Analyst, Scopes: []access.Scope{{Cluster: "lab", Namespace: "shop"}}}
	for _, id := range []string{"ns/lab/" + hiddenName, "vault-web-1", others().ID.String(), others().Key.Source.ID()} {
		document := `{ node(id: "` + id + `") { __typename } }`
		if mine := answerAs(t, server, hub, shop, server.Schema().Query, document); strings.Contains(mine, "__typename") {
			t.Errorf("%s: %s", id, mine)
		}
		if all := answerAs(t, server, hub, access.Local(), server.Schema().Query, document); !strings.Contains(all, "__typename") {
			t.Errorf("%s hides nothing: who sees all is answered %s", id, all)
		}
	}
}
