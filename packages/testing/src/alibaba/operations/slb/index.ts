import type { AnyAlibabaOperation } from '../../operation.js';
import { addAccessControlListEntry } from './add-access-control-list-entry.js';
import { addBackendServers } from './add-backend-servers.js';
import { createAccessControlList } from './create-access-control-list.js';
import { createLoadBalancerHTTPListener } from './create-load-balancer-http-listener.js';
import { createLoadBalancerHTTPSListener } from './create-load-balancer-https-listener.js';
import { createLoadBalancerTCPListener } from './create-load-balancer-tcp-listener.js';
import { createLoadBalancerUDPListener } from './create-load-balancer-udp-listener.js';
import { createLoadBalancer } from './create-load-balancer.js';
import { createVServerGroup } from './create-v-server-group.js';
import { deleteAccessControlList } from './delete-access-control-list.js';
import { deleteLoadBalancerListener } from './delete-load-balancer-listener.js';
import { deleteLoadBalancer } from './delete-load-balancer.js';
import { deleteVServerGroup } from './delete-v-server-group.js';
import { describeAccessControlListAttribute } from './describe-access-control-list-attribute.js';
import { describeAccessControlLists } from './describe-access-control-lists.js';
import { describeHealthStatus } from './describe-health-status.js';
import { describeLoadBalancerAttribute } from './describe-load-balancer-attribute.js';
import { describeLoadBalancerHTTPListenerAttribute } from './describe-load-balancer-http-listener-attribute.js';
import { describeLoadBalancerHTTPSListenerAttribute } from './describe-load-balancer-https-listener-attribute.js';
import { describeLoadBalancerListeners } from './describe-load-balancer-listeners.js';
import { describeLoadBalancerTCPListenerAttribute } from './describe-load-balancer-tcp-listener-attribute.js';
import { describeLoadBalancerUDPListenerAttribute } from './describe-load-balancer-udp-listener-attribute.js';
import { describeLoadBalancers } from './describe-load-balancers.js';
import { describeRegions } from './describe-regions.js';
import { describeRules } from './describe-rules.js';
import { describeVServerGroupAttribute } from './describe-v-server-group-attribute.js';
import { describeVServerGroups } from './describe-v-server-groups.js';
import { listTagResources } from './list-tag-resources.js';
import { removeAccessControlListEntry } from './remove-access-control-list-entry.js';
import { removeBackendServers } from './remove-backend-servers.js';
import { setAccessControlListAttribute } from './set-access-control-list-attribute.js';
import { setBackendServers } from './set-backend-servers.js';
import { setLoadBalancerDeleteProtection } from './set-load-balancer-delete-protection.js';
import { setLoadBalancerHTTPListenerAttribute } from './set-load-balancer-http-listener-attribute.js';
import { setLoadBalancerHTTPSListenerAttribute } from './set-load-balancer-https-listener-attribute.js';
import { setLoadBalancerName } from './set-load-balancer-name.js';
import { setLoadBalancerStatus } from './set-load-balancer-status.js';
import { setLoadBalancerTCPListenerAttribute } from './set-load-balancer-tcp-listener-attribute.js';
import { setLoadBalancerUDPListenerAttribute } from './set-load-balancer-udp-listener-attribute.js';
import { startLoadBalancerListener } from './start-load-balancer-listener.js';
import { stopLoadBalancerListener } from './stop-load-balancer-listener.js';
import { tagResources } from './tag-resources.js';
import { untagResources } from './untag-resources.js';

/** The simulated actions of CLB. */
export const operations: readonly AnyAlibabaOperation[] = [
  addAccessControlListEntry,
  addBackendServers,
  createAccessControlList,
  createLoadBalancerHTTPListener,
  createLoadBalancerHTTPSListener,
  createLoadBalancerTCPListener,
  createLoadBalancerUDPListener,
  createLoadBalancer,
  createVServerGroup,
  deleteAccessControlList,
  deleteLoadBalancerListener,
  deleteLoadBalancer,
  deleteVServerGroup,
  describeAccessControlListAttribute,
  describeAccessControlLists,
  describeHealthStatus,
  describeLoadBalancerAttribute,
  describeLoadBalancerHTTPListenerAttribute,
  describeLoadBalancerHTTPSListenerAttribute,
  describeLoadBalancerListeners,
  describeLoadBalancerTCPListenerAttribute,
  describeLoadBalancerUDPListenerAttribute,
  describeLoadBalancers,
  describeRegions,
  describeRules,
  describeVServerGroupAttribute,
  describeVServerGroups,
  listTagResources,
  removeAccessControlListEntry,
  removeBackendServers,
  setAccessControlListAttribute,
  setBackendServers,
  setLoadBalancerDeleteProtection,
  setLoadBalancerHTTPListenerAttribute,
  setLoadBalancerHTTPSListenerAttribute,
  setLoadBalancerName,
  setLoadBalancerStatus,
  setLoadBalancerTCPListenerAttribute,
  setLoadBalancerUDPListenerAttribute,
  startLoadBalancerListener,
  stopLoadBalancerListener,
  tagResources,
  untagResources,
];
