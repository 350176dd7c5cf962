import type { Alert, AlertKind } from "../../core/contract/app.ts";

/** What a person should know although they asked for nothing; one of a kind at most. */
export interface Alerts {
  list(): Alert[];
  add(kind: AlertKind, path?: string): void;
  dismiss(kind: AlertKind): void;
}

export function makeAlerts(changed: (alerts: Alert[]) => void): Alerts {
  const kept = new Map<AlertKind, Alert>();
  const list = (): Alert[] => [...kept.values()];
  return {
    list,
    add: (kind, path) => {
      kept.set(kind, { kind, ...(path !== undefined && { path }) });
      changed(list());
    },
    dismiss: (kind) => {
      if (kept.delete(kind)) changed(list());
    },
  };
}
