//! Handoffs: lists, the desk, differences, files.
