import type { Reach } from "../../core/contract/tiers.ts";
import { Icon, type IconName } from "./icon.tsx";

const icons: Record<Reach, IconName> = { device: "shield", organisation: "building", cloud: "cloud" };

/** The icon and colour of a reach; words always stand beside it. */
export function ReachMark({ reach }: { reach: Reach }) {
  return (
    <span className="reach-mark" data-reach={reach}>
      <Icon name={icons[reach]} size={18} />
    </span>
  );
}
