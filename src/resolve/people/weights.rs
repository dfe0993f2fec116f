//! Weights of the model of parts, written by `models/train/roles.py`: a row a part in the order of the contract, none last.

use super::roles::FEATURES;

/// What each part starts with.
pub(super) const BIAS: [f32; 8] = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0];

/// What each feature adds to each part.
pub(super) const WEIGHTS: [[f32; FEATURES]; 8] = [[0.0; FEATURES]; 8];
