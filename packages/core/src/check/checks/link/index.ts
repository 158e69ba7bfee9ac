import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { linkAccess } from './access.js';
import { linkAdopted } from './adopted.js';
import { linkAllowlist } from './allowlist.js';
import { linkEncryption } from './encryption.js';
import { linkExists } from './exists.js';
import { linkExpiry } from './expiry.js';
import { linkInstanceSpec } from './instance-spec.js';
import { freeAddresses } from './free-addresses.js';
import { groupNetwork } from './group-network.js';
import { groupQuota } from './group-quota.js';
import { linkLoadBalancer } from './load-balancer.js';
import { linkInactive } from './inactive.js';
import { noGroup } from './no-group.js';
import { oneNetwork } from './one-network.js';
import { linkQuota } from './quota.js';
import { retiring } from './retiring.js';
import { serviceRole } from './service-role.js';
import { sharedSubnet } from './shared-subnet.js';
import { singleZone } from './single-zone.js';
import { linkSpare } from './spare.js';
import { linkState } from './state.js';
import { subnetQuota } from './subnet-quota.js';
import { linkTags } from './tags.js';
import { zoneOnce } from './zone-once.js';
import { zoneServed } from './zone-served.js';

/** The checks of the family `link/*`. */
export const linkChecks: readonly RankedCheck[] = ranked({
  10: linkExists,
  20: linkAdopted,
  30: linkLoadBalancer,
  40: linkState,
  50: linkSpare,
  60: linkInactive,
  70: singleZone,
  80: zoneServed,
  90: zoneOnce,
  100: freeAddresses,
  110: oneNetwork,
  120: sharedSubnet,
  130: linkEncryption,
  140: noGroup,
  150: groupNetwork,
  160: linkAllowlist,
  170: linkQuota,
  180: subnetQuota,
  190: groupQuota,
  200: linkTags,
  210: serviceRole,
  220: linkInstanceSpec,
  230: linkAccess,
  240: linkExpiry,
  250: retiring,
});
