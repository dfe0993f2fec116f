/** What the tests of the pages share: a service with the sample account for each file, a reader who is signed in, and that no page may complain. */
import { spawn, type ChildProcess } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** A running service. */
export interface Service {
  url: string;
  token: string;
}

/** What the sample account is called. */
export const ACCOUNT = "vantenberg";

async function start(): Promise<{ service: Service; child: ChildProcess }> {
  const child = spawn(process.env.BATON ?? "baton", ["demo", "--serve", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  const service = await new Promise<Service>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the service ended with ${code}: ${told}`)));
    child.stderr!.on("data", (data: Buffer) => {
      told += data.toString();
      const found = /(http:\/\/[\d.:]+)\/signin#token=(\S+)/.exec(told);
      if (found) resolve({ url: found[1]!, token: found[2]! });
    });
  });
  return { service, child };
}

/** Things that a page must not say on its console: blocked by the policy, failed, or thrown. */
const COMPLAINT = /violates|refused|error|failed/i;

export const test = base.extend<{ reader: Page }, { service: Service }>({
  service: [
    async ({}, use) => {
      const { service, child } = await start();
      await use(service);
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGINT");
      await ended;
    },
    { scope: "worker" },
  ],
  baseURL: async ({ service }, use) => use(service.url),
  /** A page of somebody who is signed in as admin. */
  reader: async ({ page, service }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" || COMPLAINT.test(message.text())) complaints.push(message.text());
    });
    await signIn(page, service);
    await use(page);
    expect(complaints).toEqual([]);
  },
});

/** Signs in by the form, as somebody does who was sent a token. */
export async function signIn(page: Page, service: Service, token = service.token): Promise<void> {
  await page.goto("/signin");
  await page.getByLabel("Your token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

/** Fails on a serious fault of accessibility, as axe-core finds it. */
export async function expectAccessible(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 5).join(", ")}`);
  expect(told).toEqual([]);
}

/** Fails when a page is wider than its window. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
}

/** Fails unless a page passes axe in the light and in the dark, and fits a narrow window. */
export async function expectUsable(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSideways(page);
  await expectAccessible(page);
  await page.setViewportSize(size);
}

export { expect };
