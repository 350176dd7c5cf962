import { useTranslation } from "react-i18next";
import { KeyCaps } from "./key-caps.tsx";
import { ScreenHead } from "../ui/screen-head.tsx";
import { commandGroups, commands } from "./commands.ts";

/** F1: every key of the window, from the registry that runs them. */
export function ShortcutsPage() {
  const { t } = useTranslation();
  return (
    <main className="screen" aria-labelledby="shortcuts-title">
      <ScreenHead id="shortcuts-title" title={t("shortcuts.title")} />
      <div
        className="screen-scroll"
        role="region"
        aria-labelledby="shortcuts-title"
        // Nothing in it takes the keyboard, so it must, or it could not be scrolled.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div className="column shortcuts">
          {commandGroups.map((group) => (
            <section key={group} aria-labelledby={`keys-${group}`}>
              <h2 id={`keys-${group}`}>{t(`commandGroups.${group}`)}</h2>
              <dl>
                {commands
                  .filter((command) => command.group === group && command.available && command.keys)
                  .map(({ id, keys }) => (
                    <div key={id} className="shortcut-row">
                      <dt>{t(`commands.${id}`)}</dt>
                      <dd>{keys && <KeyCaps keys={keys} />}</dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </main>
  );
}
