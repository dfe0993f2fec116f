/** A mail with markup, scripts and remote images in every field is shown as the words that it is, and loads nothing. */
import { expect, test } from "./support";

const ACCOUNT = "harborline";
const HOSTILE = `<script>document.title='taken'</script><img src="http://evil.example/x.png" onerror="document.title='taken'">"'>`;

/** The mail as HTML with remote images, hidden frames and a style; addresses and subject hold markup too. */
const MAIL =
  `Message-ID: <hostile-1@harborline.example>\r\nDate: Thu, 12 Feb 2026 10:00:00 +0000\r\n` +
  `From: "${HOSTILE.replaceAll('"', '\\"')}" <eve@harborline.example>\r\n` +
  `To: "Calla Renwick" <calla.renwick@tarnwick.example>\r\nSubject: ${HOSTILE}\r\nMIME-Version: 1.0\r\n` +
  `Content-Type: text/html; charset=utf-8\r\n\r\n` +
  `<html><head><style>@import url(http://evil.example/s.css);</style></head><body>` +
  `<img src="http://evil.example/pixel.png"><iframe src="http://evil.example/"></iframe>` +
  `<p>We will send you the &lt;script&gt;document.title='taken'&lt;/script&gt; floor plan by Friday.</p>` +
  `<p>Our budget is frozen <a href="javascript:document.title='taken'">here</a>.</p></body></html>\r\n`;

test("hostile mail is harmless on every page that shows it", async ({ reader, service }) => {
  const foreign: string[] = [];
  reader.on("request", (request) => {
    if (!request.url().startsWith(service.url)) foreign.push(request.url());
  });
  reader.on("dialog", (dialog) => foreign.push(`dialog: ${dialog.message()}`));
  const answer = await reader.request.post(`/v1/accounts/${ACCOUNT}/ingest`, {
    headers: { authorization: `Bearer ${service.token}` },
    multipart: { file: { name: "hostile.eml", mimeType: "message/rfc822", buffer: Buffer.from(MAIL) } },
  });
  expect(answer.status()).toBe(202);
  await reader.goto("/sources");
  await expect(reader.getByRole("region", { name: "Loads" }).getByRole("listitem").first()).toContainText("1 new");

  await reader.goto(`/accounts/${ACCOUNT}/messages`);
  const first = reader.getByRole("main").getByRole("listitem").first();
  await expect(first).toContainText("<script>");
  const message = await first.getByRole("link").first().getAttribute("href");
  const home = `/accounts/${ACCOUNT}`;
  const made = await reader.request.post(`/v1/accounts/${ACCOUNT}/documents`, {
    headers: { authorization: `Bearer ${service.token}` },
    data: { type: "sales-to-implementation" },
  });
  const document = (await made.json()).id.replace("urn:baton:handoff:", "");
  let told = 0;
  for (const path of [
    message!, home, `${home}/facts`, `${home}/people`, `${home}/map`, `${home}/search?q=${encodeURIComponent("floor plan")}`,
    `/search?q=${encodeURIComponent(HOSTILE)}`, `/handoffs/${document}`, `/handoffs/${document}?line=promised_deliverables/1`,
    `/?q=${encodeURIComponent(HOSTILE)}`, `/queries?query=${encodeURIComponent(HOSTILE)}`,
  ]) {
    await reader.goto(path);
    await expect(reader.getByRole("main")).toBeVisible();
    expect(await reader.title(), path).not.toBe("taken");
    expect(await reader.locator("main script:not([type='application/json']), main iframe, main img[src^='http']").count(), path).toBe(0);
    const text = await reader.getByRole("main").innerText();
    if (text.includes("<script>")) told += 1;
  }
  expect(told).toBeGreaterThan(3);
  expect(foreign).toEqual([]);
});
