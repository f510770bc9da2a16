-- Leaves nothing of the file before.
drop table if exists rejected;
drop table if exists judged;
drop view if exists given;
drop table if exists moments;
drop table if exists figures;
drop table if exists meanings;
drop table if exists folded;
drop table if exists cells
