//! Where a webhook may be: addresses of the public internet over HTTPS, so that nobody has us ask the machines of our own
//! network. A name is checked when it is resolved, at each attempt; this file holds the rules for both.
//!
//! The tables are the special-purpose registries of IANA (RFC 6890 and what was added since).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use ipnet::{Ipv4Net, Ipv6Net};
use reqwest::Url;

use crate::model::Reach;

const LONGEST_URL: usize = 2_048;

/// One's own machine and network: permitted to a webhook that may have private addresses.
const OWN_V4: [&str; 5] = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/// Never permitted: this network, link-local with the metadata of clouds, protocol assignments, documentation, 6to4
/// relays, benchmarks, multicast, reserved and broadcast; the metadata addresses of two clouds outside of these.
const REFUSED_V4: [&str; 12] = [
    "0.0.0.0/8",
    "169.254.0.0/16",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "100.100.100.200/32",
    "168.63.129.16/32",
];
/// What of IPv6 is assigned to the public; mapped and NAT64 forms of IPv4 lie outside.
const PUBLIC_V6: &str = "2000::/3";
/// Protocol assignments with Teredo, documentation, 6to4, documentation.
const REFUSED_V6: [&str; 4] = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
const OWN_V6: [&str; 2] = ["::1/128", "fc00::/7"];
const METADATA_V6: &str = "fd00:ec2::254/128";

struct Tables {
    own_v4: Vec<Ipv4Net>,
    refused_v4: Vec<Ipv4Net>,
    public_v6: Vec<Ipv6Net>,
    refused_v6: Vec<Ipv6Net>,
    own_v6: Vec<Ipv6Net>,
    metadata_v6: Vec<Ipv6Net>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let v4 = |nets: &[&str]| nets.iter().filter_map(|net| net.parse().ok()).collect();
    let v6 = |nets: &[&str]| nets.iter().filter_map(|net| net.parse().ok()).collect();
    Tables {
        own_v4: v4(&OWN_V4),
        refused_v4: v4(&REFUSED_V4),
        public_v6: v6(&[PUBLIC_V6]),
        refused_v6: v6(&REFUSED_V6),
        own_v6: v6(&OWN_V6),
        metadata_v6: v6(&[METADATA_V6]),
    }
});

/// Why an address is not one for a webhook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It is no URL, or too long.
    #[error("this is no URL: {0}")]
    Unreadable(String),
    /// Another scheme than HTTPS.
    #[error("a webhook needs https")]
    Scheme,
    /// A name and password stand in it.
    #[error("a webhook's URL holds no user name and no password")]
    Credentials,
    /// A port on which something else than HTTP is spoken.
    #[error("port {0} is not one of 80, 443 and those above 1024")]
    Port(u16),
    /// An address that webhooks may not have.
    #[error("{0} is not a public address")]
    Address(String),
}

/// Says whether something may be sent to an address.
pub fn is_permitted(address: IpAddr, reach: Reach) -> bool {
    match address {
        IpAddr::V4(address) => is_permitted_v4(address, reach),
        IpAddr::V6(address) => is_permitted_v6(address, reach),
    }
}

fn is_permitted_v4(address: Ipv4Addr, reach: Reach) -> bool {
    let holds = |nets: &[Ipv4Net]| nets.iter().any(|net| net.contains(&address));
    !holds(&TABLES.refused_v4) && (reach == Reach::Private || !holds(&TABLES.own_v4))
}

fn is_permitted_v6(address: Ipv6Addr, reach: Reach) -> bool {
    let holds = |nets: &[Ipv6Net]| nets.iter().any(|net| net.contains(&address));
    let is_public = holds(&TABLES.public_v6) && !holds(&TABLES.refused_v6);
    let is_own = holds(&TABLES.own_v6) && !holds(&TABLES.metadata_v6);
    is_public || (reach == Reach::Private && is_own)
}

/// Reads the URL of a webhook. Every spelling of an address (decimal, octal, hexadecimal, bracketed) is read as the
/// one that would be connected to.
pub fn check_url(text: &str, reach: Reach) -> Result<Url, UrlError> {
    if text.len() > LONGEST_URL {
        return Err(UrlError::Unreadable(format!("it is longer than {LONGEST_URL} bytes")));
    }
    let url = Url::parse(text).map_err(|error| UrlError::Unreadable(error.to_string()))?;
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_owned();
    let is_local = is_local_name(&host) || literal(&host).is_some_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        // There is nobody between a machine and itself.
        "http" if reach == Reach::Private && is_local => {}
        _ => return Err(UrlError::Scheme),
    }
    if host.is_empty() {
        return Err(UrlError::Unreadable("it names no host".to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlError::Credentials);
    }
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443 | 1025..)) {
        return Err(UrlError::Port(port));
    }
    let is_refused = match literal(&host) {
        Some(address) => !is_permitted(address, reach),
        None => reach == Reach::Public && is_local_name(&host),
    };
    if is_refused { Err(UrlError::Address(host)) } else { Ok(url) }
}

