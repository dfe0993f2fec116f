/** The desk: reviewing by keyboard, asking, delivering, accepting; versions side by side; files; without scripts. */
import type { Page } from "@playwright/test";
import { ACCOUNT, expect, expectUsable, signIn, test, type Service } from "./support";

test.describe.configure({ mode: "serial", timeout: 300_000 });

/** Calls the interface of programs. */
async function call(service: Service, path: string, body?: unknown): Promise<any> {
  const answer = await fetch(`${service.url}/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${service.token}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return answer.status === 204 ? null : answer.json();
}

/** The handoff of the sample account that is open. */
async function openHandoff(service: Service): Promise<string> {
  const { data } = await call(service, `/accounts/${ACCOUNT}/handoffs`);
  return data.find((one: any) => one.type === "sales-to-implementation").document.split(":").pop();
}

/** Reads a message into the account anew, as the next synchronisation would. */
async function ingestAgain(service: Service): Promise<void> {
  const message = {
    id: "mail:<again@tarnwick.example>", kind: "email", sent_at: "2026-02-12T15:00:00Z", subject: "Again",
    text: "Hello Jonas,\n\nthe slides are in the shared folder.\n\nCalla",
    participants: [
      { role: "from", name: "Calla Renwick", address: "calla.renwick@tarnwick.example" },
      { role: "to", name: "Jonas Wirth", address: "jonas.wirth@vantenberg.example" },
    ],
  };
  for (const text of [message.text, `${message.text}\nTarnwick`]) {
    const answer = await fetch(`${service.url}/v1/accounts/${ACCOUNT}/ingest`, {
      method: "POST",
      headers: { authorization: `Bearer ${service.token}`, "content-type": "application/x-ndjson" },
      body: `${JSON.stringify({ ...message, text })}\n`,
    });
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    await expect.poll(async () => (await call(service, `/jobs/${id}`)).state).toBe("done");
  }
}

const current = (page: Page) => page.locator(".line.current");
const told = (page: Page) => page.locator("#told");

test("the lists say what waits for whom", async ({ reader }) => {
  await reader.goto("/handoffs");
  const row = reader.getByRole("row", { name: /Vantenberg/ });
  await expect(row).toContainText("Calla Renwick goes through it");
  await expectUsable(reader);
  await reader.goto(`/accounts/${ACCOUNT}/handoffs`);
  await expect(reader.getByText("is open already")).toBeVisible();
  await expectUsable(reader);
  await reader.getByRole("button", { name: "Make Monthly summary" }).click();
  await expect(reader.getByRole("heading", { name: /Monthly summary/ })).toBeVisible();
});

test("a line shows the exact words behind it, in their conversation", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}`);
  await reader.getByRole("link", { name: /^Bring average waiting time of trucks down/ }).first().click();
  await expect(reader.locator("#side #quote")).toContainText("average waiting time of trucks down from 94 to 45 minutes");
  await expect(reader.locator("#side #quote")).toBeInViewport();
  await expect(current(reader)).toContainText("Bring average waiting time");
  await reader.keyboard.press("j");
  await expect(reader.locator("#side")).not.toHaveAttribute("data-line", "business_objectives/3");
  await expectUsable(reader);
});

test("a message is a page of its own", async ({ reader, service }) => {
  const sheet = await call(service, `/handoffs/${await openHandoff(service)}/sheet`);
  const [evidence] = sheet.lines.find((line: any) => line.line === "promised_deliverables/9").evidence;
  const path = `/accounts/${ACCOUNT}/messages/${encodeURIComponent(evidence.interaction)}`;
  await reader.goto(`${path}?start=${evidence.start}&end=${evidence.end}#quote`);
  await expect(reader.locator("#quote")).toHaveText(evidence.quote);
  await expectUsable(reader);
});

