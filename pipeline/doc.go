// Package pipeline walks through the rooms of a night, in order: pull, land, model, check, render, publish.
//
//	exports ─ pull ─► archive ─ land ─► typed Parquet ─ model ─► warehouse ─ check ─► verdict ─ render ─► staging ─ publish ─► out/<date>
//
// A night is a pure function of the archive, the plan and a date. The plan (configuration, reference files, queries, templates,
// words) is read whole, and every problem in it reported, before a byte is pulled. Rooms know nothing of each other: each takes
// what the one before handed on (package handoff) and returns what the next one needs.
//
// The packages around the rooms: fault is the one error a person reads; config, reference, calendar, words and layer make up
// the plan; duck is the one door to the engine; decode and textkey read files and spell keys for both land and reference;
// returned is how land knows a row again that render gave back to the clerk;
// explain answers where a figure comes from; published is the archive of what nights published, which later ones compare with.
//
// It is not the place for anything that one room could do alone.
//
// Invariant: a night that ends with an error has changed nothing that a reader sees.
package pipeline
