//! Verbs and their forms. Regular forms are derived by the rules of spelling, irregular ones listed.

use std::ops::BitOr;

use super::Class;

/// A set of verb forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form(u8);

impl Form {
    /// No form.
    pub const NONE: Self = Self(0);
    /// `send`.
    pub const BASE: Self = Self(1);
    /// `sends`.
    pub const THIRD: Self = Self(2);
    /// `sending`.
    pub const ING: Self = Self(4);
    /// `sent` as past.
    pub const PAST: Self = Self(8);
    /// `sent` as participle.
    pub const PARTICIPLE: Self = Self(16);

    /// Says whether the two sets share a form.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Form {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Verbs of doing something for or toward others.
const ACTION: &str = "approve authorize choose decline accept access accommodate act add address adjust advise allocate alert analyze analyse answer \
    apologize apply approach arrange assemble assess assign assist attach attend audit back-fill backfill begin \
    bill book bounce brief bring build bump buy calculate call cancel capture carry change charge chase check \
    circle circulate clarify clean clear click close collect come commit compare compile complete compose configure confirm connect \
    consider consolidate consult contact contribute convert cook coordinate copy correct cover create credit cut dash debug \
    deal decide defer define delay delegate delete deliver demo demonstrate deploy design determine develop dig diagnose \
    direct disable discount discuss dispatch distribute divide do document double download draft drag draw drive drop \
    edit elaborate eliminate email enable endeavor endeavour ensure enter escalate establish evaluate examine \
    exclude execute expand expedite explain explore export extend extract facilitate fax feed fetch figure file fill \
    finalize finalise find finish fix flag fly follow forward free fund gather generate get give go grab grant \
    guarantee guide hand handle have head help hire hold honor host identify ignore implement import improve include \
    incorporate increase inform inquire insert inspect install integrate introduce investigate invite invoice issue join \
    jump keep kick knock label launch lead leave lend let liaise limit link list listen load locate log look loop lower mail make \
    manage map mark match measure meet merge message migrate modify monitor mount move narrow negotiate nominate note notify obtain \
    offer onboard open operate order organize organise outline overnight own pack page paste participate pass patch pay perform \
    phone pick ping place plan play plug point pop post postpone prepare present press print prioritize prioritise \
    process procure produce proofread propose prove provide provision publish pull pull-in push put query quote raise \
    reach read reboot rebook rebuild recheck recommend reconfirm reconnect record recover redo redraft reduce refer refine \
    reformat refund register reimburse reinstall release relay remind remit remove rename renew repair repeat replace reply report \
    reproduce request resend reschedule research reserve reset resolve respond restart restore restructure resubmit retrieve retry return \
    revert review revise revisit rework reword ring roll route rsvp run save say scan schedule scope screen search \
    secure see select send separate serve set setup share ship shoot show sign simplify sit sketch slack slot solve sort source \
    speak spell spend split sponsor spin sponsor stage stand start stay step stick stop store straighten stress study submit \
    subscribe suggest summarise summarize supply support swap switch sync tackle tag take talk teach tell test text throw tidy \
    tie touch track train transfer transition translate travel treat trigger troubleshoot try turn tweak type unblock unlock \
    understand undertake unsubscribe update upgrade upload use utilize validate verify view visit vote wait waive walk warn wire work \
    wrap write zip";

/// Verbs of being, thinking and feeling: no undertaking follows from them alone.
const STATE: &str = "appear appreciate assume become believe belong care concern contain cost count depend deserve doubt \
    enjoy exist expect fear feel fit forget guess happen hate hear hope imagine know last lack learn like live love matter \
    mean mind miss need notice owe own possess prefer realize realise recall recognize remain remember require \
    result satisfy seem sound suffer suppose suspect think understand want wish wonder worry";

/// Other verbs of work talk.
const OTHER: &str = "mention confirm indicate state assure pledge volunteer affect agree allow appoint approve arrive ask authorize award choose claim cause conclude drop \
    elect endorse expire fail fall grow hit hurt intend lose love opt own pick postpone promise pledge reject retire rise scrap settle \
    vote win withdraw break catch deny";

/// Verbs that say that something has been decided.
const DECIDING: &str = "agree approve authorize cancel choose decide elect endorse opt pick postpone reject scrap select settle \
    award appoint conclude determine finalize";

/// Action verbs that are as often nouns.
const NOUNISH: &str = "access address answer approach audit bill book bounce brief build call cancel capture change check click \
    contact copy cover credit cut deal delay demo design discount document double download draft draw drive drop \
    email export extract fax feed figure file fill fix flag follow forward fund grant guarantee guide hand \
    handle head help hire hold honor host import increase invite invoice issue jump label launch lead limit link \
    list load log look loop mail map mark match measure message mount move note offer order outline page patch \
    pay phone pick place plan play plug point post present press print process produce project push query quote \
    raise reach record refund release repair reply report request research reserve reset return review ring roll \
    route run scan schedule scope screen search set share ship show sign slack sort source split sponsor stage \
    stand start step stop store stress study supply support switch sync tag talk test text tie touch track train \
    transfer transition travel trigger type update upgrade use view visit vote wait walk wire work wrap back \
    love like need want sound hope free own clean clear open close secure complete separate lower welcome direct \
    correct last";

/// `base/past/participle`, where it is not `-ed`.
const IRREGULAR: &str = "become/became/become begin/began/begun break/broke/broken bring/brought/brought build/built/built \
    buy/bought/bought catch/caught/caught choose/chose/chosen come/came/come cost/cost/cost cut/cut/cut \
    deal/dealt/dealt dig/dug/dug do/did/done draw/drew/drawn drive/drove/driven fall/fell/fallen feed/fed/fed \
    feel/felt/felt find/found/found fly/flew/flown forget/forgot/forgotten get/got/gotten give/gave/given \
    go/went/gone grow/grew/grown have/had/had hear/heard/heard hit/hit/hit hold/held/held hurt/hurt/hurt \
    keep/kept/kept know/knew/known lead/led/led learn/learned/learned leave/left/left lend/lent/lent let/let/let \
    lose/lost/lost make/made/made mean/meant/meant meet/met/met pay/paid/paid put/put/put read/read/read \
    rebuild/rebuilt/rebuilt redo/redid/redone resend/resent/resent reset/reset/reset ring/rang/rung \
    rise/rose/risen run/ran/run say/said/said see/saw/seen send/sent/sent set/set/set shoot/shot/shot \
    show/showed/shown sit/sat/sat speak/spoke/spoken spend/spent/spent spin/spun/spun split/split/split \
    stand/stood/stood stick/stuck/stuck take/took/taken teach/taught/taught tell/told/told think/thought/thought \
    throw/threw/thrown understand/understood/understood undertake/undertook/undertaken win/won/won \
    withdraw/withdrew/withdrawn write/wrote/written";

/// Verbs of more than one syllable or with a final vowel group that double nothing are the rule; these double.
const DOUBLING: &str = "commit defer drag drop flag grab log map permit plan plug pop prefer refer remit scan scrap ship slot spin \
    split step stop submit swap tag unplug wrap zip begin cut dig forget get hit let put run set sit win pin bug \
    debug transfer reset chat control cancel";

/// Calls `emit` with every form of every verb: the form's spelling, its verb, which form, and the verb's classes.
pub(super) fn each(mut emit: impl FnMut(String, &'static str, Form, Class)) {
    let lists = [(ACTION, Class::ACTION), (STATE, Class::STATE), (OTHER, Class::NONE)];
    for (list, class) in lists {
        for lemma in list.split_whitespace() {
            let mut class = class;
            if holds(DECIDING, lemma) {
                class = class | Class::DECIDING;
            }
            let base_class = if holds(NOUNISH, lemma) { class | Class::NOUNISH } else { class };
            emit(lemma.to_owned(), lemma, Form::BASE, base_class);
            emit(third(lemma), lemma, Form::THIRD, class);
            emit(ing(lemma), lemma, Form::ING, class);
            match irregular(lemma) {
                Some((past, participle)) => {
                    emit(past.to_owned(), lemma, Form::PAST, class);
                    emit(participle.to_owned(), lemma, Form::PARTICIPLE, class);
                }
                None => emit(past(lemma), lemma, Form::PAST | Form::PARTICIPLE, class),
            }
        }
    }
}

/// Says whether `lemma` is a word of `list`.
fn holds(list: &str, lemma: &str) -> bool {
    list.split_whitespace().any(|word| word == lemma)
}

/// Past and participle of an irregular verb.
fn irregular(lemma: &str) -> Option<(&'static str, &'static str)> {
    let forms = IRREGULAR.split_whitespace().find(|forms| forms.split('/').next() == Some(lemma))?;
    let mut forms = forms.split('/').skip(1);
    Some((forms.next()?, forms.next()?))
}

fn ends_in_consonant_y(lemma: &str) -> bool {
    lemma.ends_with('y') && !lemma.ends_with("ay") && !lemma.ends_with("ey") && !lemma.ends_with("oy")
}

fn third(lemma: &str) -> String {
    if lemma == "have" {
        return "has".to_owned();
    }
    if ends_in_consonant_y(lemma) {
        return format!("{}ies", &lemma[..lemma.len() - 1]);
    }
    let hisses = ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| lemma.ends_with(end));
    format!("{lemma}{}", if hisses { "es" } else { "s" })
}

fn ing(lemma: &str) -> String {
    if holds(DOUBLING, lemma) {
        return format!("{lemma}{}ing", &lemma[lemma.len() - 1..]);
    }
    match lemma.strip_suffix("ie") {
        Some(stem) => format!("{stem}ying"),
        None if lemma.ends_with('e') && !lemma.ends_with("ee") => format!("{}ing", &lemma[..lemma.len() - 1]),
        None => format!("{lemma}ing"),
    }
}

fn past(lemma: &str) -> String {
    if holds(DOUBLING, lemma) {
        return format!("{lemma}{}ed", &lemma[lemma.len() - 1..]);
    }
    if ends_in_consonant_y(lemma) {
        return format!("{}ied", &lemma[..lemma.len() - 1]);
    }
    format!("{lemma}{}", if lemma.ends_with('e') { "d" } else { "ed" })
}
