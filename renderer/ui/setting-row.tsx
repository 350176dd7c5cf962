import { createContext, use, type ReactNode } from "react";

/** What is typed into the search, in lower case; "" shows everything. */
export const SettingsFilterContext = createContext("");

interface SettingRowProps {
  readonly label: string;
  readonly text?: string;
  /** Id of the control that the label belongs to. */
  readonly forId?: string;
  readonly children: ReactNode;
}

/** One setting: what it is, what it does, its control. Hidden when the search does not match it. */
export function SettingRow({ label, text, forId, children }: SettingRowProps) {
  const filter = use(SettingsFilterContext);
  if (filter !== "" && !`${label} ${text ?? ""}`.toLowerCase().includes(filter)) return null;
  return (
    <div className="setting-row">
      <div className="setting-words">
        {forId ? <label htmlFor={forId}>{label}</label> : <span className="setting-label">{label}</span>}
        {text && (
          <p className="quiet" id={forId && `${forId}-text`}>
            {text}
          </p>
        )}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  );
}

/** True when a block that is not a row should be shown for what is typed. */
export function useMatchesFilter(...words: string[]): boolean {
  const filter = use(SettingsFilterContext);
  return filter === "" || words.join(" ").toLowerCase().includes(filter);
}
