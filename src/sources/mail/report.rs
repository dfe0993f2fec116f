//! Delivery reports: whom a message did not reach.

/// The recipients named in a `message/delivery-status` part, in order, each once, lower case.
pub(crate) fn failed_recipients(status: &str) -> Vec<String> {
    let mut recipients: Vec<String> = Vec::new();
    for field in ["final-recipient", "original-recipient"] {
        for line in status.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            if !name.trim().eq_ignore_ascii_case(field) {
                continue;
            }
            let address = value.split_once(';').map_or(value, |(_, address)| address);
            let address = address.trim().trim_matches(['<', '>']).to_lowercase();
            if address.contains('@') && !recipients.contains(&address) {
                recipients.push(address);
            }
        }
        if !recipients.is_empty() {
            break;
        }
    }
    recipients
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_recipients() {
        let check = |status: &str, expected: &[&str]| assert_eq!(failed_recipients(status), expected, "{status}");
        check("Reporting-MTA: dns;mx\n\nFinal-Recipient: rfc822;Pri@N.example\nAction: failed\n", &["pri@n.example"]);
        check("Original-Recipient: rfc822; <a@b.example>\r\n", &["a@b.example"]);
        check("Action: failed", &[]);
    }
}
