import type { AlibabaNetworkState } from './state.js';

export { operations } from './operations/index.js';

/** The network of a new region, without resources: of VPC and of ECS. */
export const newState = (): AlibabaNetworkState => ({
  vpcs: new Map(),
  vSwitches: new Map(),
  routeTables: new Map(),
  networkAcls: new Map(),
  securityGroups: new Map(),
  instances: new Map(),
  interfaces: new Map(),
  prefixLists: new Map(),
  natGateways: new Map(),
  snatEntries: new Map(),
  eips: new Map(),
  addresses: new Map(),
  clientTokens: new Map(),
});
