import { zonesOf } from '../operation/regions.js';
import type { RegionBirth } from '../../simulation/dispatch/operation.js';
import type { CloudApiState } from './state.js';
import type { AlibabaTimerHandlers } from '../operation/call.js';
import { instanceTimers } from './instance/instance-life.js';
import { migrationTimers } from './group.js';
import { SHARED_INSTANCE_ID, sharedInstance } from './instance/new-instance.js';
import { taskTimers } from './task.js';
import { placeOf } from './instance/instance-rules.js';

export { operations } from './operations/index.js';

/** A new region's API Gateway: the shared instance. */
export const newState = ({ region, now }: RegionBirth): CloudApiState => ({
  instances: new Map([[SHARED_INSTANCE_ID, sharedInstance(placeOf(region, zonesOf(region)), now)]]),
  vpcAccesses: new Map(),
  groups: new Map(),
  apis: new Map(),
  backends: new Map(),
  plugins: new Map(),
  apiPolicies: new Map(),
  logConfigs: new Map(),
  apps: new Map(),
  authorizations: new Map(),
  callerLists: new Map(),
  privateDns: new Map(),
  tasks: new Map(),
  tags: new Map(),
  tokens: new Map(),
  strangeMigrations: new Map(),
  domainsOfOthers: new Map(),
});

/** What falls due here: the lives of instances, migrations of groups, tasks. */
export const timers: AlibabaTimerHandlers = { ...instanceTimers, ...migrationTimers, ...taskTimers };
