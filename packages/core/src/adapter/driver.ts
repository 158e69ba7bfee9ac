/**
 * What an adapter's entry loads: enough to make a driver, and the functions of core that an adapter exports. All
 * else that an adapter needs is in `@postern/core/adapter`, which it loads with the first call.
 */
export { InvalidInputError, UnsupportedError } from '../errors.js';
export { parseArn, partitionOf, type Arn } from '../kinds/cloud/arn.js';
export { INSTANCE_CIDRS } from '../kinds/link/integration-instance/instance-cidrs.js';
export { INSTANCE_RETIREMENT } from '../kinds/link/integration-instance/retirement.js';
export { servedZones, zoneServesLinks } from '../kinds/link/vpc-link-v2/zones.js';
export { regionFault } from '../text/region-fault.js';
export { SIMULATOR_CREDENTIALS, type Simulator } from '../clocks/simulator-address.js';
export { checkFactoryOptions, type OptionKind } from './factory-options.js';
export { methodsOnFirstCall } from './methods-on-first-call.js';
export { driverOf } from './driver-of.js';
