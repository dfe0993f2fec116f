//! Marks of what was erased: keyed hashes, from which nothing can be read.

use rustc_hash::FxHashSet;

use super::words::{fold, words};

/// One mark.
pub type Mark = [u8; 16];

/// Most words of one name.
pub(super) const MOST_WORDS: usize = 6;

/// How a name is told from other words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// However it is written.
    Any,
    /// Only with a capital: it is an ordinary word too.
    Capital,
}

/// Makes marks with the key of one archive.
#[derive(Clone)]
pub struct Marker {
    key: [u8; 32],
}

impl Marker {
    /// A marker with that key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The mark of an interaction in an account, or of one that has none.
    pub fn interaction(&self, account: &str, id: &str) -> Mark {
        self.mark("interaction", account, id)
    }

    /// The mark of a key that a person is known by.
    pub fn key(&self, key: &str) -> Mark {
        self.mark("key", "", &key.to_lowercase())
    }

    /// The mark of an address.
    pub fn address(&self, address: &str) -> Mark {
        self.key(&format!("mailto:{}", address.trim()))
    }

    /// The marks of a name, in one account or (`""`) everywhere; none when it has no word.
    pub fn name(&self, account: &str, name: &str, spelling: Spelling) -> Vec<Mark> {
        let folded: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
        let (Some(first), true) = (folded.first(), folded.len() <= MOST_WORDS) else { return Vec::new() };
        let people = self.mark("people", "", "");
        vec![people, self.start(first), self.sequence(account, &folded.join(" "), spelling)]
    }

    /// The mark that says that any person was erased.
    pub(super) fn people(&self) -> Mark {
        self.mark("people", "", "")
    }

    /// The mark of the first word of a name.
    pub(super) fn start(&self, folded: &str) -> Mark {
        self.mark("start", "", folded)
    }

    /// The mark of folded words.
    pub(super) fn sequence(&self, account: &str, folded: &str, spelling: Spelling) -> Mark {
        let kind = match spelling {
            Spelling::Any => "name",
            Spelling::Capital => "Name",
        };
        self.mark(kind, account, folded)
    }

    /// An identity in place of one that has a name in it.
    pub(super) fn pseudonym(&self, id: &str) -> String {
        let scheme = id.split(':').next().filter(|scheme| scheme.len() < id.len());
        let hash = self.hash("pseudonym", "", id).to_hex();
        let digits = hash.get(..32).unwrap_or_default();
        format!("{}:erased:{digits}", scheme.unwrap_or("item"))
    }

    fn mark(&self, kind: &str, account: &str, form: &str) -> Mark {
        let mut mark = Mark::default();
        for (to, from) in mark.iter_mut().zip(self.hash(kind, account, form).as_bytes()) {
            *to = *from;
        }
        mark
    }

    fn hash(&self, kind: &str, account: &str, form: &str) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        for part in [kind, account, form] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        hasher.finalize()
    }
}

/// Says whether a whole name is one of those marked, for comparison of people.
pub fn same_name(a: &str, b: &str) -> bool {
    let sorted = |name: &str| {
        let mut folded: Vec<String> = name.split_whitespace().map(fold).collect();
        folded.sort_unstable();
        folded
    };
    sorted(a) == sorted(b)
}

/// The marks of an archive.
pub(super) type Marks = FxHashSet<Mark>;
