import type { Range } from "../../core/contract/documents.ts";
import { makeObservable, type Observable } from "../ui/observable.ts";

/** A document to open, and the range to scroll to and mark. */
export interface DocumentTarget {
  readonly documentId: number;
  readonly range: Range | null;
}

export const settingsGroups = ["general", "models", "privacy", "advanced"] as const;
export type SettingsGroup = (typeof settingsGroups)[number];

/** Where the person is: what a router's address would say. */
export type Place =
  | { readonly screen: "suggest" }
  | { readonly screen: "library"; readonly view: "files" | "bench" }
  | { readonly screen: "library"; readonly view: "data-set"; readonly fileId: number; readonly title: string }
  | { readonly screen: "library"; readonly view: "document"; readonly target: DocumentTarget }
  | { readonly screen: "settings"; readonly group: SettingsGroup }
  | { readonly screen: "privacy" }
  | { readonly screen: "costs" }
  | { readonly screen: "fine-tune" }
  | { readonly screen: "shortcuts" };

export interface WindowState {
  readonly place: Place;
  /** Earlier places, the last one on top. */
  readonly trail: readonly Place[];
  /** The collection chosen in the rail; null means all. */
  readonly collectionId: number | null;
  readonly sourcesShown: boolean;
  readonly paletteOpen: boolean;
  /** The sample library came in while this window was open: its questions are offered. */
  readonly sampleAdded: boolean;
}

export type WindowObservable = Observable<WindowState>;

export function makeWindowState(): WindowObservable {
  return makeObservable<WindowState>({
    place: { screen: "suggest" },
    trail: [],
    collectionId: null,
    sourcesShown: true,
    paletteOpen: false,
    sampleAdded: false,
  });
}

const trailLength = 20;

export function goTo(state: WindowState, place: Place): WindowState {
  return { ...state, place, trail: [...state.trail, state.place].slice(-trailLength), paletteOpen: false };
}

/** To the place before this one, or to `otherwise` when there is none. */
export function goBack(state: WindowState, otherwise: Place): WindowState {
  return { ...state, place: state.trail.at(-1) ?? otherwise, trail: state.trail.slice(0, -1) };
}
