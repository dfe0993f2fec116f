//! The life of a handoff as rules: which state follows from what, who may do it, what starts a handoff, what differs
//! between two documents, what readers' feedback says. Pure: the shell in `review` and `schedule` brings stores and
//! clock.

mod diff;
mod meetings;
mod outcomes;
mod quality;
mod states;
mod triggers;

pub use diff::{DocumentDiff, ItemChange, SectionDiff, diff};
pub use meetings::meeting;
pub use outcomes::{Outcome, outcome};
pub use quality::{Quality, QualityRow, Ratings, Tally, calibration, quality};
pub use states::{Act, Refusal, step};
pub use triggers::{Triggered, triggers};
