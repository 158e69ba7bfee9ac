import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { linkAdopted } from './adopted.js';
import { linkAllowlist } from './allowlist.js';
import { linkExists } from './exists.js';
import { freeAddresses } from './free-addresses.js';
import { groupNetwork } from './group-network.js';
import { groupQuota } from './group-quota.js';
import { noGroup } from './no-group.js';
import { oneNetwork } from './one-network.js';
import { linkQuota } from './quota.js';
import { retiring } from './retiring.js';
import { singleZone } from './single-zone.js';
import { linkSpare } from './spare.js';
import { linkState } from './state.js';
import { subnetQuota } from './subnet-quota.js';
import { zoneServed } from './zone-served.js';

/** The checks of the family `link/*`. */
export const linkChecks: readonly RankedCheck[] = ranked({
  10: linkExists,
  20: linkAdopted,
  40: linkState,
  50: linkSpare,
  70: singleZone,
  80: zoneServed,
  100: freeAddresses,
  110: oneNetwork,
  140: noGroup,
  150: groupNetwork,
  160: linkAllowlist,
  170: linkQuota,
  180: subnetQuota,
  190: groupQuota,
  250: retiring,
});