test("a reader who does not see all reads what is meant for all", async ({ browser, service }) => {
  const { secret } = await call(service, "/tokens", { name: "Rita Voss", role: "reader" });
  const context = await browser.newContext({ baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service, secret);
  await page.goto(`/handoffs/${await openHandoff(service)}`);
  await expect(page.locator("#bar .next")).toContainText("Calla Renwick");
  await expect(page.getByText("will lose their jobs")).toHaveCount(0);
  await page.getByRole("link", { name: /^Bring average waiting time of trucks down/ }).first().click();
  await expect(page.locator("#side #quote")).toContainText("average waiting time");
  await expect(page.locator("#side [data-form], #bar .steps form")).toHaveCount(0);
  await context.close();
});

test("keys do nothing while somebody writes, and can be shown", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}?line=identified_risks%2F1`);
  await reader.keyboard.press("?");
  await expect(reader.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await reader.keyboard.press("Escape");
  await reader.keyboard.press("r");
  await reader.keyboard.type("jack and the rest");
  await expect(reader.getByLabel("Why is it wrong?")).toHaveValue("jack and the rest");
  await reader.keyboard.press("Escape");
  await expect(current(reader).getByRole("link").first()).toBeFocused();
  await expect(current(reader)).toHaveAttribute("data-verdict", "undecided");
});

test("a correction stays when the sources are read again", async ({ reader, service }) => {
  const handoff = await openHandoff(service);
  await reader.goto(`/handoffs/${handoff}?line=promised_deliverables%2F7`);
  await reader.keyboard.press("c");
  await reader.getByLabel("What it should say").fill("Send the invitations for the check-in every Tuesday");
  await reader.keyboard.press("Control+Enter");
  await expect(told(reader)).toContainText("Corrected");
  await expect(current(reader)).toContainText("every Tuesday");
  await ingestAgain(service);
  await reader.reload();
  const line = reader.locator("#line-promised_deliverables-7");
  await expect(line).toContainText("every Tuesday");
  await expect(line).toContainText("corrected by demo");
});

test("the second of two who decide sees both values, and may let theirs hold", async ({ reader, service }) => {
  const handoff = await openHandoff(service);
  const { secret } = await call(service, "/tokens", { name: "Noor Haddadi", role: "admin" });
  await call({ ...service, token: secret }, `/handoffs/${handoff}/correct`, {
    line: "promised_deliverables/8", statement: "Have the German labels on all tablets",
  });
  await reader.goto(`/handoffs/${handoff}?line=promised_deliverables%2F8`);
  await reader.keyboard.press("c");
  await reader.getByLabel("What it should say").fill("Have the German labels on the tablets of Hall 1");
  await reader.keyboard.press("Control+Enter");
  await expect(reader.locator("#side").getByRole("alert")).toContainText("Noor Haddadi was quicker");
  await reader.getByRole("button", { name: "Let mine hold" }).click();
  await expect(reader.locator("#line-promised_deliverables-8")).toContainText("tablets of Hall 1");
});

test("what no source answers is shown, and can be answered", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}`);
  const gap = reader.locator(".gap").first();
  await expect(gap).toContainText("Needs clarification: who pays. Ask Helena Brandauer");
  await gap.getByText("Answer it").click();
  await gap.getByLabel("Who is it?").selectOption({ label: "Miriam Castell" });
  await gap.getByRole("button", { name: "Save" }).click();
  await expect(reader.locator(".gap")).toHaveCount(0);
  const section = reader.locator("#section-relationship_notes");
  await section.getByText("Add a line").click();
  await section.getByLabel("What no message says").fill("Jonas collects model trains");
  await section.getByLabel("It is a").selectOption("sensitive_topic");
  await section.getByRole("button", { name: "Add" }).click();
  await expect(section).toContainText("Jonas collects model trains");
});

test("the whole document is gone through without the mouse, and delivered", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}`);
  await reader.keyboard.press("j");
  await expect(current(reader)).toHaveAttribute("data-line", "executive_summary/1");
  await reader.keyboard.press("n");
  await reader.keyboard.press("r");
  await reader.keyboard.type("said in jest");
  await reader.keyboard.press("Enter");
  await expect(reader.locator(".line.rejected").first()).toBeVisible();
  await expect(reader.locator("#bar .now")).toHaveText("In review");
  const began = Date.now();
  let pressed = 0;
  while ((await reader.locator(".line.undecided:not(.busy)").count()) > 0 && pressed < 400) {
    await reader.keyboard.press("n");
    await reader.keyboard.press("a");
    pressed += 1;
  }
  await expect(reader.locator("#bar .next")).toContainText("Every line is decided", { timeout: 240_000 });
  console.log(`${pressed} lines approved in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  await expect(reader.locator(".line.undecided")).toHaveCount(0);
  await expectUsable(reader);
  await reader.keyboard.press("Escape");
  await reader.keyboard.press("d");
  await reader.keyboard.type("Ilse Maartens");
  await reader.keyboard.press("Enter");
  await expect(reader.locator("#bar .now")).toHaveText("Delivered");
  await expect(reader.locator("#bar .next")).toContainText("Ilse Maartens reads it");
});

