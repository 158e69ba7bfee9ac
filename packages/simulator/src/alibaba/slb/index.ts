import type { SlbState } from './state.js';
import type { AlibabaTimerHandlers, AnyAlibabaOperation } from '../operation/operation.js';
import { accessControlListActions } from './operations/access-control-list.js';
import { backendServerActions } from './operations/backend-server.js';
import { certificateActions } from './operations/certificate.js';
import { listenerActions } from './operations/listener.js';
import { loadBalancerActions } from './operations/load-balancer.js';
import { regionActions } from './operations/region.js';
import { ruleActions } from './operations/rule.js';
import { serverGroupActions } from './operations/server-group.js';
import { tagActionsOf } from '../vpc/request/tag-actions.js';
import { taggedSlbRows } from '../vpc/request/tags.js';

/** A new region's part. */
export const newState = (): SlbState => ({
  loadBalancers: new Map(),
  accessControlLists: new Map(),
  serverGroups: new Map(),
  serverCertificates: new Map(),
});

export const timers: AlibabaTimerHandlers = {};

/** The simulated actions of CLB. */
export const operations: readonly AnyAlibabaOperation[] = [
  ...accessControlListActions,
  ...backendServerActions,
  ...certificateActions,
  ...listenerActions,
  ...loadBalancerActions,
  ...regionActions,
  ...ruleActions,
  ...serverGroupActions,
  ...tagActionsOf('Slb', 20, ({ slb }, type) => taggedSlbRows(slb, type)),
];
