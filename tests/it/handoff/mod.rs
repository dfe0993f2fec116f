//! Documents from outside: repeated, made for a time in the past, and complete.

mod as_of;
mod gaps;
mod types;
