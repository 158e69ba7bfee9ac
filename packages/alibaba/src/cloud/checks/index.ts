import { ranked } from '@postern/core/checks';
import type { ChecksOfCloud } from '@postern/core/kinds';
import { groupMoveChecks } from '../../traditional/cloud/move-checks/index.js';
import { ALIBABA_MOVE_TEXTS } from '../move-texts.js';
import { gatewayLocked } from '../../traditional/cloud/checks/group-move.js';
import { gatewayOnLink } from '../../traditional/cloud/checks/on-link.js';
import { linkAccess, targetInternet } from '../../cloud-native/cloud/checks/internet.js';
import { nacosSource } from '../../cloud-native/cloud/checks/nacos-source.js';
import { targetServiceHealth } from '../../cloud-native/cloud/checks/service-health.js';
import { targetAccessList, targetIntranet } from './clb/access-list.js';
import { instanceRunning } from './ecs/instance-running.js';
import { linkExpiry } from '../../traditional/cloud/checks/expiry.js';
import { instanceBlock } from '../../traditional/cloud/checks/instance-block.js';
import {
  instanceBlockAccessible,
  instanceBlockNetwork,
  instanceBlockRoutes,
} from '../../traditional/cloud/checks/instance-block-routes.js';
import { linkInstanceSpec, serviceRole } from '../../traditional/cloud/checks/instance-spec.js';
import { internalBlock } from '../../traditional/cloud/checks/internal-block.js';
import { targetPrivateDns } from '../../traditional/cloud/checks/private-dns.js';
import { targetSameGroup, zoneOnce } from '../../traditional/cloud/checks/zones.js';
import { targetOutside } from '../../traditional/cloud/checks/target-outside.js';
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
  655: nacosSource,
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
