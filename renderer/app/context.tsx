import { createContext, use } from "react";
import type { SuggestSession } from "../features/suggest/session.ts";
import type { Ipc } from "../ipc.ts";
import type { Runner } from "./command-runner.ts";
import { goTo, type Place, type WindowObservable, type WindowState } from "./navigation.ts";
import { useObservable } from "./observable.ts";

/** What every screen may reach; made once in main.tsx, given down, never imported. */
export interface Desk extends Runner {
  readonly ipc: Ipc;
  readonly windowState: WindowObservable;
  readonly session: SuggestSession;
  readonly isMac: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("DeskContext is missing above this component");
  return desk;
}

export function useWindowState<Part>(select: (state: WindowState) => Part): Part {
  return useObservable(useDesk().windowState, select);
}

/** The function that takes the person to a place. */
export function useGo(): (place: Place) => void {
  const { windowState } = useDesk();
  return (place) => windowState.set((state) => goTo(state, place));
}
