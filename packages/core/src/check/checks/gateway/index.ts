import type { Check } from '../../../do/findings/check.js';
import { gatewayDomain } from './domains/domain.js';
import { domainCertificate } from './domains/domain-certificate.js';
import { gatewayExists } from './exists.js';
import { liveRoute } from './live-route.js';
import { gatewayLinkKind } from './link-kind.js';
import { gatewayLocked } from './locked.js';
import { gatewayOnLink } from './on-link.js';
import { openRoute } from './open-route.js';
import { gatewayQuota } from './quota.js';
import { gatewayPublished } from './published.js';
import { routeTarget } from './route-target.js';
import { routeOwner } from './route-owner.js';
import { gatewayStage } from './stage.js';
import { gatewayStageVariable } from './stage-variable.js';
import { gatewayTimeout } from './timeout.js';
import { gatewayUndeployed } from './undeployed.js';

/** The checks of the family `gateway/*`. */
export const gatewayChecks: readonly Check[] = [
  gatewayExists,
  gatewayLinkKind,
  gatewayLocked,
  gatewayOnLink,
  gatewayStage,
  gatewayDomain,
  domainCertificate,
  gatewayStageVariable,
  gatewayUndeployed,
  gatewayQuota,
  gatewayPublished,
  liveRoute,
  routeOwner,
  routeTarget,
  openRoute,
  gatewayTimeout,
];
