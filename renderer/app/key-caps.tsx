import { keyCaps } from "./commands.ts";
import { useDesk } from "./context.tsx";

/** A key combination as small caps. */
export function KeyCaps({ keys }: { keys: string }) {
  const { isMac } = useDesk();
  return (
    <span className="key-caps">
      {keyCaps(keys, isMac).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
