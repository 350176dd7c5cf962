import type { Bridge, EventName } from "../../core/contract/routes.ts";

type Listener = (payload: unknown) => void;

const names = Object.keys({
  "alerts-changed": true,
  "command-invoked": true,
  "index-build": true,
  "library-changed": true,
  "library-progress": true,
  "models-changed": true,
  "settings-changed": true,
  "vault-changed": true,
  "worker-restarted": true,
} satisfies Record<EventName, true>) as EventName[];

/**
 * A bridge whose events wait, in their order, until `release`: main tells of changes from the first question on, and what
 * follows them may not be there yet.
 */
export function holdEvents(bridge: Bridge): { readonly bridge: Bridge; readonly release: () => void } {
  const listeners = new Map<string, Set<Listener>>();
  let held: (readonly [name: string, payload: unknown])[] | null = [];
  const tell = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
  for (const name of names) {
    bridge.on(name, (payload) => {
      if (held === null) tell(name, payload);
      else held.push([name, payload]);
    });
  }
  return {
    bridge: {
      ...bridge,
      on(name, listener) {
        const group = listeners.get(name) ?? new Set();
        listeners.set(name, group.add(listener));
        return () => void group.delete(listener);
      },
    },
    release: () => {
      const waited = held ?? [];
      held = null;
      for (const [name, payload] of waited) tell(name, payload);
    },
  };
}
