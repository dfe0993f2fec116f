/** The people of an account, and who is who. */
import { ACCOUNT, expect, expectUsable, test } from "./support";

const PEOPLE = `/accounts/${ACCOUNT}/people`;

test("people can be found and opened", async ({ reader }) => {
  await reader.goto(PEOPLE);
  await expectUsable(reader);
  const rows = reader.locator("#people tbody tr");
  const all = await rows.count();
  await reader.getByLabel("Side").selectOption("vendor");
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await reader.getByLabel("Side").selectOption("customer");
  await expect(rows.first().locator(".chip.customer")).toBeVisible();
  const link = rows.first().getByRole("link");
  const name = (await link.textContent())!;
  await link.click();
  await expect(reader.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(reader.getByRole("heading", { name: /^Influence/ })).toBeVisible();
  await expect(reader.getByRole("heading", { name: "Said last" })).toBeVisible();
  await expectUsable(reader);
});

test("two people are made one, and parted again", async ({ reader }) => {
  await reader.goto(PEOPLE);
  const rows = reader.locator("#people tbody tr");
  const all = await rows.count();
  const [one, other] = [rows.nth(all - 1).getByRole("link"), rows.nth(all - 2).getByRole("link")];
  const name = (await other.textContent())!;
  await reader.goto(`${PEOPLE}/suggestions`);
  await expectUsable(reader);
  const suggested = reader.getByRole("button", { name: "They are one person" });
  if ((await suggested.count()) > 0) {
    await suggested.first().click();
  } else {
    await reader.goto(PEOPLE);
    await one.click();
    await reader.getByText("This is somebody else as well").click();
    await reader.getByLabel("Is the same person as").fill(name);
    await reader.getByRole("button", { name: "Make them one" }).click();
  }
  await expect(reader.getByText("They are one person now")).toBeVisible();
  await expectUsable(reader);
  await reader.getByRole("button", { name: "Undo" }).click();
  await expect(reader.getByText("Parted again")).toBeVisible();
  await reader.goto(PEOPLE);
  await expect.poll(() => rows.count()).toBe(all);
});
