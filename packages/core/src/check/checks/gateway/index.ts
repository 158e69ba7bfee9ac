import type { RankedCheck } from '../../../do/findings/check.js';
import { ranked } from '../define-check.js';
import { gatewayDomain } from './domains/domain.js';
import { domainCertificate } from './domains/domain-certificate.js';
import { gatewayExists } from './exists.js';
import { liveRoute } from './live-route.js';
import { gatewayLinkKind } from './link-kind.js';
import { openRoute } from './open-route.js';
import { gatewayQuota } from './quota.js';
import { gatewayPublished } from './published.js';
import { routeTarget } from './route-target.js';
import { routeOwner } from './route-owner.js';
import { gatewayStage } from './stage.js';
import { gatewayThrottle } from './throttle.js';
import { gatewayTimeout } from './timeout.js';
import { undeclaredRoute } from './undeclared-route.js';
import { gatewayUndeployed } from './undeployed.js';

/** The checks of the family `gateway/*`. */
export const gatewayChecks: readonly RankedCheck[] = ranked({
  260: gatewayExists,
  270: gatewayLinkKind,
  300: gatewayStage,
  310: gatewayDomain,
  320: domainCertificate,
  340: gatewayUndeployed,
  350: gatewayQuota,
  360: gatewayPublished,
  370: liveRoute,
  380: routeOwner,
  385: undeclaredRoute,
  390: routeTarget,
  400: openRoute,
  410: gatewayTimeout,
  415: gatewayThrottle,
});
