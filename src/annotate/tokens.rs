//! Texts as tokens: alone or before a hypothesis, cut to what a model can read, and padded to batches.

use std::ops::Range;

use rust_bert::pipelines::common::TokenizerOption;
use rust_tokenizers::{Mask, TokenIdsWithOffsets, TokenizedInput};
use tch::Tensor;

use super::folder::Folder;
use super::settings::{Architecture, Setting};
use crate::encoder::LoadError;

/// Longest text in tokens; what is longer is a list or a log, of which the beginning is read.
const LONGEST: usize = 256;
/// Fewest tokens of a text that a model must be able to read.
const FEWEST: usize = 8;

/// A text in tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) ids: Vec<i64>,
    types: Vec<i64>,
    /// The text's own tokens.
    pub(super) pieces: Vec<Piece>,
}

/// A token that stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its place among the tokens.
    pub(super) at: usize,
    /// Where it stands, in code points.
    pub(super) span: Range<u32>,
    /// Whether it goes on with the word of the token before.
    pub(super) goes_on: bool,
}

/// A batch of texts, `[texts, tokens]`.
pub(super) struct Input {
    pub(super) ids: Tensor,
    /// 1 for a token and 0 for padding.
    pub(super) mask: Tensor,
    pub(super) types: Tensor,
}

/// A model's tokenizer.
pub(super) struct Tokenizer {
    inner: TokenizerOption,
    pad: i64,
    /// Most tokens of a text and a hypothesis together.
    most: usize,
    /// Highest type of a token that the model knows.
    last_type: i64,
}

impl Tokenizer {
    /// Reads the vocabulary of a folder.
    pub(super) fn read(folder: &Folder, setting: &Setting) -> Result<Self, LoadError> {
        let path = &folder.vocabulary;
        let wrong = |reason: String| LoadError::Content { path: path.clone(), reason };
        check_vocabulary(folder).map_err(wrong)?;
        let name = |path: &std::path::Path| {
            path.to_str().map(str::to_owned).ok_or_else(|| wrong("its path is not Unicode".to_owned()))
        };
        let merges = folder.merges.as_deref().map(name).transpose()?;
        let kind = setting.architecture.model_type();
        let inner = TokenizerOption::from_file(kind, &name(path)?, merges.as_deref(), setting.lower_case, None, None)
            .map_err(|error| wrong(error.to_string()))?;
        let pad = inner.get_pad_id().ok_or_else(|| wrong("has no token to pad with".to_owned()))?;
        // Models of this family begin to count places after the one for padding.
        let unused = match setting.architecture {
            Architecture::Roberta | Architecture::XlmRoberta => pad as usize + 1,
            _ => 0,
        };
        let places = folder.size("max_position_embeddings").map_or(LONGEST, |places| places.saturating_sub(unused));
        let last_type = folder.size("type_vocab_size").unwrap_or(2).saturating_sub(1) as i64;
        Ok(Self { inner, pad, most: places, last_type })
    }

    /// A text alone.
    pub(super) fn alone(&self, text: &str) -> Text {
        self.close(self.cut(text), None)
    }

    /// A text before a hypothesis.
    pub(super) fn pair(&self, text: &str, hypothesis: &TokenIdsWithOffsets) -> Text {
        self.close(self.cut(text), Some(hypothesis.clone()))
    }

    /// A hypothesis; `None` when it leaves no place for a text.
    pub(super) fn hypothesis(&self, words: &str) -> Option<TokenIdsWithOffsets> {
        let cut = self.cut(words);
        (self.room(Some(&cut)) >= FEWEST).then_some(cut)
    }

    /// Whether a text has place enough.
    pub(super) fn has_room(&self) -> bool {
        self.room(None) >= FEWEST
    }

    /// A batch of texts, which must not be empty.
    pub(super) fn input(&self, texts: &[&Text]) -> Input {
        let longest = texts.iter().map(|text| text.ids.len()).max().unwrap_or_default();
        let (mut ids, mut mask, mut types) = (Vec::new(), Vec::new(), Vec::new());
        for text in texts {
            for at in 0..longest {
                ids.push(text.ids.get(at).copied().unwrap_or(self.pad));
                mask.push(i64::from(at < text.ids.len()));
                types.push(text.types.get(at).copied().unwrap_or_default().min(self.last_type));
            }
        }
        let shape = [texts.len() as i64, longest as i64];
        let tensor = |values: &[i64]| Tensor::from_slice(values).view(shape);
        Input { ids: tensor(&ids), mask: tensor(&mask), types: tensor(&types) }
    }

    /// How many tokens of a text there is place for.
    fn room(&self, hypothesis: Option<&TokenIdsWithOffsets>) -> usize {
        let around = self.inner.build_input_with_special_tokens(nothing(), hypothesis.cloned()).token_ids.len();
        self.most.saturating_sub(around).min(LONGEST)
    }

    fn cut(&self, text: &str) -> TokenIdsWithOffsets {
        let found = self.inner.tokenize_with_offsets(text);
        TokenIdsWithOffsets {
            ids: self.inner.convert_tokens_to_ids(&found.tokens),
            offsets: found.offsets,
            reference_offsets: found.reference_offsets,
            masks: found.masks,
        }
    }

    fn close(&self, mut own: TokenIdsWithOffsets, hypothesis: Option<TokenIdsWithOffsets>) -> Text {
        let room = self.room(hypothesis.as_ref());
        own.ids.truncate(room);
        own.offsets.truncate(room);
        own.reference_offsets.truncate(room);
        own.masks.truncate(room);
        let is_alone = hypothesis.is_none();
        let made = self.inner.build_input_with_special_tokens(own, hypothesis);
        let pieces = if is_alone { pieces(&made) } else { Vec::new() };
        let types = made.segment_ids.into_iter().map(i64::from).collect();
        Text { ids: made.token_ids, types, pieces }
    }
}

fn nothing() -> TokenIdsWithOffsets {
    TokenIdsWithOffsets { ids: Vec::new(), offsets: Vec::new(), reference_offsets: Vec::new(), masks: Vec::new() }
}

fn pieces(made: &TokenizedInput) -> Vec<Piece> {
    let tokens = made.token_offsets.iter().zip(&made.mask).enumerate();
    let piece = |(at, (offset, mask)): (usize, (&Option<rust_tokenizers::Offset>, &Mask))| {
        let offset = offset.as_ref().filter(|_| *mask != Mask::Special)?;
        Some(Piece { at, span: offset.begin..offset.end, goes_on: *mask == Mask::Continuation })
    };
    tokens.filter_map(piece).collect()
}

/// A vocabulary must be text, and the model must know all of it.
fn check_vocabulary(folder: &Folder) -> Result<(), String> {
    let extension = folder.vocabulary.extension().and_then(|extension| extension.to_str());
    let is_text = matches!(extension, Some("txt" | "json"));
    if !is_text {
        return Ok(());
    }
    let bytes = std::fs::read(&folder.vocabulary).map_err(|error| error.to_string())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let count = if extension == Some("json") {
        let known: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        known.values().filter_map(serde_json::Value::as_u64).max().map_or(0, |last| last as usize + 1)
    } else {
        text.lines().count()
    };
    match folder.size("vocab_size") {
        Some(known) if count > known => Err(format!("has {count} tokens, the model knows {known}")),
        _ => Ok(()),
    }
}
