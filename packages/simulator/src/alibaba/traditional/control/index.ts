import { zonesOf } from '../../operation/regions.js';
import type { RegionBirth } from '../../../simulation/dispatch/operation.js';
import { type CloudApiState, emptyState } from './state.js';
import type { AlibabaTimerHandlers, AnyAlibabaOperation } from '../../operation/operation.js';
import { instanceTimers } from './instance/instance-life.js';
import { migrationTimers } from './group.js';
import { SHARED_INSTANCE_ID, sharedInstance } from './instance/new-instance.js';
import { taskTimers } from './task.js';
import { placeOf } from './instance/instance-rules.js';
import { boundActions } from './api-policies/bindings.js';
import { accessControlActions } from './operations/access-control.js';
import { apiActions } from './operations/api.js';
import { appActions } from './operations/app.js';
import { backendActions } from './operations/backend.js';
import { deploymentActions } from './operations/deployment.js';
import { groupActions } from './operations/group.js';
import { groupSettingsActions } from './operations/group-settings.js';
import { importActions } from './operations/import.js';
import { instanceActions } from './operations/instance.js';
import { instanceSettingsActions } from './operations/instance-settings.js';
import { pluginActions } from './operations/plugin.js';
import { regionActions } from './operations/region.js';
import { tagActions } from './operations/tags.js';
import { trafficControlActions } from './operations/traffic-control.js';
import { vpcAccessActions } from './operations/vpc-access.js';

/** A new region's API Gateway: the shared instance. */
export const newState = ({ region, now }: RegionBirth): CloudApiState => ({
  ...emptyState(),
  instances: new Map([[SHARED_INSTANCE_ID, sharedInstance(placeOf(region, zonesOf(region)), now)]]),
});

/** What falls due here: the lives of instances, migrations of groups, tasks. */
export const timers: AlibabaTimerHandlers = { ...instanceTimers, ...migrationTimers, ...taskTimers };

/** The simulated actions of CloudAPI. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...accessControlActions,
  ...apiActions,
  ...appActions,
  ...backendActions,
  ...boundActions('IpControl'),
  ...boundActions('Signature'),
  ...boundActions('TrafficControl'),
  ...deploymentActions,
  ...groupActions,
  ...groupSettingsActions,
  ...importActions,
  ...instanceActions,
  ...instanceSettingsActions,
  ...pluginActions,
  ...regionActions,
  ...tagActions,
  ...trafficControlActions,
  ...vpcAccessActions,
];
