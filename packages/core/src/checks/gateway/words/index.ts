import type { CheckWords } from '../../../findings/statement.js';
import { gatewayExistsWords } from './exists.words.js';
import { liveRouteWords } from './live-route.words.js';
import { gatewayLinkKindWords } from './link-kind.words.js';
import { gatewayLockedWords } from './locked.words.js';
import { gatewayOnLinkWords } from './on-link.words.js';
import { openRouteWords } from './open-route.words.js';
import { gatewayQuotaWords } from './quota.words.js';
import { gatewayPublishedWords } from './published.words.js';
import { routeTargetWords } from './route-target.words.js';
import { routeOwnerWords } from './route-owner.words.js';
import { gatewayStageWords } from './stage.words.js';
import { stageVariableWords } from './stage-variable.words.js';
import { gatewayTimeoutWords } from './timeout.words.js';
import { undeployedWords } from './undeployed.words.js';

/** The texts of the checks of the family `gateway/*`, by check. */
export const gatewayWords: Readonly<Record<string, CheckWords>> = {
  'gateway/exists': gatewayExistsWords,
  'gateway/live-route': liveRouteWords,
  'gateway/link-kind': gatewayLinkKindWords,
  'gateway/locked': gatewayLockedWords,
  'gateway/on-link': gatewayOnLinkWords,
  'gateway/open-route': openRouteWords,
  'gateway/quota': gatewayQuotaWords,
  'gateway/published': gatewayPublishedWords,
  'gateway/route-target': routeTargetWords,
  'gateway/route-owner': routeOwnerWords,
  'gateway/stage': gatewayStageWords,
  'gateway/stage-variable': stageVariableWords,
  'gateway/timeout': gatewayTimeoutWords,
  'gateway/undeployed': undeployedWords,
};
