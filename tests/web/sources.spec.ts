/** Loading files, what became of them, schedules and tokens. */
import { ACCOUNT, expect, expectUsable, signIn, test } from "./support";

/** A mail of an invented sender. */
function mail(id: string, subject: string, body: string, from = "Ada Hollis <ada.hollis@harborline.example>"): Buffer {
  return Buffer.from(
    `Message-ID: <${id}@harborline.example>\r\nDate: Thu, 12 Feb 2026 10:00:00 +0000\r\nFrom: ${from}\r\n` +
      `To: Calla Renwick <calla.renwick@tarnwick.example>\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`,
  );
}

test("files that are chosen are loaded, and what was rejected is told with its reason", async ({ reader }) => {
  await reader.goto("/sources");
  await reader.getByLabel("Into the account").fill("Harborline");
  await reader.getByLabel("Files").setInputFiles([
    { name: "good.eml", mimeType: "message/rfc822", buffer: mail("s1", "Roll-out", "We will send you the floor plan by 20 February.") },
    { name: "broken.jsonl", mimeType: "application/x-ndjson", buffer: Buffer.from('{"id": "x", "text": ') },
  ]);
  await reader.getByRole("button", { name: "Load" }).click();
  const job = reader.getByRole("region", { name: "Loads" }).getByRole("listitem").first();
  await expect(job.getByText("done")).toBeVisible();
  await expect(job).toContainText("1 rejected");
  await job.getByText("What was rejected, and why").click();
  await expect(job).toContainText("broken.jsonl");
  await expectUsable(reader);
  await job.getByRole("link", { name: "harborline" }).click();
  await expect(reader.getByRole("region", { name: "They owe" })).toContainText("floor plan");
  await reader.getByRole("navigation", { name: "Account" }).getByRole("link", { name: "Sources" }).click();
  await expect(reader.getByRole("region", { name: "Rejected" })).toContainText("broken.jsonl");
  await expectUsable(reader);
});

test("files that are dropped on the page are loaded", async ({ reader }) => {
  await reader.goto(`/accounts/${ACCOUNT}/sources`);
  const content = mail("s2", "One more", "Thanks, all good.").toString();
  const files = await reader.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.eml", { type: "message/rfc822" }));
    return data;
  }, content);
  await reader.dispatchEvent("body", "drop", { dataTransfer: files });
  await expect(reader.getByRole("region", { name: "Loads" })).toContainText("1 new");
});

test("without scripts a form loads files too", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await page.goto(`/signin?next=/accounts/${ACCOUNT}/sources`);
  await page.getByLabel("Your token").fill(service.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Files").setInputFiles({ name: "plain.eml", mimeType: "message/rfc822", buffer: mail("s3", "Plain", "Fine.") });
  await page.getByRole("button", { name: "Load" }).click();
  await expect(page.getByRole("region", { name: "Loads" }).getByRole("listitem").first()).toContainText("demo");
  await context.close();
});

test("a token is made, shown once, works within its role, and is revoked", async ({ reader, service, browser }) => {
  await reader.goto("/administration");
  await reader.getByText("Make a token").click();
  await reader.getByLabel("Whose it is").fill("Mira Stone");
  await reader.locator("select[name=role]").selectOption("reader");
  await reader.getByRole("button", { name: "Make" }).click();
  const secret = await reader.getByRole("alert").locator("code").innerText();
  expect(secret).toMatch(/^baton_/);
  await expectUsable(reader);
  await reader.goto("/administration");
  await expect(reader.getByText(secret)).toHaveCount(0);

  const context = await browser.newContext({ baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service, secret);
  await expect(page.getByRole("link", { name: "Administration" })).toHaveCount(0);
  expect((await page.request.get("/administration")).status()).toBe(403);
  await page.goto("/sources");
  await expect(page.getByRole("button", { name: "Load" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Loads" })).toBeVisible();

  await reader.getByRole("button", { name: "Revoke the token of Mira Stone" }).click();
  await expect(reader.getByRole("row", { name: /Mira Stone/ })).toContainText("revoked");
  await page.goto("/");
  await expect(page).toHaveURL(/signin/);
  await context.close();
});

test("a schedule is kept, shows its next run, and is taken away", async ({ reader }) => {
  await reader.goto("/administration");
  const schedules = reader.getByRole("region", { name: "Schedules" }).first();
  await reader.getByText("Add or change a schedule").click();
  await reader.getByLabel("Name").fill("quarterly");
  await reader.getByLabel("When").fill("0 7 1 */3 *");
  await reader.getByRole("button", { name: "Keep" }).click();
  await expect(schedules.getByRole("row", { name: /quarterly/ })).toContainText("1 Apr 2026, 07:00");
  await reader.getByRole("button", { name: "Remove quarterly" }).click();
  await expect(schedules.getByRole("row", { name: /quarterly/ })).toHaveCount(0);
});
