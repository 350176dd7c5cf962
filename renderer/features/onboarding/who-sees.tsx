import { useTranslation } from "react-i18next";
import { ReachMark } from "../../ui/reach-mark.tsx";

const rows = ["model", "embedder", "library"] as const;

/** One row each for the three things that touch a person's text. */
export function WhoSees() {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="who-sees">
      <h2 id="who-sees">{t("whoSees.title")}</h2>
      <table className="who-sees">
        <thead>
          <tr>
            <th scope="col">{t("whoSees.part")}</th>
            <th scope="col">{t("whoSees.where")}</th>
            <th scope="col">{t("whoSees.who")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">
                {t(`whoSees.${row}.name`)}
                <span className="quiet small">{t(`whoSees.${row}.does`)}</span>
              </th>
              <td>
                <span className="reach-words">
                  <ReachMark reach="device" />
                  {t("whoSees.device")}
                </span>
              </td>
              <td>{t(`whoSees.${row}.who`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
