import type { Fault } from '../fault.js';
import { accessLists } from './access-lists.js';
import { blocks } from './accessible-blocks.js';
import { blockers } from './blockers.js';
import { listeners } from './listeners.js';
import { networkAcls } from './network-acls.js';
import { unknowns } from './not-known.js';
import { onPremises } from './on-premises.js';
import { privateNames } from './private-names.js';
import { product } from './product.js';
import { registries } from './registries.js';
import { routes } from './routes.js';
import { securityGroups } from './security-groups.js';
import { settings } from './settings.js';
import { vpc } from './vpc.js';
import { wayBack } from './way-back.js';

/** All faults of a migration of an API group that validation can find. */
export const CATALOGUE: readonly Fault[] = [
  ...vpc,
  ...blocks,
  ...securityGroups,
  ...networkAcls,
  ...accessLists,
  ...listeners,
  ...routes,
  ...onPremises,
  ...privateNames,
  ...registries,
  ...blockers,
  ...settings,
  ...product,
  ...unknowns,
  ...wayBack,
];
