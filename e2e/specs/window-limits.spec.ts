import { expect, test } from "../fixtures/test.ts";

const addresses = [
  "http://127.0.0.1:9/",
  "https://example.org/",
  "ws://127.0.0.1:9/",
  "wss://example.org/",
  "ftp://example.org/",
  "file:///etc/passwd",
  "data:text/html,<script>window.top.broken=1</script>",
  "blob:app://qwill/00000000-0000-0000-0000-000000000000",
  "javascript:window.broken=1",
  "about:srcdoc",
  "chrome://version/",
  "devtools://devtools/bundled/inspector.html",
  "view-source:app://qwill/index.html",
  "mailto:someone@example.org",
  "app://other/index.html",
];

const permissions = [
  "accelerometer",
  "ambient-light-sensor",
  "background-fetch",
  "background-sync",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "geolocation",
  "gyroscope",
  "idle-detection",
  "keyboard-lock",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "nfc",
  "notifications",
  "payment-handler",
  "periodic-background-sync",
  "persistent-storage",
  "pointer-lock",
  "screen-wake-lock",
  "storage-access",
  "window-management",
];

test.describe("rule S1: what a page in the window may do", () => {
  test("15 kinds of address × fetch, image, frame, link, window: nothing leaves, nothing opens", async ({
    qwill,
    page,
  }) => {
    await qwill.confirmWith(0);
    await qwill.electron.evaluate(({ session }) => {
      const seen: string[] = [];
      (globalThis as { seen?: string[] }).seen = seen;
      session.fromPartition("qwill").webRequest.onCompleted((details) => void seen.push(details.url));
    });
    const outcomes = await page.evaluate(async (urls) => {
      const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
      const settled: Record<string, string[]> = {};
      for (const url of urls) {
        const got: string[] = [];
        await fetch(url).then(
          () => got.push("fetched"),
          () => undefined,
        );
        await new Promise<void>((resolve) => {
          const image = new Image();
          image.addEventListener("load", () => (got.push("image"), resolve()));
          image.addEventListener("error", () => resolve());
          image.src = url;
        });
        const frame = document.createElement("iframe");
        frame.src = url;
        document.body.append(frame);
        await pause();
        try {
          if (frame.contentDocument?.body?.innerText) got.push("frame");
        } catch {
          // A frame of another origin: refused content is an error page that may not be read.
        }
        frame.remove();
        if (window.open(url) !== null) got.push("window");
        if (url !== "about:srcdoc") {
          const link = document.createElement("a");
          link.href = url;
          document.body.append(link);
          link.click();
          link.remove();
          await pause();
        }
        settled[url] = got;
      }
      return { settled, broken: (window as { broken?: number }).broken ?? 0, at: location.href };
    }, addresses);
    expect(Object.entries(outcomes.settled).filter(([, got]) => got.length > 0)).toEqual([]);
    expect(outcomes.broken).toBe(0);
    expect(outcomes.at).toBe("app://qwill/index.html");
    expect(page.url()).toBe("app://qwill/index.html");
    expect(qwill.electron.windows()).toHaveLength(1);
    const completed = await qwill.electron.evaluate(() => (globalThis as { seen?: string[] }).seen ?? []);
    expect(completed.filter((url) => !url.startsWith("app://qwill/"))).toEqual([]);
  });

  test("every session is closed, Electron's own and one made later among them", async ({ qwill }) => {
    const outcomes = await qwill.electron.evaluate(({ session }) =>
      Promise.all(
        [session.defaultSession, session.fromPartition("qwill"), session.fromPartition("later")].map((one) =>
          one.fetch("http://127.0.0.1:9/").then(
            () => "answered",
            (error: Error) => error.message,
          ),
        ),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(["net::ERR_BLOCKED_BY_CLIENT"]));
  });

  test("a page that was led to nowhere comes back by itself", async ({ page }) => {
    await page.evaluate(() => {
      (window as { old?: boolean }).old = true;
      const link = document.createElement("a");
      link.href = "about:srcdoc";
      document.body.append(link);
      setTimeout(() => link.click(), 0);
    });
    await page.waitForFunction(
      () => location.href === "app://qwill/index.html" && !(window as { old?: boolean }).old,
    );
    await expect(page.getByRole("heading").first()).toBeVisible();
  });

  test("25 permissions: none is granted, asked or checked", async ({ page }) => {
    const states = await page.evaluate(async (names) => {
      const found: Record<string, string> = {};
      for (const name of names) {
        found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
          (status) => status.state as string,
          () => "unknown",
        );
      }
      return found;
    }, permissions);
    expect(Object.entries(states).filter(([, state]) => state === "granted")).toEqual([]);
    const asked = await page.evaluate(async () => {
      const refused = (work: Promise<unknown> | undefined) =>
        (work ?? Promise.reject()).then(
          () => "granted",
          () => "refused",
        );
      return {
        notifications: await Notification.requestPermission(),
        camera: await refused(navigator.mediaDevices?.getUserMedia({ video: true })),
        screen: await refused(navigator.mediaDevices?.getDisplayMedia({ video: true })),
        clipboard: await refused(navigator.clipboard?.readText()),
        position: await refused(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
        midi: await refused(navigator.requestMIDIAccess?.()),
      };
    });
    expect(asked).toEqual({
      notifications: "denied",
      camera: "refused",
      screen: "refused",
      clipboard: "refused",
      position: "refused",
      midi: "refused",
    });
  });

  test("text cannot become script: no inline handler, no eval, no HTML from a string", async ({ page }) => {
    const outcome = await page.evaluate(async () => {
      // A test's own call may use eval until it first waits.
      await new Promise((resolve) => setTimeout(resolve, 0));
      const tried = (act: () => unknown): string => {
        try {
          act();
          return "done";
        } catch {
          return "refused";
        }
      };
      const element = document.createElement("div");
      document.body.append(element);
      return {
        html: tried(() => (element.innerHTML = "<img src=x onerror='window.broken=1'>")),
        evaluated: tried(() => window.eval("window.broken=1")),
        // oxlint-disable-next-line typescript/no-implied-eval -- what is tried
        made: tried(() => new Function("window.broken=1")()),
        script: tried(() => {
          const script = document.createElement("script");
          script.textContent = "window.broken=1";
          document.body.append(script);
        }),
        broken: (window as { broken?: number }).broken ?? 0,
      };
    });
    expect(outcome).toMatchObject({ html: "refused", evaluated: "refused", made: "refused", broken: 0 });
  });
});
