//! Texts as the tokens of the base model: `[CLS] side before [SEP] text [SEP]`, as in `models/train/adapted.py`.

use std::ops::Range;
use std::path::Path;

use rust_tokenizers::tokenizer::{BertTokenizer, Tokenizer};
use rust_tokenizers::vocab::Vocab;

use super::LoadError;
use crate::model::Side;

/// Longest part of the sentence before, in tokens; its end is kept.
const LONGEST_BEFORE: usize = 24;
/// Longest part of a sentence, in tokens.
const LONGEST: usize = 80;

/// A sentence to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The side that speaks; `None` where that is not known.
    pub side: Option<Side>,
    /// The sentence before, by the same speaker; empty when there is none.
    pub before: String,
    /// The sentence itself.
    pub words: String,
}

/// What a side is called.
fn side_word(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Vendor => "vendor",
    }
}

/// A text in tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    /// Ids of the vocabulary, `[CLS]` and `[SEP]` among them.
    pub(super) ids: Vec<i64>,
    /// Where the text's own tokens begin.
    pub(super) start: usize,
    /// Where each own token stands in the text, in bytes.
    pub(super) places: Vec<Range<usize>>,
}

/// Ids of tokens, and where each stands in the text.
type Cut = (Vec<i64>, Vec<Range<usize>>);

/// The vocabulary of a base model.
pub(super) struct Vocabulary {
    tokenizer: BertTokenizer,
    cls: i64,
    sep: i64,
}

impl Vocabulary {
    /// Reads `vocab.txt` of a folder, for a model of lower-cased text.
    pub(super) fn read(folder: &Path) -> Result<Self, LoadError> {
        let path = folder.join("vocab.txt");
        let wrong = |reason: String| LoadError::Content { path: path.clone(), reason };
        let bytes = std::fs::read(&path).map_err(|source| LoadError::File { path: path.clone(), source })?;
        if std::str::from_utf8(&bytes).is_err() {
            return Err(wrong("is not UTF-8".to_owned()));
        }
        let tokenizer = BertTokenizer::from_file(&path, true, true).map_err(|error| wrong(error.to_string()))?;
        let id = |token: &str| {
            let known = tokenizer.vocab().values().get(token).copied();
            known.ok_or_else(|| wrong(format!("has no token {token}")))
        };
        let (cls, sep) = (id("[CLS]")?, id("[SEP]")?);
        Ok(Self { tokenizer, cls, sep })
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokenizer.vocab().values().len()
    }

    /// A sentence with the one before it.
    pub(super) fn pair(&self, pair: &Pair) -> Tokens {
        let (earlier, _) = self.cut(&pair.before);
        let mut ids = vec![self.cls];
        ids.extend(self.cut(pair.side.map_or("", side_word)).0);
        ids.extend(earlier.get(earlier.len().saturating_sub(LONGEST_BEFORE)..).unwrap_or_default());
        ids.push(self.sep);
        self.close(ids, self.cut(&pair.words), LONGEST)
    }

    /// A text alone: `[CLS] text [SEP]`.
    pub(super) fn alone(&self, text: &str, longest: usize) -> Tokens {
        self.close(vec![self.cls], self.cut(text), longest)
    }

    /// Puts a text's own tokens, as many as are read, behind what opens it.
    fn close(&self, mut ids: Vec<i64>, (mut own, mut places): Cut, longest: usize) -> Tokens {
        let start = ids.len();
        own.truncate(longest);
        places.truncate(longest);
        ids.append(&mut own);
        ids.push(self.sep);
        Tokens { ids, start, places }
    }

    /// Ids of a text's tokens and where they stand. The library counts code points.
    fn cut(&self, text: &str) -> Cut {
        let found = self.tokenizer.tokenize_with_offsets(text);
        let ids = self.tokenizer.convert_tokens_to_ids(&found.tokens);
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let byte = |at: u32| bytes.get(at as usize).copied().unwrap_or(text.len());
        let places = found.offsets.iter().map(|offset| offset.map_or(0..0, |o| byte(o.begin)..byte(o.end))).collect();
        (ids, places)
    }
}
