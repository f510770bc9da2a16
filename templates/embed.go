// Package templates embeds what reports look like and say: layouts, words, fonts, and the files that init writes.
//
// It holds no Go but this; a folder templates/ of the home lies over it, file by file.
//
// Invariant: without that folder, every report can be made from what is embedded here.
package templates

import "embed"

// Files holds the templates as they stand in this folder. Fonts are there once make fonts has fetched them.
//
//go:embed all:notices all:workbooks all:text all:fonts all:init
var Files embed.FS
