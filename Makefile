# Everything that is done with Egressor is a target here; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DEPS := .deps
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
LDFLAGS := -X github.com/egressor/egressor/internal/version.Version=$(VERSION)
GO_TEST := go test -race -shuffle=on
# Under CI no test may skip for a missing part.
ifeq ($(CI),true)
export EGRESSOR_REQUIRE ?= bpf,clickhouse,neo4j,lab,browser,kube,moto,node
endif

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: deps
deps: ## fetch ClickHouse's engine, Neo4j, Chromium, an API server and the small tools (apt packages when root)
	@deploy/deps/all.sh

.PHONY: deps-run
deps-run:
	@deploy/deps/all.sh chdb neo4j

.PHONY: build
build: egressor ## build the user interface and the four binaries into bin/
	go build -ldflags '$(LDFLAGS)' -o bin/egressor-agent ./agent
	go build -ldflags '$(LDFLAGS)' -o bin/egressor-graphsvc ./graphsvc
	go build -ldflags '$(LDFLAGS)' -o bin/egressor-costsvc ./costsvc

.PHONY: egressor
egressor: ui-build
	go build -ldflags '$(LDFLAGS)' -o bin/egressor ./cmd/egressor

# Compiles what the binary is made of while npm and Maven are still fetching.
.PHONY: warm
warm:
	@go build -o /dev/null ./cmd/egressor

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund --loglevel=error

UI_SOURCES := $(shell find ui/src ui/public ui/index.html ui/graphiql.html ui/vite.config.ts -type f 2>/dev/null)
ui/dist/index.html: ui/node_modules/.package-lock.json $(UI_SOURCES) schema.graphqls
	cd ui && npm run --silent build

.PHONY: ui-build
ui-build: ui/dist/index.html

.PHONY: generate
generate: ## regenerate GraphQL, protobuf, eBPF, price books and the user interface's types
	@deploy/deps/bpf.sh
	@deploy/deps/protoc.sh
	go generate ./...

.PHONY: lint
lint: ui/node_modules/.package-lock.json ## golangci-lint, oxlint with tsc for the user interface, graphql-eslint for the schema
	@deploy/deps/golangci-lint.sh
	$(DEPS)/bin/golangci-lint run --allow-parallel-runners ./...
	cd ui && npm run --silent lint && npm run --silent lint:schema

.PHONY: test
test: deps build lint test-go test-ui e2e ## everything: lint, Go with the race detector, the user interface, a real browser

.PHONY: test-go
test-go:
	$(GO_TEST) -timeout 40m ./...
	cd deploy/test && go test ./...

.PHONY: test-ui
test-ui: ui/node_modules/.package-lock.json
	cd ui && npm test --silent

.PHONY: e2e
e2e: ui-build ## drive the user interface in a real browser: against the typed mock, then against a demo
	cd ui && npm run --silent e2e
	deploy/e2e/live.sh

.PHONY: fuzz
fuzz: ## every fuzz target for 30 seconds
	@for package in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -ohE '^func Fuzz[A-Za-z0-9_]+' $$package/*_test.go | sed 's/func //'); do \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime 30s $$package; done; done

.PHONY: chat-live
chat-live: deps ## ten questions to the real Claude about a generated cluster, with ANTHROPIC_API_KEY; transcripts in chat-live/, EGRESSOR_CHAT_MODEL for another model
	EGRESSOR_CHAT_LIVE=$(CURDIR)/chat-live go test ./graphsvc/app -run '^TestChatLive$$' -count=1 -timeout 30m -v

.PHONY: chaos
chaos: deps ## kill, freeze and cut off the service and its stores at 100 random points, and compare; POINTS=20 for less
	EGRESSOR_CHAOS_POINTS=$(or $(POINTS),100) go test ./internal/chaos -count=1 -v -timeout 120m
	EGRESSOR_CHAOS_POINTS=1 go test ./graphsvc/rollup -run '^TestAFaultAtAnyCall' -count=1 -v -timeout 60m

.PHONY: bench
bench: deps ## the benchmarks of docs/benchmarks.md
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-api
bench-api: ## 200 clients with the user interface's own questions on a generated graph, and saved Cypher through the API beside the store; API_QUESTIONS=10000x, EGRESSOR_BENCH_MINUTES, EGRESSOR_BENCH_CONVERSATIONS, EGRESSOR_BENCH_THINK_MS, EGRESSOR_BENCH_FOLD_S; EGRESSOR_BENCH_DIR keeps what was loaded
	go test ./graphsvc/app -run '^$$' -bench '^BenchmarkAPI$$' -benchtime $(or $(API_QUESTIONS),6000x) -timeout 30m
	go test ./graphsvc/app -run '^$$' -bench '^BenchmarkCypherOverTheAPI$$' -benchtime 200x -timeout 30m

.PHONY: bench-week
bench-week: ## seven simulated days of 2,000 workloads and 30,000 edges a minute, folded, compacted and pruned, then questions; goes on where it was stopped; EGRESSOR_BENCH_DIR, WEEK_STRIDE=1 WEEK_WINDOWS=6 WEEK_HOURS=168 WEEK_NODES=60 for all of it
	EGRESSOR_WEEK_CONVERSATIONS=15000 EGRESSOR_WEEK_NODES=$(or $(WEEK_NODES),60) EGRESSOR_WEEK_WINDOWS=$(or $(WEEK_WINDOWS),1) EGRESSOR_WEEK_STRIDE=$(or $(WEEK_STRIDE),12) EGRESSOR_WEEK_HOURS=$(or $(WEEK_HOURS),168) EGRESSOR_BENCH_DIR=$(or $(EGRESSOR_BENCH_DIR),$(CURDIR)/.bench) \
		go test ./graphsvc/app -run '^$$' -bench '^BenchmarkWeek' -benchtime 1x -timeout 24h

.PHONY: bench-incidents
bench-incidents: ## detection and diagnosis on generated incidents, for up to an hour; INCIDENTS="-seeds 50 -for 10m" for less
	go run ./graphsvc/incidentbench/run $(INCIDENTS) 2> /dev/null

.PHONY: bench-month
bench-month: ## price a generated month of 100 million edge-minutes through its meters; time and memory
	EGRESSOR_MONTH_EDGE_MINUTES=100000000 go test ./costsvc/pricing -run '^$$' -bench '^BenchmarkMonth$$' -benchtime 1x -timeout 30m

.PHONY: demo
demo: ## a lab of three nodes on this machine, counted, priced and drawn; Ctrl-C ends it and leaves nothing behind
	@$(MAKE) --no-print-directory -j3 deps-run warm ui-build
	@$(MAKE) --no-print-directory egressor
	@exec bin/egressor demo $(DEMO_FLAGS)

.PHONY: lab
lab: egressor ## the lab alone, with no Egressor in it
	@bin/egressor lab

.PHONY: clean
clean: ## remove what was built and fetched
	rm -rf bin $(DEPS) ui/node_modules
	find ui/dist -mindepth 1 ! -name .gitkeep -delete
