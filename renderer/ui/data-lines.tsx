import { useTranslation } from "react-i18next";
import type { ProviderConfig } from "../../core/contract/providers.ts";
import { useRoute } from "../app/routes.ts";
import { formatDay } from "./formatting.ts";
import { isScope, isTerm } from "./known-words.ts";

/** What is known of a provider: where data rests, where inference runs, what it says it does with text. */
export function DataLines({ provider }: { provider: Pick<ProviderConfig, "vendor" | "region" | "scope"> }) {
  const { t, i18n } = useTranslation();
  const card = useRoute("providers.vendors").data?.find(({ vendor }) => vendor === provider.vendor);
  if (!card) return null;
  const region = card.regions.find((row) => row.region === provider.region);
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
          <li key={key}>
            {t(`terms.${key}`)}{" "}
            <span className="term-date">({t("terms.asOf", { date: formatDay(asOf, i18n.language) })})</span>
          </li>
        ) : null,
      )}
      {card.terms.length === 0 && <li>{t("terms.own")}</li>}
    </ul>
  );
}
