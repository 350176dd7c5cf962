import { useQueryClient } from "@tanstack/react-query";
import type { Settings } from "../../../core/contract/settings.ts";
import { routeKey, useAction, useRoute } from "../../app/routes.ts";

/** The settings, and the function that changes some of them; a change shows at once. */
export function useSettings(): readonly [Settings, (patch: Partial<Settings>) => void] {
  const client = useQueryClient();
  const key = routeKey("settings.get");
  const update = useAction("settings.update");
  const settings = useRoute("settings.get").data;
  // main.tsx asks for them before the first painting.
  if (!settings) throw new Error("the settings are not there yet");
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