test("who takes over is offered their part alone", async ({ browser, service }) => {
  const { secret } = await call(service, "/tokens", { name: "Ilse Maartens", role: "reviewer" });
  const context = await browser.newContext({ baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service, secret);
  await page.goto("/handoffs");
  await expect(page.getByRole("row", { name: /Vantenberg/ })).toContainText("You: Ilse Maartens reads it");
  await page.getByRole("link", { name: "Sales to implementation" }).click();
  await expect(page.getByRole("button", { name: "Take over" })).toBeVisible();
  await expect(page.getByText("Approve all the rest")).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect(told(page)).toContainText("others decide about its lines");
  await expect(page.locator("#side").getByText("Useful")).toBeVisible();
  await expect(page.locator("#side [data-form]")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(told(page)).toContainText("useful");
  await page.goto(`/handoffs/${await openHandoff(service)}?line=promised_deliverables%2F9`);
  await page.getByText("Propose another wording").click();
  await page.getByLabel("What it should say").fill("Deliver the Korvus interface, in both directions");
  await page.getByLabel("Why?").fill("One direction is there already");
  await page.getByRole("button", { name: "Propose" }).click();
  await expect(page.locator("#side")).toContainText("Ilse Maartens proposes: “Deliver the Korvus interface, in both directions”");
  await expectUsable(page);
  await context.close();
});

test("a reviewer takes over what was proposed", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}?line=promised_deliverables%2F9`);
  await reader.getByRole("button", { name: "Take it over" }).click();
  await expect(reader.locator("#line-promised_deliverables-9")).toContainText("Deliver the Korvus interface, in both directions");
});

test("the receiver asks, is answered, takes over, and the meeting is added", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}`);
  await reader.locator("#bar").getByText("Ask", { exact: true }).click();
  await reader.locator("#bar").getByLabel("Your question").fill("Who speaks Polish?");
  await reader.getByRole("button", { name: "Ask it" }).click();
  await expect(reader.locator("#bar .next")).toContainText("Calla Renwick answers");
  await reader.locator("#questions").getByLabel("Your answer").fill("Bram does.");
  await reader.locator("#questions").getByRole("button", { name: "Answer" }).click();
  await expect(reader.locator("#questions blockquote")).toHaveText("Bram does.");
  await reader.getByRole("button", { name: "Take over" }).click();
  await expect(reader.locator("#bar .now")).toHaveText("Accepted");
  await reader.getByText("Add the meeting").click();
  await reader.getByLabel("Transcript of the meeting").setInputFiles({
    name: "handover 2026-02-12.txt", mimeType: "text/plain",
    buffer: Buffer.from("Ilse Maartens: Hello Jonas.\nJonas Wirth: Hello. We must have the loading list as PDF before the go-live.\nIlse Maartens: I will send you the training dates by 20 February 2026.\n"),
  });
  await reader.getByRole("button", { name: "Read it" }).click();
  await expect(reader.getByRole("heading", { name: "What the meeting changes" })).toBeVisible();
  await expect(reader.locator("#meeting")).toContainText("training dates");
  await expectUsable(reader);
  await reader.getByRole("button", { name: "Let the changes hold" }).click();
  await expect(reader.locator("#bar .now")).toHaveText("Updated after the meeting");
});

test("two versions stand side by side", async ({ reader, service }) => {
  await reader.goto(`/handoffs/${await openHandoff(service)}/diff`);
  await expect(reader.locator(".diff")).toBeVisible();
  await reader.getByLabel("Compare with").selectOption({ index: -1 + (await reader.getByLabel("Compare with").locator("option").count()) });
  await reader.getByRole("button", { name: "Compare" }).click();
  await expect(reader.locator(".diff .sign").first()).toBeVisible();
  await expectUsable(reader);
});

test("the document can be kept in every form", async ({ reader, service }) => {
  const handoff = await openHandoff(service);
  await reader.goto(`/handoffs/${handoff}`);
  await reader.getByText("Download").click();
  const starts = { PDF: "%PDF-", Word: "PK", "Web page": "<!doctype html", Markdown: "---", JSON: "{" };
  for (const [name, start] of Object.entries(starts)) {
    const link = reader.locator(".menu").getByRole("link", { name });
    const answer = await reader.request.get((await link.getAttribute("href"))!);
    expect((await answer.text()).toLowerCase().startsWith(start.toLowerCase()), name).toBe(true);
    expect(answer.headers()["content-disposition"]).toMatch(/^attachment; filename="vantenberg-sales-to-implementation-[\d-]+\.\w+"$/);
  }
});

test("everything can be read without scripts", async ({ browser, service }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: service.url });
  const page = await context.newPage();
  await signIn(page, service);
  await page.goto(`/handoffs/${await openHandoff(service)}`);
  await page.getByRole("link", { name: /^Deliver the Korvus interface/ }).first().click();
  await expect(page.locator("#side")).toContainText("Evidence 1 of");
  await page.locator(".pieces a").nth(1).click();
  await expect(page.locator("#side")).toContainText("Evidence 2 of");
  await expect(page.locator("#quote")).toBeVisible();
  await page.locator("#side [data-form=correct] summary").click();
  await page.getByLabel("Whose it is").fill("Bram Sellin");
  await page.locator("#side").getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".line.current")).toContainText("corrected by demo");
  await context.close();
});
