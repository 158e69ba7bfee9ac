import type { Refusals } from '@postern/core/overlay';
import { contentRefusals } from './action-contents.js';
import { actionRefusals } from './actions.js';
import { associationRefusals } from './associations.js';
import { balancerRefusals } from './balancers.js';
import { blockRefusals } from './blocks.js';
import { attributeRefusals } from './group-attributes.js';
import { groupRefusals } from './groups.js';
import { integrationRefusals } from './integrations.js';
import { interfaceRefusals } from './interfaces.js';
import { linkRefusals } from './links.js';
import { listenerRuleRefusals } from './listener-rules.js';
import { listenerRefusals } from './listeners.js';
import { nameRefusals } from './names.js';
import { routeRefusals } from './routes.js';
import { ruleRefusals } from './rules.js';
import { stageRefusals } from './stages.js';
import { targetRefusals } from './targets.js';

/** What AWS refuses by the values of resources. */
export const refused: readonly Refusals[] = [
  ...blockRefusals,
  ...associationRefusals,
  ...ruleRefusals,
  ...interfaceRefusals,
  ...nameRefusals,
  ...balancerRefusals,
  ...listenerRefusals,
  ...actionRefusals,
  ...contentRefusals,
  ...listenerRuleRefusals,
  ...groupRefusals,
  ...attributeRefusals,
  ...targetRefusals,
  ...linkRefusals,
  ...integrationRefusals,
  ...routeRefusals,
  ...stageRefusals,
];
