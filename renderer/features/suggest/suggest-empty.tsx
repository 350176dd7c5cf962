import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { intents } from "../../../core/contract/suggest.ts";
import { useAddSample } from "../../app/add-sample.ts";
import { useDesk, useWindowState } from "../../app/context.tsx";
import { useRoute } from "../../app/routes.ts";
import { Icon } from "../../ui/icon.tsx";
import { useSession } from "./session-context.ts";

/** Before the first request: what to do with an empty library, or what can be asked of a full one. */
export function SuggestEmpty() {
  const { t } = useTranslation();
  const { run } = useDesk();
  const session = useSession();
  const collections = useRoute("collections.list");
  const addSample = useAddSample();
  const sampleAdded = useWindowState((state) => state.sampleAdded);
  if (!collections.data) return null;
  const files = collections.data.reduce((sum, { files: count }) => sum + count, 0);
  if (sampleAdded) return <SampleQuestions />;
  if (files === 0) {
    return (
      <section className="suggest-empty" aria-label={t("empty.title")}>
        <h2>{t("empty.title")}</h2>
        <p>{t("empty.teach")}</p>
        <div className="button-row">
          <Button leftSection={<Icon name="folder" />} onClick={() => run("add-folder")}>
            {t("commands.add-folder")}
          </Button>
          <Button variant="default" loading={addSample.isPending} onClick={() => addSample.mutate()}>
            {t("empty.sample")}
          </Button>
        </div>
      </section>
    );
  }
  return (
    <section className="suggest-empty" aria-label={t("empty.ways")}>
      <h2>{t("empty.ways")}</h2>
      <ul className="ways">
        {intents.map((intent) => (
          <li key={intent}>
            <button type="button" className="way" onClick={() => session.edit({ intent })}>
              <strong>{t(`intents.${intent}.name`)}</strong>
              <span>{t(`intents.${intent}.way`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const sampleQuestions = ["first", "second", "third", "fourth"] as const;

/** Questions that the sample library answers: the first useful suggestion is one press away. */
function SampleQuestions() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <section className="suggest-empty" aria-label={t("sample.title")}>
      <h2>{t("sample.title")}</h2>
      <ul className="ways">
        {sampleQuestions.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="way way-question"
              onClick={() => {
                session.send({
                  intent: "answer",
                  text: t(`sample.${name}`),
                  tier: session.state.get().draft.tier,
                });
              }}
            >
              {t(`sample.${name}`)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
