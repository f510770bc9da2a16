// Package model plans the queries of a night and builds the warehouse from them: landed Parquet in, relations out.
//
// It computes nothing itself: every figure is SQL in queries/. It doesn't judge the result either; that is for the check room.
//
// Invariant: the warehouse is a function of the landed files, the tables it is given and the variables; once sealed, SQL
// reaches no file but the landed ones and no network.
package model