/// The address that a host of a URL is, where it is one.
fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// The names that mean the machine itself (RFC 6761).
fn is_local_name(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read() {
        assert_eq!((TABLES.own_v4.len(), TABLES.refused_v4.len()), (OWN_V4.len(), REFUSED_V4.len()));
        assert_eq!((TABLES.own_v6.len(), TABLES.refused_v6.len()), (OWN_V6.len(), REFUSED_V6.len()));
        assert_eq!((TABLES.public_v6.len(), TABLES.metadata_v6.len()), (1, 1));
    }

    /// What becomes of a URL for a webhook of each reach.
    fn outcome(url: &str) -> String {
        let one = |reach| match check_url(url, reach) {
            Ok(_) => "yes",
            Err(UrlError::Unreadable(_)) => "unreadable",
            Err(UrlError::Scheme) => "scheme",
            Err(UrlError::Credentials) => "credentials",
            Err(UrlError::Port(_)) => "port",
            Err(UrlError::Address(_)) => "address",
        };
        format!("{} {}", one(Reach::Public), one(Reach::Private))
    }

    /// What becomes of URLs for a webhook with public addresses, and for one that may have private ones.
    const URLS: [(&str, &[&str]); 8] = [
        (
            "yes yes",
            &[
                "https://hooks.northwind.example/baton",
                "https://hooks.northwind.example:8443/baton?x=1#y",
                "https://hooks.northwind.example.:443/",
                "HTTPS://HOOKS.NORTHWIND.EXAMPLE:80/",
                "https://bücher.example/",
                "https://xn--bcher-kva.example/",
                "https://93.184.215.14/",
                "https://[2606:2800:220:1::1]/",
                "https://172.15.255.255/",
                "https://172.32.0.1/",
                "https://100.63.255.255/",
                "https://100.128.0.1/",
                "https://11.0.0.1/",
                "https://223.255.255.255/",
                "https://localhost.northwind.example/",
                "https://127.0.0.1.nip.example/",
            ],
        ),
        // One's own machine and network, however it is spelled.
        (
            "address yes",
            &[
                "https://127.0.0.1/",
                "https://127.0.0.1./",
                "https://127.1/",
                "https://127.255.255.254:8443/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0X7F.1/",
                "https://0177.0.0.1/",
                "https://017700000001/",
                "https://127.0.0.0x1/",
                "https://１２７.０.０.１/",
                "https://127。0。0。1/",
                "https://%31%32%37.0.0.1/",
                "https:\\\\127.0.0.1\\x",
                "https://[::1]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[0000::0001]:8443/",
                "https://localhost/",
                "https://localhost./",
                "https://LocalHost:8443/",
                "https://ⓛocalhost/",
                "https://api.localhost/",
                "https://10.0.0.1/",
                "https://167772161/",
                "https://10.1/",
                "https://012.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://3232235777/",
                "https://100.64.0.1/",
                "https://100.127.255.255/",
                "https://[fc00::1]/",
                "https://[fd12:3456:789a::1]/",
            ],
        ),
        // Never an address to send to.
        (
            "address address",
            &[
                "https://0.0.0.0/",
                "https://0/",
                "https://0x0/",
                "https://169.254.169.254/latest/meta-data/",
                "https://2852039166/",
                "https://0xa9fea9fe/",
                "https://0251.0376.0251.0376/",
                "https://[fd00:ec2::254]/",
                "https://100.100.100.200/",
                "https://168.63.129.16/",
                "https://192.0.0.192/",
                "https://192.0.2.1/",
                "https://198.51.100.7/",
                "https://203.0.113.9/",
                "https://198.18.0.1/",
                "https://198.19.255.255/",
                "https://192.88.99.1/",
                "https://224.0.0.1/",
                "https://239.255.255.255/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                "https://4294967295/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:0a00:0001]/",
                "https://[::ffff:93.184.215.14]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::93.184.215.14]/",
                "https://[64:ff9b:1::1]/",
                "https://[100::1]/",
                "https://[2001::1]/",
                "https://[2001:db8::1]/",
                "https://[2002:7f00:1::1]/",
                "https://[3fff::1]/",
                "https://[fe80::1]/",
                "https://[fec0::1]/",
                "https://[ff02::1]/",
                "https://[5f00::1]/",
            ],
        ),
        ("scheme yes", &["http://127.0.0.1:8080/", "http://localhost:3000/", "http://[::1]:8080/"]),
        (
            "scheme scheme",
            &[
                "http://hooks.northwind.example/",
                "http://10.0.0.1/",
                "http://93.184.215.14/",
                "ftp://hooks.northwind.example/",
                "file:///etc/passwd",
                "gopher://hooks.northwind.example/",
                "javascript:alert(1)",
                "data:text/plain,x",
                "ws://hooks.northwind.example/",
            ],
        ),
        (
            "port port",
            &[
                "https://hooks.northwind.example:22/",
                "https://hooks.northwind.example:25/",
                "https://hooks.northwind.example:0/",
                "https://hooks.northwind.example:1024/",
                "https://hooks.northwind.example:993/",
            ],
        ),
        (
            "credentials credentials",
            &[
                "https://user@hooks.northwind.example/",
                "https://user:word@hooks.northwind.example/",
                "https://:word@hooks.northwind.example/",
                "https://hooks.northwind.example@127.0.0.1/",
                "https://hooks.northwind.example%40x@10.0.0.1/",
            ],
        ),
        (
            "unreadable unreadable",
            &[
                "",
                "hooks.northwind.example",
                "//hooks.northwind.example/",
                "https://",
                "https://256.0.0.1/",
                "https://1.2.3.4.5/",
                "https://0x7g.0.0.1/",
                "https://[::1",
                "https://[fe80::1%25eth0]/",
                "https://hooks.northwind.example:99999/",
                "https://a b/",
                "https://xn--/",
            ],
        ),
    ];

    #[test]
    fn urls_are_judged_by_where_they_lead() {
        for (expected, urls) in URLS {
            for url in urls {
                assert_eq!(outcome(url), expected, "{url}");
            }
        }
        let long = format!("https://hooks.northwind.example/{}", "x".repeat(LONGEST_URL));
        assert_eq!(outcome(&long), "unreadable unreadable");
    }
}
