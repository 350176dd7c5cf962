import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { IndexBuild } from "../../../core/contract/models.ts";
import { useRoute } from "../../app/routes.ts";
import { formatCount } from "../../ui/formatting.ts";

/** While another model's index is built beside the one in use: how far it is. */
export function IndexBuildNote() {
  const { t, i18n } = useTranslation();
  // Only events fill it; before the first one there is nothing to show.
  const build = useQuery<IndexBuild | null>({ queryKey: ["index-build"], queryFn: () => null }).data;
  const models = useRoute("models.list").data ?? [];
  if (!build) return null;
  const name = models.find(({ id }) => id === build.modelId)?.name ?? build.modelId;
  const label = t("models.building", { name });
  return (
    <section className="index-build" aria-label={label}>
      <strong>{label}</strong>
      <Progress
        value={build.total === 0 ? 0 : (build.embedded / build.total) * 100}
        size={6}
        aria-label={label}
      />
      <p className="quiet">
        {t("models.buildingText", {
          done: formatCount(build.embedded, i18n.language),
          total: formatCount(build.total, i18n.language),
        })}
      </p>
    </section>
  );
}
