package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"noticeboard/pipeline/config"
	"noticeboard/pipeline/duck"
	"noticeboard/pipeline/fault"
	"noticeboard/pipeline/handoff"
	"noticeboard/pipeline/publish"
	"noticeboard/pipeline/publish/guard"
	"noticeboard/pipeline/words"
)

// holdBack reads every notice of a pack once more and takes out those that say something of a person. The others are published.
func (n night) holdBack(ctx context.Context, w *duck.Warehouse, pack handoff.Pack, watch Watch) (handoff.Pack, []publish.Held, error) {
	var lists *guard.Lists
	kept := handoff.Pack{Folder: pack.Folder}
	var held []publish.Held
	for _, d := range pack.Documents {
		path := filepath.Join(pack.Folder, d.Name)
		if filepath.Ext(d.Name) != ".pdf" {
			kept.Documents = append(kept.Documents, d)
			continue
		}
		if lists == nil {
			var err error
			if lists, err = n.plan.personal(ctx, w); err != nil {
				return pack, nil, err
			}
		}
		found, err := search(lists, path, d)
		if err != nil {
			return pack, nil, err
		}
		if len(found) == 0 {
			kept.Documents = append(kept.Documents, d)
			continue
		}
		one := publish.Held{Name: d.Name, Report: d.Report, Period: d.Period, Property: d.Property, Language: d.Language}
		for _, f := range found {
			message, hint := f.Problem(d.Name)
			one.Findings = append(one.Findings, publish.Finding{Kind: string(f.Kind), Found: f.Found, Block: f.Block, Where: f.Where, Message: message, Hint: hint})
			watch.warn(message, hint)
		}
		held = append(held, one)
		if err := os.Remove(path); err != nil {
			return pack, nil, err
		}
	}
	return kept, held, nil
}

func (w Watch) warn(message, hint string) {
	if w.Log != nil {
		w.Log.Warn(message, "hint", hint)
	}
}

func search(lists *guard.Lists, path string, d handoff.Document) ([]guard.Finding, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	found, err := lists.Search(content, d.Property, d.Said)
	return found, fault.At(d.Name, err)
}

// personal gathers what a notice must never say, from the tickets of the warehouse, and what it may, from the plan.
func (p Plan) personal(ctx context.Context, w *duck.Warehouse) (*guard.Lists, error) {
	s := guard.Source{Plan: p.vocabulary(), Allowed: p.Config.Notices.Allow, Posting: p.posted()}
	err := errors.Join(
		each(ctx, w, "int.residents", func(r []string) { s.Names = append(s.Names, [2]string{r[0], r[1]}) }),
		each(ctx, w, "int.dwellings", func(r []string) { s.Rooms = append(s.Rooms, [4]string{r[0], r[1], r[2], r[3]}) }),
		each(ctx, w, "mart.names", func(r []string) { s.Plan = append(s.Plan, r[3:]...) }),
		each(ctx, w, "mart.staff_texts", func(r []string) {
			s.Written = append(s.Written, guard.Written{Property: r[0], Text: r[4], Where: r[1] + " " + r[2] + ", " + r[3] + " (" + r[6] + ":" + r[7] + ")"})
		}),
	)
	return guard.NewLists(s), err
}

// each reads a small relation as text.
func each(ctx context.Context, w *duck.Warehouse, relation string, use func([]string)) error {
	rows, err := w.Rows(ctx, relation, duck.Cut{})
	for _, values := range rows.Values {
		texts := make([]string, len(values))
		for i, v := range values {
			switch v := v.(type) {
			case string:
				texts[i] = v
			case int64:
				texts[i] = strconv.FormatInt(v, 10)
			}
		}
		use(texts)
	}
	return err
}

var slots = regexp.MustCompile(`\{[a-z0-9_.]+\}`)

// vocabulary is every word that the plan prints by itself: a name that is part of one is nobody's.
func (p Plan) vocabulary() []string {
	var list []string
	for _, language := range words.Languages {
		for _, text := range p.Books[language].Texts() {
			list = append(list, slots.Split(text, -1)...)
		}
	}
	for _, one := range p.Config.Properties {
		for _, n := range []config.Names{one.Names, one.Posting.Office, one.Posting.OwnersCommittee, p.Config.Company} {
			list = append(list, n.ZhHant, n.ZhHans, n.En)
		}
	}
	return list
}

// posted is what the posting fields hold: offices may be called by these numbers.
func (p Plan) posted() []string {
	list := []string{p.Config.Notices.PostingRule}
	for _, one := range p.Config.Properties {
		x := one.Posting
		list = append(list, x.Telephone, x.ComplaintLine, x.Web)
		for _, n := range []config.Names{x.Office, x.OwnersCommittee, x.AuthorityLine} {
			list = append(list, n.ZhHant, n.ZhHans, n.En)
		}
	}
	return list
}

// allowedWords are those of the configuration, and the numbers of offices.
func (p Plan) allowedWords() handoff.Table {
	t := handoff.Table{Name: "ref.allowed_words", Columns: columns("word", "VARCHAR", "digits", "VARCHAR")}
	for _, word := range p.Config.Notices.Allow {
		t.Rows = append(t.Rows, []any{word, guard.Digits(word)})
	}
	for _, text := range p.posted() {
		for _, number := range guard.Numbers(text) {
			t.Rows = append(t.Rows, []any{number, guard.Digits(number)})
		}
	}
	return t
}
