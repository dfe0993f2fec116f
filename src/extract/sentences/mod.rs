//! Sentences: where one stops and the next begins, in letters, chat, lists and speech.
//! First the text is cut into blocks at line breaks that are not mere wrapping, then blocks at full stops.

mod blocks;
mod stops;

use std::ops::Range;

/// The sentences within `range` of `text`, in order, without overlap, trimmed of white space and bullet marks.
pub fn split(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let start = text.ceil_char_boundary(range.start.min(text.len()));
    let end = text.floor_char_boundary(range.end.min(text.len()));
    let mut sentences = Vec::new();
    if start >= end {
        return sentences;
    }
    for block in blocks::cut(text, start..end) {
        let block = blocks::without_marks(text, block);
        let mut from = block.start;
        while let Some(stop) = stops::next(text, from..block.end) {
            push(text, from..stop, &mut sentences);
            from = stop;
        }
        push(text, from..block.end, &mut sentences);
    }
    sentences
}

/// Adds a sentence that has at least one letter, figure or pictograph in it.
fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let words = &text[range.clone()];
    let trimmed = words.trim();
    let start = range.start + (words.len() - words.trim_start().len());
    let speaks = |c: char| c.is_alphanumeric() || c > '\u{2190}';
    if trimmed.contains(speaks) {
        sentences.push(start..start + trimmed.len());
    } else if let Some(last) = sentences.last_mut()
        && !trimmed.is_empty()
        && text[last.end..start].chars().all(|c| c == ' ')
    {
        last.end = start + trimmed.len();
    }
}

#[cfg(test)]
mod tests;
