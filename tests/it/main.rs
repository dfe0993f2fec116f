//! Everything that is tested from outside: the command, files, measures.

mod measure_acts;
mod measure_mentions;
mod measure_zones;
