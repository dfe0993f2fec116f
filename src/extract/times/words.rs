//! The words that time expressions are made of, interned once. Anything else is [`Kind::Other`](super::lex::Kind).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::vocabulary::{DAYS_WITH_NAMES, FUNCTION, NAMES, NUMBERS, PARTS, RELATIVE, SETS, UNITS};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the definition")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekday,
    Week,
    /// Monday to Friday.
    Workweek,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub(super) enum Part {
    Morning,
    Breakfast,
    Lunch,
    Afternoon,
    Evening,
    Dinner,
    Night,
}

/// A word of the grammar. Words that mean the same to it are one variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub(super) enum Word {
    Month(i8),
    Weekday(i8),
    Weekdays(i8),
    Unit(Unit),
    Cardinal(u16),
    Tens(u16),
    Hundred,
    Thousand,
    Ordinal(u8),
    OrdinalSuffix,
    Season,
    Part(Part),
    Parts(Part),
    Am,
    Pm,
    AmPm,
    LetterA,
    LetterP,
    LetterM,
    LetterS,
    LetterT,
    Oclock,
    Ish,
    Noon,
    Midnight,
    Midday,
    Today,
    Tomorrow,
    Yesterday,
    Tonight,
    Now,
    Right,
    Moment,
    Present,
    Next,
    Last,
    Previous,
    Past,
    This,
    Current,
    Coming,
    Following,
    Rest,
    Early,
    Mid,
    Late,
    Earlier,
    Later,
    Start,
    Beginning,
    Middle,
    End,
    Ending,
    Starting,
    /// EOD, EOW, EOM, EOQ, EOY.
    EndOf(Unit),
    CloseOfBusiness,
    Close,
    Business,
    Working,
    Soon,
    The,
    An,
    One,
    Of,
    In,
    On,
    At,
    By,
    From,
    To,
    Until,
    Through,
    Between,
    And,
    Or,
    For,
    Since,
    Before,
    After,
    Prior,
    Advance,
    Within,
    During,
    Around,
    About,
    Ago,
    Hence,
    Than,
    No,
    Not,
    Less,
    More,
    Greater,
    Sooner,
    As,
    Equal,
    With,
    Every,
    Other,
    Half,
    Couple,
    Few,
    Several,
    Some,
    Another,
    All,
    Full,
    /// Every so many of a unit: "biweekly" is every two weeks.
    Recurring(u8, Unit),
    Fiscal,
    Calendar,
    School,
    Q,
    H,
    W,
    C,
    Date,
    My,
    Time,
    Future,
    Commencing,
    Same,
    Upon,
    Your,
    Decade(u8),
    Have,
    Is,
    Holiday(Holiday),
    New,
    Eve,
    Good,
    /// First word of a holiday that the table of holidays knows.
    Feast,
    Onwards,
    Up,
    Bi,
}

impl Word {
    /// Says whether a month or a year is likely to follow: "in", "since", "end".
    pub(super) fn leads_to_period(self) -> bool {
        matches!(
            self,
            Self::In
                | Self::Of
                | Self::By
                | Self::Until
                | Self::Since
                | Self::During
                | Self::Through
                | Self::From
                | Self::Before
                | Self::After
                | Self::Between
                | Self::To
                | Self::And
                | Self::End
                | Self::Early
                | Self::Mid
                | Self::Late
        )
    }
}

/// A day with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub(super) enum Holiday {
    Christmas,
    Easter,
    Thanksgiving,
    Halloween,
    Valentine,
}

/// Finds the word that `lower` (ASCII, lower case) is.
pub(super) fn lookup(lower: &str) -> Option<Word> {
    TABLE.get(lower).copied()
}

static TABLE: LazyLock<FxHashMap<&'static str, Word>> = LazyLock::new(|| {
    let groups = [NAMES, UNITS, NUMBERS, PARTS, RELATIVE, FUNCTION, SETS, DAYS_WITH_NAMES];
    groups
        .iter()
        .flat_map(|group| group.iter())
        .flat_map(|(forms, word)| forms.split(' ').map(|f| (f, *word)))
        .collect()
});
