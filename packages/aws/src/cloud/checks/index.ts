import { ranked } from '@postern/core/internal/checks';
import type { ChecksOfCloud } from '@postern/core/internal/kinds';
import { restApis } from '../../rest-apis/door/checks.js';
import { vpcLinks } from '../../vpc-links/door/checks.js';
import { gatewayRemarks } from './documentation/gateways.js';
import { linkRemarks } from './documentation/links.js';
import { pathRemarks } from './documentation/paths.js';
import { targetRemarks } from './documentation/targets.js';
import { AWS_MOVE_TEXTS } from '../move-texts.js';
import { targetCloudMap, targetCloudMapHealth } from './cloud-map/cloud-map.js';
import { accessLogOfStage } from './stages/access-log.js';
import { gatewayStageVariable } from './stages/stage-variable.js';

/** The checks of the products of AWS. Their ranks are places among those of core. */
const awsChecks = ranked({
  ...vpcLinks.checks,
  330: gatewayStageVariable,
  332: accessLogOfStage,
  ...restApis.checks,
  580: targetCloudMap,
  590: targetCloudMapHealth,
});

export const checks: ChecksOfCloud = {
  checks: awsChecks,
  moveTexts: AWS_MOVE_TEXTS,
  remarks: { ...linkRemarks, ...gatewayRemarks, ...targetRemarks, ...pathRemarks },
};
