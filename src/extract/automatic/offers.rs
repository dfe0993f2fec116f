//! Offers to end a subscription and reasons for being on a list, in whatever words: what newsletters say of themselves.

use std::sync::LazyLock;

use regex::Regex;

/// Such words stand within this many bytes of the end.
const TAIL: usize = 900;

/// Points of a sure sign, in the half points of a newsletter.
const SURE: i32 = 6;
const STRONG: i32 = 3;

/// A way out, and where it is: "unsubscribe in one click", "hier abmelden".
const WAY_OUT: &str = r"(?x)
    (?: (?:^|[.!?|:>*\]]\s|\b(?:to|can|may|could|want\ to|wish\ to|like\ to|or|,)\s) (?:unsubscribe|opt[\ -]out|sign\ off)\b
      | \b(?:abmelden|abbestellen|austragen|désabonner|désinscrire|darse\ de\ baja|darte\ de\ baja|cancelar|descadastrar
        |cancellarti|disiscriver\S*|uitschrijven|afmelden|avregistrera|wypisać|odhlásit)\b )
    .{0,40}? (?:\b(?:here|click|link|in\ one|at\ any\ time|hier|klick\S*|jederzeit|ici|cliquez|lien|aquí|clic|enlace|aqui|clique
      |qui|clicca|klik\S*|onderstaande|här|tutaj)\b|https?:)
  | \b(?:click|hier|ici|aquí|aqui|qui|klik|clicca|cliquez|clique|pulse)\b .{0,25}?
    \b(?:unsubscribe|opt\ out|abmelden|abbestellen|austragen|désabonner|désinscrire|baja|descadastrar|cancellarti|uitschrijven|afmelden)\b
  | \b(?:use|click|follow|hit)(?:\ on)?\ the\ (?:unsubscribe|opt-out)\b";

/// Not wanting the mail any longer, said to the reader.
const UNWANTED: &str = r"(?x)
    (?: \b(?:if\ you|should\ you|wenn\ sie|falls\ sie|sie\ möchten|möchten\ sie|du\ möchtest|si\ vous|si\ ya|als\ u|wilt\ u
        |wil\ je|not\ for\ you)\b .{0,30}?
        \b(?:no\ longer|not|don't|rather|prefer|stop|nicht\ mehr|keine|ne|no|meer|langer|geen)\b
      | \b(?:pour\ ne|vous\ ne|si\ no|para\ no|caso\ não|se\ não|para\ não|per\ non|se\ non)\b )
    .{0,30}? \b(?:receiv\S*|get|hear|erhalten|bekommen|recevoir|recibir|receber|ricever\S*|ontvangen)\b
    .{0,40}? \b(?:e-?mails?|mails?|newsletter|messages?|communications?|comunicaciones|correos?|bolet\S+|nieuwsbrief|lettre
      |updates?|notifications?|click|cliquez|clic|clicca|hier|here|ici|aquí|aqui|unsubscribe)\b
  | \b(?:unseren|den)\ newsletter\ nicht\ mehr\ erhalten";

/// Why the reader gets it.
const REASON: &str = r"(?x)
    \b(?:you(?:'re|\ are)?|sie|du|vous|usted|te|u|je|ti|você)\ (?:are\ )?
    (?:get|getting|receive|receiving|erhalten|erhältst|recevez|recibe|recibes|ontvangt|ricevi|recebe)\b
    .{0,30}? \b(?:mail|e-?mail|newsletter|digest|message|lettre|courriel|correo|bolet\S+|nieuwsbrief|bericht|nachricht|mensagem
      |messaggio|this)\b .{0,40}?
    \b(?:because|since|as\ (?:a|an|you)|once\ a|weil|da\ sie|parce\ que|car\ vous|porque|por|omdat|perché|pois)\b";

/// Settings of what is sent.
const SETTINGS: &str = r"(?x)
    \b(?:manage|change|update|edit|adjust|turn\ off|turn\ (?:it|them|these)\ off)\b\ ?(?:your\ |the\ |these\ )?
    (?:e-?mail\ |notification\ |subscription\ |mail\ )?(?:settings|preferences|frequency|subscriptions?|emails)\b";

static SIGNS: LazyLock<Vec<(Regex, i32)>> = LazyLock::new(|| {
    [(WAY_OUT, SURE), (UNWANTED, SURE), (REASON, STRONG), (SETTINGS, STRONG)]
        .into_iter()
        .filter_map(|(pattern, points)| Some((Regex::new(pattern).ok()?, points)))
        .collect()
});

/// Half points for what a lower-case text says of itself at its end.
pub(super) fn score(text: &str) -> i32 {
    let tail = &text[text.floor_char_boundary(text.len().saturating_sub(TAIL))..];
    SIGNS.iter().filter(|(sign, _)| sign.is_match(tail)).map(|(_, points)| points).sum()
}

#[cfg(test)]
mod tests {
    use super::score;

    #[test]
    fn what_newsletters_say_of_themselves() {
        for text in [
            "not for you? unsubscribe in one click: https://example.com/u",
            "if you'd rather not get mail from me, you can opt out here: https://example.com",
            "sie möchten unseren newsletter nicht mehr erhalten? hier können sie sich austragen.",
            "pour ne plus la recevoir, cliquez ici.",
            "si no desea recibir más comunicaciones, puede darse de baja aquí.",
            "per non ricevere più questa newsletter clicca qui.",
            "afmelden kan via onderstaande link.",
        ] {
            assert!(score(text) >= 6, "{text}");
        }
    }

    #[test]
    fn what_people_say_of_newsletters() {
        for text in [
            "the unsubscribe rate of our newsletter went up after we changed the page.",
            "could you add an unsubscribe link? legal wants it.",
            "you are getting this because you are on the project team.",
            "please take my name off the mailing list for the morning report.",
            "i no longer get the alerts. can you check?",
        ] {
            assert!(score(text) < 6, "{text}");
        }
    }
}
