import type { AnyAlibabaOperation } from '../../operation/operation.js';
import { boundActions } from '../api-policies/bindings.js';
import { accessControlActions } from './access-control.js';
import { apiActions } from './api.js';
import { appActions } from './app.js';
import { authorizationActions } from './authorization.js';
import { backendActions } from './backend.js';
import { deploymentActions } from './deployment.js';
import { domainActions } from './domain.js';
import { figureActions } from './figures.js';
import { groupActions } from './group.js';
import { groupSettingsActions } from './group-settings.js';
import { instanceActions } from './instance.js';
import { instanceSettingsActions } from './instance-settings.js';
import { ipControlActions } from './ip-control.js';
import { pluginActions } from './plugin.js';
import { privateDnsActions } from './private-dns.js';
import { regionActions } from './region.js';
import { signatureActions } from './signature.js';
import { tagActions } from './tags.js';
import { trafficControlActions } from './traffic-control.js';
import { vpcAccessActions } from './vpc-access.js';

/** The simulated actions of CloudAPI. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...accessControlActions,
  ...apiActions,
  ...appActions,
  ...authorizationActions,
  ...backendActions,
  ...boundActions('IpControl'),
  ...boundActions('Signature'),
  ...boundActions('TrafficControl'),
  ...deploymentActions,
  ...domainActions,
  ...figureActions,
  ...groupActions,
  ...groupSettingsActions,
  ...instanceActions,
  ...instanceSettingsActions,
  ...ipControlActions,
  ...pluginActions,
  ...privateDnsActions,
  ...regionActions,
  ...signatureActions,
  ...tagActions,
  ...trafficControlActions,
  ...vpcAccessActions,
];
