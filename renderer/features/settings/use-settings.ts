import { useQueryClient } from "@tanstack/react-query";
import { defaultSettings, type Settings } from "../../../core/contract/settings.ts";
import { routeKey, useAction, useRoute } from "../../app/routes.ts";

/** The settings, and the function that changes some of them; a change shows at once. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const client = useQueryClient();
  const key = routeKey("settings.get");
  const settings = useRoute("settings.get").data ?? defaultSettings;
  const update = useAction("settings.update");
  return [
    settings,
    (patch) => {
      client.setQueryData(key, { ...settings, ...patch });
      update.mutate(patch, {
        onSuccess: (saved) => client.setQueryData(key, saved),
        onError: () => void client.invalidateQueries({ queryKey: key }),
      });
    },
  ];
}
