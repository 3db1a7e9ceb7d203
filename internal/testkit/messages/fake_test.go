package messages_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"golang.org/x/tools/txtar"

	"github.com/egressor/egressor/internal/testkit/messages"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWrongRequestsAreRefused(t *testing.T) {
	const user = `{"role":"user","content":"hi"}`
	const call = `{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"look","input":{}}]}`
	const result = `{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"1"}]}`
	with := func(messages string) string {
		return `{"model":"claude-fake-1","max_tokens":1,"messages":[` + messages + `]}`
	}
	withTool := func(tool string) string {
		return `{"model":"claude-fake-1","max_tokens":1,"messages":[` + user + `],"tools":[` + tool + `]}`
	}
	for _, row := range []struct{ body, want string }{
		{`{`, "unexpected EOF"},
		{`{"model":"claude-fake-1","max_tokens":1,"messages":[` + user + `],"turns":3}`, "turns"},
		{`{"max_tokens":1,"messages":[` + user + `]}`, "model"},
		{`{"model":"gpt","max_tokens":1,"messages":[` + user + `]}`, "gpt"},
		{`{"model":"claude-fake-1","messages":[` + user + `]}`, "max_tokens"},
		{with(``), "at least one message"},
		{with(call), "first message"},
		{with(user + "," + user), "alternate"},
		{with(`{"role":"system","content":"hi"}`), "role"},
		{with(`{"role":"user","content":""}`), "non-empty"},
		{with(`{"role":"user","content":[]}`), "empty"},
		{with(`{"role":"user","content":[{"type":"video"}]}`), "video"},
		{with(user + "," + call), "without `tool_result`"},
		{with(user + "," + call + "," + user), "without `tool_result`"},
		{with(user + `,{"role":"assistant","content":"ok"},` + result), "unexpected `tool_use_id`"},
		{with(user + "," + call + `,{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"a"}]}`), "come first"},
		{with(user + "," + strings.Replace(call, `"input":{}`, `"input":3`, 1) + "," + result), "object"},
		{withTool(`{"name":"no spaces","input_schema":{"type":"object"}}`), "name"},
		{withTool(`{"name":"look","input_schema":{"type":"string"}}`), "object"},
		{withTool(`{"name":"look","input_schema":{"type":"object","required":["x"]}}`), "required"},
		{withTool(`{"name":"look","input_schema":{"type":"object","properties":{"x":{"type":"date"}}}}`), "no JSON type"},
		{withTool(`{"name":"look","strict":true,"input_schema":{"type":"object"}}`), "additionalProperties"},
		{withTool(`{"name":"look","input_schema":{"type":"object"}},{"name":"look","input_schema":{"type":"object"}}`), "unique"},
	} {
		f := messages.Start(t, nil)
		status, answer := post(t, f.URL, row.body, map[string]string{"x-api-key": messages.Key, "anthropic-version": "2023-06-01"})
		if status/100 != 4 || !strings.Contains(answer, row.want) || len(f.Refused()) != 1 {
			t.Errorf("%s\nwas answered with %d %s, want a refusal about %q", row.body, status, answer, row.want)
		}
	}
}

func TestHeadersAreRequired(t *testing.T) {
	for _, row := range []struct {
		header map[string]string
		want   int
	}{
		{map[string]string{"anthropic-version": "2023-06-01"}, 401},
		{map[string]string{"anthropic-version": "2023-06-01", "x-api-key": "other"}, 401},
		{map[string]string{"x-api-key": messages.Key}, 400},
	} {
		f := messages.Start(t, nil)
		status, answer := post(t, f.URL, `{}`, row.header)
		var shape struct {
			Type  string
			Error struct{ Type, Message string }
		}
		if err := json.Unmarshal([]byte(answer), &shape); err != nil || status != row.want || shape.Type != "error" || shape.Error.Type == "" {
			t.Errorf("%v: %d %s (%v), want %d in the API's error form", row.header, status, answer, err, row.want)
		}
	}
}

func post(t *testing.T, url, body string, header map[string]string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url+"/v1/messages", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Close = true
	request.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(answer)
}

func TestBadScriptsAreRefused(t *testing.T) {
	for _, turn := range []string{`{`, `{"content":[]}`, `{"stop_reason":"end_turn","speed":3}`, `{"fault":{"status":418}}`, `{"stop_reason":"end_turn","content":[{"type":"image"}]}`} {
		if turns, err := messages.Script(txtar.Parse([]byte("-- turn 1 --\n" + turn + "\n"))); err == nil {
			t.Errorf("%s was taken as %+v", turn, turns)
		}
	}
}
