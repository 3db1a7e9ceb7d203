package client_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/egressor/egressor/graphsvc/client"
)

// answering is a service that answers so, and notes what it was asked.
func answering(t *testing.T, status int, answer string) (service string, asked *http.Request, body *strings.Builder) {
	t.Helper()
	asked, body = &http.Request{}, &strings.Builder{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = *r
		buffer, _ := io.ReadAll(r.Body)
		body.Write(buffer)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(server.Close)
	return server.URL, asked, body
}

func TestAQuestionAndItsAnswer(t *testing.T) {
	service, asked, body := answering(t, http.StatusOK, `{"data":{"meta":{"lagSeconds":3}},"extensions":{}}`)
	c, err := client.New(service+"/", "secret")
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.Query(t.Context(), "query($n: Int) { meta { lagSeconds } }", map[string]any{"n": 7})
	if err != nil || string(data) != `{"meta":{"lagSeconds":3}}` {
		t.Errorf("%s, %v", data, err)
	}
	var sent struct {
		Query     string
		Variables map[string]int
	}
	if err := json.Unmarshal([]byte(body.String()), &sent); err != nil || sent.Variables["n"] != 7 || !strings.HasPrefix(sent.Query, "query") {
		t.Errorf("sent %s: %v", body, err)
	}
	if asked.URL.Path != "/graphql" || asked.Header.Get("Authorization") != "Bearer secret" || asked.Method != http.MethodPost {
		t.Errorf("%s %s %v", asked.Method, asked.URL, asked.Header)
	}
}

// TestFailuresSayWhatToDo: the service's own errors with code and hint, and what is no
// answer of this service.
func TestFailuresSayWhatToDo(t *testing.T) {
	service, _, _ := answering(t, http.StatusOK, `{"errors":[{"message":"expired","extensions":{"code":"VERSION_EXPIRED","hint":"ask for a newer one"}}],"data":null}`)
	c, err := client.New(service, "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Query(t.Context(), "{ meta { lab } }", nil)
	var told *client.Error
	if !errors.As(err, &told) || told.Code != "VERSION_EXPIRED" || err.Error() != "expired (ask for a newer one)" {
		t.Errorf("%v", err)
	}
	service, _, _ = answering(t, http.StatusNotFound, `<html>`)
	if c, err = client.New(service, ""); err != nil {
		t.Fatal(err)
	}
	if _, err = c.Query(t.Context(), "{ meta { lab } }", nil); err == nil || !strings.Contains(err.Error(), "is this Egressor's address?") {
		t.Errorf("%v", err)
	}
	for _, address := range []string{"", "egressor:8080", "ftp://host", "://"} {
		if _, err := client.New(address, ""); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
}
