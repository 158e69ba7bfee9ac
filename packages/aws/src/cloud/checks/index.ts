import { ranked } from '@postern/core/checks';
import type { ChecksOfCloud } from '@postern/core/kinds';
import { restApis } from '../../rest-apis/door/checks.js';
import { gatewayRemarks } from './documentation/gateways.js';
import { linkRemarks } from './documentation/links.js';
import { pathRemarks } from './documentation/paths.js';
import { targetRemarks } from './documentation/targets.js';
import { AWS_MOVE_TEXTS } from '../move-texts.js';
import { targetCloudMap, targetCloudMapHealth } from './cloud-map/cloud-map.js';
import { accessLogOfStage } from './stages/access-log.js';
import { gatewayStageVariable } from './stages/stage-variable.js';
import { targetAccount, targetRegion } from './vpc-link/region.js';
import { linkEncryption } from './vpc-link/encryption.js';
import { linkInactive, linkTags } from './vpc-link/tags.js';
import { linkLoadBalancer } from './vpc-link/load-balancer.js';
import { targetPrivateLink } from './vpc-link/private-link.js';
import { sharedSubnet } from './vpc-link/shared-subnet.js';

/** The checks of the products of AWS. Their ranks are places among those of core. */
const awsChecks = ranked({
  30: linkLoadBalancer,
  60: linkInactive,
  120: sharedSubnet,
  130: linkEncryption,
  200: linkTags,
  330: gatewayStageVariable,
  332: accessLogOfStage,
  ...restApis.checks,
  440: targetAccount,
  450: targetRegion,
  570: targetPrivateLink,
  580: targetCloudMap,
  590: targetCloudMapHealth,
});

export const checks: ChecksOfCloud = {
  checks: awsChecks,
  moveTexts: AWS_MOVE_TEXTS,
  remarks: { ...linkRemarks, ...gatewayRemarks, ...targetRemarks, ...pathRemarks },
};
