import { createContext, use } from "react";
import type { SuggestSession } from "./session.ts";

/** The window's one session; it goes on while another screen is shown. */
export const SessionContext = createContext<SuggestSession | null>(null);

export function useSession(): SuggestSession {
  const session = use(SessionContext);
  if (!session) throw new Error("SessionContext is missing above this component");
  return session;
}
