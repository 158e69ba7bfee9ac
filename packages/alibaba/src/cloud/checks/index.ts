import { ranked } from '@postern/core/checks';
import type { ChecksOfCloud } from '@postern/core/kinds';
import { groupMoveChecks } from '../move-checks/index.js';
import { ALIBABA_MOVE_TEXTS } from '../move-texts.js';
import { gatewayLocked } from './api-group/locked.js';
import { gatewayOnLink } from './api-group/on-link.js';
import { linkAccess } from './apig/access.js';
import { targetInternet } from './apig/internet.js';
import { targetServiceHealth } from './apig/service-health.js';
import { targetAccessList } from './clb/access-list.js';
import { targetIntranet } from './clb/intranet.js';
import { instanceRunning } from './ecs/instance-running.js';
import { linkExpiry } from './integration-instance/expiry.js';
import { instanceBlock } from './integration-instance/instance-block.js';
import { instanceBlockAccessible } from './integration-instance/instance-block-accessible.js';
import { instanceBlockNetwork } from './integration-instance/instance-block-network.js';
import { instanceBlockRoutes } from './integration-instance/instance-block-routes.js';
import { linkInstanceSpec } from './integration-instance/instance-spec.js';
import { internalBlock } from './integration-instance/internal-block.js';
import { targetPrivateDns } from './integration-instance/private-dns.js';
import { targetSameGroup } from './integration-instance/same-group.js';
import { serviceRole } from './integration-instance/service-role.js';
import { targetOutside } from './integration-instance/target-outside.js';
import { zoneOnce } from './integration-instance/zone-once.js';
import { remarks } from './remarks.js';

/** The checks of the products of Alibaba Cloud. Their ranks are places among those of core. */
const alibabaChecks = ranked({
  90: zoneOnce,
  210: serviceRole,
  220: linkInstanceSpec,
  230: linkAccess,
  240: linkExpiry,
  280: gatewayLocked,
  290: gatewayOnLink,
  480: instanceRunning,
  490: targetIntranet,
  600: targetAccessList,
  610: targetPrivateDns,
  630: targetSameGroup,
  640: targetInternet,
  650: targetServiceHealth,
  660: instanceBlock,
  670: instanceBlockAccessible,
  680: instanceBlockNetwork,
  690: instanceBlockRoutes,
  700: internalBlock,
  750: targetOutside,
});

export const checks: ChecksOfCloud = {
  checks: alibabaChecks,
  moveChecks: { 'api-group': groupMoveChecks },
  moveTexts: ALIBABA_MOVE_TEXTS,
  remarks,
};
