import type { Refusals } from '@postern/core/overlay';
import { balancerRefusals } from './balancers.js';
import { groupRefusals } from './groups.js';
import { integrationRefusals } from './integrations.js';
import { nameRefusals } from './names.js';
import { networkRefusals } from './network.js';
import { restRefusals } from './rest.js';
import { routeRefusals } from './routes.js';

/** What AWS refuses by the values of resources. */
export const refused: readonly Refusals[] = [
  ...networkRefusals,
  ...nameRefusals,
  ...balancerRefusals,
  ...groupRefusals,
  ...integrationRefusals,
  ...routeRefusals,
  ...restRefusals,
];
