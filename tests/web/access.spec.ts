/** Signing in and out, and what a page may do. */
import { expect, expectUsable, signIn, test } from "./support";

test("whoever is not signed in is asked to, and comes back", async ({ page, service }) => {
  await page.goto("/?q=vant");
  await expect(page).toHaveURL(/\/signin\?next=/);
  await expectUsable(page);
  await page.getByLabel("Your token").fill("baton_wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("not good");
  await page.getByLabel("Your token").fill(service.token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/?q=vant");
});

test("a link with a token signs in, and the token leaves the address", async ({ page, service }) => {
  await page.goto(`/signin#token=${service.token}`);
  await expect(page.getByRole("heading", { name: "Accounts" })).toBeVisible();
  expect(page.url()).not.toContain("token");
});

test("the cookie is out of reach of scripts, and signing out ends the session", async ({ page, context, service }) => {
  await signIn(page, service);
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(await page.evaluate(() => document.cookie)).toBe("");
  await page.getByRole("button", { name: "Sign out" }).click();
  await context.addCookies([cookie!]);
  await page.goto("/");
  await expect(page).toHaveURL(/\/signin/);
});

test("a write that comes from elsewhere is refused", async ({ reader, service }) => {
  const answer = await reader.request.post("/signout", { form: { csrf: "made up" } });
  expect(answer.status()).toBe(403);
  const other = await reader.request.post("/signout", { headers: { origin: "http://evil.example" }, form: {} });
  expect(other.status()).toBe(403);
  await reader.goto(service.url);
  await expect(reader.getByRole("heading", { name: "Accounts" })).toBeVisible();
});
