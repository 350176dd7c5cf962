import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { useDesk } from "./context.tsx";

/** Adds the sample library and offers its questions. */
export function useAddSample(): UseMutationResult<void, Error, void> {
  const { ipc, windowState } = useDesk();
  return useMutation({
    mutationFn: async () => {
      await ipc.call("library.add-sample");
      windowState.set((state) => ({ ...state, sampleAdded: true }));
    },
  });
}
