//! Addresses that are nobody's: of a function, a list or a program.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Says whether an address belongs to a function, a list or a program and not to a person: its local part is a word of
/// an office, or words of an office only, or begins or ends with one that no name has.
pub(crate) fn is_role_mailbox(address: &str) -> bool {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let local = local.split('+').next().unwrap_or_default();
    let squeezed: String = local.chars().filter(char::is_ascii_alphabetic).collect();
    if is_role(&squeezed) || local.contains("no-reply") || squeezed.contains("noreply") {
        return true;
    }
    let host = domain.split('.').next().unwrap_or_default();
    if matches!(host, "lists" | "groups" | "googlegroups" | "bounces" | "noreply") {
        return true;
    }
    let parts: Vec<&str> = local.split(['-', '_', '.']).filter(|part| !part.is_empty()).collect();
    let ends = [parts.first(), parts.last()];
    parts.len() > 1
        && (parts.iter().all(|part| is_role(part))
            || ends.into_iter().flatten().any(|part| AFFIXES.contains(trimmed(part))))
}

fn is_role(word: &str) -> bool {
    let word = trimmed(word);
    ROLES.contains(word) || AFFIXES.contains(word)
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| c.is_ascii_digit())
}

/// Words of an office that make a role mailbox also beside another word.
static AFFIXES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "support team teams info sales billing notifications notification alerts newsletter helpdesk servicedesk mailer \
     invoices invoice help bounce bounces noreply daemon ward frontdesk reception projekt projekte project projects \
     proyecto projet progetto projeto desk office group list everyone staff mitarbeiter belegschaft abteilung equipe \
     equipo crew buchhaltung rechnung rechnungen einkauf vertrieb facturas facturation compras ventas proveedores \
     pedidos procurement purchasing logistics dispatch disposition warehouse lager accounts payable receivable \
     onboarding leads leadership committee board council"
        .split_ascii_whitespace()
        .collect()
});

/// Words of an office, a list or a program.
static ROLES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    include_str!("mailboxes.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_ascii_whitespace)
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_role_mailboxes() {
        let check = |address: &str, expected: bool| assert_eq!(is_role_mailbox(address), expected, "{address}");
        check("info@northwind.example", true);
        check("no-reply@vendor.example", true);
        check("eu-support@vendor.example", true);
        check("mailer-daemon@mx.example", true);
        check("anything@lists.example.org", true);
        check("priya.nair@northwind.example", false);
        check("sam@vendor.example", false);
        check("art.teamson@vendor.example", false);
        check("rechnung@kolb.example", true);
        check("alle-mitarbeiter@kolb.example", true);
        check("it-leitung@kolb.example", true);
        check("projekt-ersatzteil@kolb.example", true);
        check("hr-projects@hospital.example", true);
        check("ward-stjosephs@hospital.example", true);
        check("proveedores@coop.example", true);
        check("hr.patel@vendor.example", false);
        check("it.wasserman@vendor.example", false);
    }
}
