import { createContext, use } from "react";
import type { CommandId } from "../../core/contract/app.ts";
import type { Ipc } from "./ipc.ts";
import { goTo, type Place, type WindowObservable, type WindowState } from "./navigation.ts";
import { useObservable } from "../ui/observable.ts";

/** Runs commands: a mounted screen's own handler first, then what is the same everywhere. */
export interface Runner {
  readonly run: (command: CommandId) => void;
  /** Puts a screen's handler in place; returns the function that takes it away. */
  readonly handle: (command: CommandId, handler: () => void) => () => void;
}

/** What every screen may reach; made once in main.tsx, given down, never imported. */
export interface Desk extends Runner {
  readonly ipc: Ipc;
  readonly windowState: WindowObservable;
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
