import { linkExpiry } from '../cloud/checks/expiry.js';
import { gatewayLocked } from '../cloud/checks/group-move.js';
import { instanceBlock } from '../cloud/checks/instance-block.js';
import {
  instanceBlockAccessible,
  instanceBlockNetwork,
  instanceBlockRoutes,
} from '../cloud/checks/instance-block-routes.js';
import { linkInstanceSpec, serviceRole } from '../cloud/checks/instance-spec.js';
import { internalBlock } from '../cloud/checks/internal-block.js';
import { gatewayOnLink } from '../cloud/checks/on-link.js';
import { targetPrivateDns } from '../cloud/checks/private-dns.js';
import { targetOutside } from '../cloud/checks/target-outside.js';
import { targetSameGroup, zoneOnce } from '../cloud/checks/zones.js';
import { GROUP_DECLARED } from '../cloud/declared.js';
import { groupMoveChecks } from '../cloud/move-checks/index.js';

/** What is judged of API Gateway (Traditional) alone, and what reports of moves say of API groups. */
export const traditional = {
  /** By their ranks. */
  checks: {
    90: zoneOnce,
    210: serviceRole,
    220: linkInstanceSpec,
    240: linkExpiry,
    280: gatewayLocked,
    290: gatewayOnLink,
    610: targetPrivateDns,
    630: targetSameGroup,
    660: instanceBlock,
    670: instanceBlockAccessible,
    680: instanceBlockNetwork,
    690: instanceBlockRoutes,
    700: internalBlock,
    750: targetOutside,
  },
  moveChecks: { 'api-group': groupMoveChecks },
  declared: { 'api-group': GROUP_DECLARED },
};
