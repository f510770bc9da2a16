# make           build bin/noticeboard
# make demo      build, run two nights on the embedded estate into ./out, and print what they made
# make test      run all tests; those that lack a tool are skipped, and listed at the end
# make lint      formatting, vet, staticcheck, licences of the dependencies
# make bench     time each room, as ratios to plain DuckDB where there is one
# make fixtures  write fixtures/estate and fixtures/exports again, byte for byte

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

TAGS := duckdb_arrow
FONTS := templates/fonts/NotoSansTC-Regular.ttf templates/fonts/NotoSansTC-Bold.ttf templates/fonts/NotoSansSC-Regular.ttf templates/fonts/NotoSansSC-Bold.ttf
GOTESTSUM := gotest.tools/gotestsum@v1.13.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: build demo test lint bench bench-smoke fuzz-smoke fixtures fonts tools clean

# Each tool is looked for first, so that what is missing is said in one sentence and not by a compiler.
tools:
	@command -v go >/dev/null || { echo "make: Go 1.26 or newer is missing: install it from go.dev (Debian 12's own Go is too old)" >&2; exit 1; }
	@go version | awk '{split(substr($$3,3),v,"."); exit !(v[1]>1 || v[2]>=26)}' || { echo "make: $$(go version | cut -d' ' -f3) is too old: Go 1.26 or newer is needed (Debian 12's own Go is too old)" >&2; exit 1; }
	@command -v g++ >/dev/null || { echo "make: g++ is missing: DuckDB links with libstdc++ (on Debian: apt-get install g++)" >&2; exit 1; }
	@command -v npm >/dev/null || { echo "make: npm is missing: it fetches the fonts of the notices (on Debian: apt-get install npm)" >&2; exit 1; }
	@command -v git >/dev/null || { echo "make: git is missing (on Debian: apt-get install git)" >&2; exit 1; }

build: tools fonts
	go build -tags $(TAGS) -o bin/noticeboard ./cmd/noticeboard

demo: build
	bin/noticeboard demo

fonts: $(FONTS)

# The packages are pinned by version and digest; their scripts are not run.
$(FONTS) &: templates/fonts/package-lock.json | tools
	@mkdir -p .cache/fonts
	@cp templates/fonts/package.json templates/fonts/package-lock.json .cache/fonts/
	@cd .cache/fonts && npm ci --ignore-scripts --no-audit --no-fund --silent
	@for face in Regular:400 Bold:700; do for script in TC SC; do \
		name=$${face%%:*} weight=$${face##*:}; \
		cp .cache/fonts/node_modules/@expo-google-fonts/noto-sans-$${script,,}/$$weight$$name/NotoSans$${script}_$$weight$$name.ttf templates/fonts/NotoSans$$script-$$name.ttf; \
	done; done
	@touch $(FONTS)

test: tools fonts
	@go run $(GOTESTSUM) --format pkgname-and-test-fails --format-hide-empty-pkg -- -tags $(TAGS) -timeout 30m ./...

lint: tools fonts
	@unformatted=$$(gofmt -l cmd pipeline queries templates fixtures); [ -z "$$unformatted" ] || { echo "gofmt -w these:"; echo "$$unformatted"; exit 1; }
	go vet -tags $(TAGS) ./...
	go run $(STATICCHECK) -tags $(TAGS) ./...
	go run ./pipeline/internal/licences

fixtures: tools
	go run ./fixtures/generate
	go run ./fixtures/exports/generate

clean:
	rm -rf bin out .cache

# bench times the rooms on the embedded estate, landing against the barest reading of the same rows, and the models against a plain
# script over invented companies of up to five million tickets; bench-smoke only shows that all still run, with a hundredth of the rows.
BENCH := go test -tags $(TAGS) -run '^$$' -timeout 60m

bench: tools fonts
	$(BENCH) -bench . -skip '^Benchmark(Model|Editions)$$' -benchtime 3x ./pipeline/...
	$(BENCH) -bench '^Benchmark(Model|Editions)$$' -benchtime 1x ./pipeline

bench-smoke: tools fonts
	$(BENCH) -bench . -short -benchtime 1x ./pipeline/...

# fuzz-smoke runs every fuzz target on a few thousand inputs; a crash that it finds is kept below testdata/fuzz. Inputs are counted, not
# seconds: Go sometimes calls the end of its own time a failure ("context deadline exceeded").
fuzz-smoke: tools
	@grep -rhoE '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' -H pipeline | sort | while IFS=: read -r file function; do \
		target=$${function#func }; echo "$$target ($$(dirname $$file))"; \
		if ! said=$$(go test -tags $(TAGS) -run '^$$' -fuzz "^$$target\$$" -fuzztime 3000x -fuzzminimizetime 10x ./$$(dirname $$file) 2>&1); then \
			echo "$$said"; exit 1; \
		fi; \
		echo "$$said" | tail -1; \
	done
