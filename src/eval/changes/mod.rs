//! Accounts with planted changes: a year and a half each, made by a seeded writer out of hand-written banks of words, read
//! by the engine, folded week by week. For each kind of change, sharp or gradual: how many are told, and how many days
//! later; and what is told though nothing was planted. Two banks: `develop` may be looked at, `test` is only measured.

mod bank;
mod cast;
mod figures;
mod judge;
mod plan;
mod plant;
mod random;
mod writer;

use std::path::Path;

use bank::Bank;
use writer::Writer;

use super::score::Scored;
use crate::extract::Engine;

/// Accounts made of one bank.
const ACCOUNTS: usize = 60;

/// Scores the banks below `labels/changes`; mistakes are shown of the one that may be looked at.
pub(super) fn score(labels: &Path, engine: &dyn Engine) -> Scored {
    let mut scored = Scored::default();
    for name in ["develop", "test"] {
        let Some(bank) = Bank::read(&labels.join(format!("changes/{name}.toml"))) else { continue };
        let tally = judge::judge(engine, (0..ACCOUNTS).map(|number| Writer::new(&bank, number)).collect());
        scored.rows.extend(tally.rows(&bank.part));
        if name == "develop" {
            scored.mistakes.extend(tally.mistakes);
        }
    }
    scored
}
