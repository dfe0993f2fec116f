//! Cases of HTML as mail programs write it.

use proptest::prelude::*;

use super::to_text;

fn check(html: &str, expected: &str) {
    assert_eq!(to_text(html), expected, "{html}");
}

#[test]
fn lines_and_paragraphs() {
    check("<p>One\n two</p><p>Three</p>", "One two\n\nThree");
    check("<div>Hi</div><div><br></div><div>Text<br>more<br></div><div>end</div>", "Hi\n\nText\nmore\nend");
    check(
        "<p class=MsoNormal>Hi Sam,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Text</p>",
        "Hi Sam,\n\nText",
    );
    check("a<br><br><br><br>b", "a\n\nb");
    check(
        "<h1>Title</h1>text<ul><li>one</li><li><p>two</p></li></ul><ol><li>x<li>y</ol>",
        "Title\n\ntext\n- one\n\n- two\n\n1. x\n2. y",
    );
    check("<pre>a\n  b &amp; c\n\nd</pre>e", "a\n  b & c\n\nd\ne");
    check("<table><tr><td>Seats</td><td>40</td></tr><tr><td></td><td>x</td></tr></table>", "Seats | 40\nx");
    check("<b>From:</b> Sam<b>!</b> <i>now</i>", "From: Sam! now");
}

#[test]
fn quotations() {
    check(
        "<div>Yes.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Sam wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex\"><div>Can you?</div><blockquote>Deeper</blockquote>Sam</blockquote></div>",
        "Yes.\nOn Mon, Sam wrote:\n\n> Can you?\n>\n>> Deeper\n>\n> Sam",
    );
    check("<blockquote style=\"margin: 0 0 0 40px; border: none\"><div>Indented</div></blockquote>", "Indented");
    check(
        "<p class=MsoNormal>Ok</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>From:</b> Priya Nair &lt;p@n.example&gt; <br><b>Sent:</b> Monday<br><b>To:</b> Sam<br><b>Subject:</b> Hi</p></div>",
        "Ok\n\nFrom: Priya Nair <p@n.example>\nSent: Monday\nTo: Sam\nSubject: Hi",
    );
    check("Ok<hr><div id=divRplyFwdMsg>From: Sam</div>", "Ok\n________________________________\nFrom: Sam");
}

#[test]
fn unseen_content() {
    check("<head><title>T</title><style>p{}</style></head><body><!-- c --><script>x</script>Seen</body>", "Seen");
    check(
        "<div style=\"display:none;max-height:0\">Preview<div>in</div></div><span style='font-size:0'>z</span>Seen",
        "Seen",
    );
    check("<span style='font-size:0.9em'>Seen</span>&zwnj;&nbsp;&#8203;", "Seen");
    check("<!--[if mso]><p>Outlook</p><![endif]--><![if !mso]>Seen<![endif]>", "Seen");
    check("<img src=x alt=\"Our logo\"><img alt=\"\u{1f600}\">ok", "\u{1f600}ok");
}

#[test]
fn references_and_broken_markup() {
    check(
        "5 &lt; 6 &amp;&nbsp;7 &#8217;s &#x27; &#146; &euro; &bogus; & &#0;",
        "5 < 6 & 7 \u{2019}s ' \u{2019} \u{20ac} &bogus; &",
    );
    check("a < b and <3", "a < b and <3");
    check("<a title=\"x>y\" href=z>link</a> it's", "link it's");
    check("<p title=\"never closed>text</p>", "text");
    check("cut <a href", "cut <a href");
    check("</p></div>ok</table>", "ok");
    check("", "");
}

proptest! {
    #[test]
    fn never_panics(html in "(<|>|</|&|;|\"|'|=|p|div|blockquote|br|li|ol|td|pre|style|!--|-->|\\PC| |\n){0,80}") {
        let text = to_text(&html);
        prop_assert!(!text.ends_with('\n') && !text.contains('\r'));
    }
}
