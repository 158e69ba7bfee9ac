/**
 * What an adapter's entry loads: enough to make a driver, and the functions of core that an adapter exports. All
 * else that an adapter needs is in `@postern/core/internal/adapter`, which it loads with the first call.
 */
export { InvalidInputError } from '../ground/errors.js';
export { defined } from '../ground/defined.js';
export { regionFault, type RegionNames } from '../ground/text/region-fault.js';
export { SIMULATOR_CREDENTIALS, type Simulator } from '../ground/clocks/simulator-address.js';
export { checkFactoryOptions, type OptionKind } from '../do/adapter/factory-options.js';
export { ABILITIES, abilityOf, withAbility } from '../do/abilities.js';
export type * from '../do/driver.js';
export { routeMoveTraits, type RouteOperations } from '../do/adapter/route-move-traits.js';
export { driverOf } from '../do/adapter/driver-of.js';
