import { join } from "node:path";
import { makeCloud, type Cloud } from "../main/cloud/cloud.ts";
import { makeLocalCloudStore, type CloudStore } from "../main/cloud/cloud-store.ts";
import { makeProviderBook } from "../main/cloud/provider-book.ts";
import { makeEgress } from "../main/egress.ts";
import { openSettings } from "../main/settings-file.ts";
import type { RunningLibrary } from "../worker/open-library.ts";
import { dataFolderOf, openSession, type Session } from "./session.ts";

/** Providers, tiers, costs and the ledger for one command, over the library it has open. */
export interface CloudSession {
  readonly cloud: Cloud;
  readonly store: CloudStore;
  close(): Promise<void>;
}

/** Opens the library and the cloud over it, and closes both whatever happens. */
export async function withCloud(
  session: Session,
  work: (opened: CloudSession) => Promise<number>,
): Promise<number> {
  const running = await openSession(session, { model: "none" });
  try {
    const opened = openCloud(session, running);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  } finally {
    await running.close();
  }
}

/** Puts together what the window puts together, in this process. Nothing is sent by opening it. */
export function openCloud(session: Session, running: RunningLibrary): CloudSession {
  const store = makeLocalCloudStore(running.db);
  const book = makeProviderBook(store);
  const settings = openSettings(join(dataFolderOf(session), "settings.json"));
  const egress = makeEgress({
    store,
    allows: (origin) => book.allows(origin),
    certificatesFor: (origin) => book.certificatesFor(origin),
  });
  const cloud = makeCloud({
    store,
    book,
    gate: (context) => (address, request, signal) => {
      // From here on a provider is asked for: the process may open what the gate allows.
      session.openNetwork();
      return egress.fetch(context)(address, request, signal);
    },
    settings,
    now: Date.now,
  });
  return { cloud, store, close: () => egress.close() };
}
