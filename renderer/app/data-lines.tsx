import { useTranslation } from "react-i18next";
import type { ProviderConfig } from "../../core/contract/providers.ts";
import { useRoute } from "./routes.ts";
import { formatDay } from "../ui/formatting.ts";
import { isScope, isTerm } from "../ui/known-words.ts";

/** What is known of a provider: where data rests, where inference runs, what it says it does with text. */
export function DataLines({ provider }: { provider: Pick<ProviderConfig, "vendor" | "region" | "scope"> }) {
  const { t, i18n } = useTranslation();
  const card = useRoute("providers.vendors").data?.find(({ vendor }) => vendor === provider.vendor);
  if (!card) return null;
  const region = card.regions.find((row) => row.region === provider.region);
  // One date for all of them is said once.
  const days = [...new Set(card.terms.map(({ asOf }) => asOf))];
  const readOn = (day: string) => t("terms.asOf", { date: formatDay(day, i18n.language) });
  const scope = provider.scope ?? region?.inference[0];
  return (
    <ul className="data-lines small quiet">
      {region && provider.region && (
        <li>
          {t("tier.restsIn", { region: t(`regions.${provider.region}`) })}
          {i18n.language === "en" && " "}
          {scope && isScope(scope) && t("tier.runsIn", { scope: t(`scopes.${scope}`) })}
        </li>
      )}
      {card.terms.map(({ key, asOf }) =>
        isTerm(key) ? (
          <li key={key}>{days.length > 1 ? `${t(`terms.${key}`)} ${readOn(asOf)}` : t(`terms.${key}`)}</li>
        ) : null,
      )}
      {days.length === 1 && days[0] && <li>{readOn(days[0])}</li>}
      {card.terms.length === 0 && <li>{t("terms.own")}</li>}
    </ul>
  );
}
