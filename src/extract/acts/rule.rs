//! The rules of the grammar by name, how often each is right on its own, and the reasons that move that.

/// Declares the rules: variant, name on findings, how often a finding by it alone is right.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $name:literal, $prior:literal;)*) => {
        /// A rule of the grammar.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names are the definition")]
        pub enum Rule { $($(#[$doc])* $rule,)* }

        impl Rule {
            /// The name written on findings.
            pub fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }

            /// How often a finding by this rule alone is right.
            pub fn prior(self) -> f32 {
                match self { $(Self::$rule => $prior,)* }
            }
        }
    };
}

rules! {
    FirstWill = "commit.first_will", 0.90;
    FirstGoingTo = "commit.first_going_to", 0.85;
    FirstProgressive = "commit.first_progressive", 0.60;
    FirstWillBe = "commit.first_will_be", 0.75;
    FirstWillHave = "commit.first_will_have", 0.82;
    FirstCan = "commit.first_can", 0.45;
    FirstPlan = "commit.first_plan", 0.52;
    FirstShould = "commit.first_should", 0.50;
    FirstPromise = "commit.first_promise", 0.88;
    LetMe = "commit.let_me", 0.72;
    Willing = "commit.willing", 0.50;
    DroppedSubject = "commit.dropped_subject", 0.80;
    NamedWill = "commit.named_will", 0.75;
    GroupWill = "commit.group_will", 0.70;
    ThirdWill = "commit.third_will", 0.45;
    YouWillGet = "commit.you_will_get", 0.76;
    Passive = "commit.passive", 0.42;
    Reported = "commit.reported", 0.62;
    ReportedReader = "commit.reported_reader", 0.50;
    Refused = "commit.refused", 0.72;
    LeftOut = "commit.left_out", 0.72;
    SuggestedCommitment = "commit.suggested", 0.50;

    CanYou = "request.can_you", 0.93;
    Please = "request.please", 0.92;
    Imperative = "request.imperative", 0.72;
    LetKnow = "request.let_know", 0.86;
    NeedYou = "request.need_you", 0.88;
    NeedFrom = "request.need_from", 0.72;
    YouShould = "request.you_should", 0.50;
    WouldHelp = "request.would_help", 0.88;
    Wondering = "request.wondering", 0.82;
    Wish = "request.wish", 0.52;
    Relayed = "request.relayed", 0.66;
    InfoQuestion = "request.info_question", 0.68;
    ShallWe = "request.shall_we", 0.70;
    MayI = "request.may_i", 0.68;
    AnyUpdate = "request.any_update", 0.82;
    LetUs = "request.let_us", 0.50;
    BareQuestion = "request.bare_question", 0.55;
    SuggestedRequest = "request.suggested", 0.50;

    Decided = "decision.decided", 0.78;
    DecidedPassive = "decision.passive", 0.74;
    GoingWith = "decision.going_with", 0.74;
    GoAhead = "decision.go_ahead", 0.50;
    SuggestedDecision = "decision.suggested", 0.50;

    Accepts = "response.accepts", 0.75;
    Declines = "response.declines", 0.72;
    Fulfils = "response.fulfils", 0.75;
    Withdraws = "response.withdraws", 0.78;
    Resolves = "response.resolves", 0.75;
}

/// What speaks for or against a candidate beside the rule that found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// "probably", "maybe".
    Hedged,
    /// A deadline is named.
    Dated,
    /// It is said to be done to or for the reader.
    TowardReader,
    /// "I think…", "I hope…" around it.
    Opinion,
    /// It stands in a clause of reason or contrast.
    Subordinate,
    /// A question mark closes it.
    Asked,
    /// The verb is not known.
    UnknownVerb,
    /// The verb is as often a noun.
    NounLike,
    /// A condition hangs on it.
    Conditional,
    /// Talk about the talk itself: "I'll go first", "let me explain".
    SmallTalk,
    /// Advertising or form text.
    Boilerplate,
    /// No object or complement follows.
    Bare,
    /// Only pronouns say what is done.
    Vague,
    /// Own travel or whereabouts.
    Travel,
    /// "please" stands in it.
    Polite,
}

impl Reason {
    /// The name shown by an explanation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hedged => "hedged",
            Self::Dated => "dated",
            Self::TowardReader => "toward_reader",
            Self::Opinion => "opinion",
            Self::Subordinate => "subordinate",
            Self::Asked => "asked",
            Self::UnknownVerb => "unknown_verb",
            Self::NounLike => "noun_like",
            Self::Conditional => "conditional",
            Self::SmallTalk => "small_talk",
            Self::Boilerplate => "boilerplate",
            Self::Bare => "bare",
            Self::Vague => "vague",
            Self::Travel => "travel",
            Self::Polite => "polite",
        }
    }

    /// How much it moves the log-odds.
    pub fn weight(self) -> f32 {
        match self {
            Self::Hedged | Self::Opinion | Self::Bare => -0.5,
            Self::Asked | Self::SmallTalk => -2.0,
            Self::UnknownVerb | Self::Travel => -0.7,
            Self::Vague => -1.2,
            Self::Dated => 0.5,
            Self::TowardReader => 0.4,
            Self::Subordinate => -0.6,
            Self::NounLike => -0.8,
            Self::Conditional => -0.3,
            Self::Boilerplate => -2.4,
            Self::Polite => 0.6,
        }
    }
}
