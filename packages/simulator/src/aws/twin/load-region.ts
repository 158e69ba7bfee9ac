import type { RegionSnapshot } from '@postern/core';
import type { AwsCall } from '../call.js';
import { loadApis } from './load-apis.js';
import { loadBalancers } from './load-balancers.js';
import { loadCertificates } from './load-certificates.js';
import { loadInterfaces } from './load-interfaces.js';
import { loadLinks } from './load-links.js';
import { loadLoadBalancerLinks } from './load-load-balancer-links.js';
import { loadNetworkAcls } from './load-network-acls.js';
import { loadNetworks } from './load-networks.js';
import { loadPeerings } from './load-peerings.js';
import { loadPrefixLists } from './load-prefix-lists.js';
import { loadRestApis } from './load-rest-apis.js';
import { loadRouteTables } from './load-route-tables.js';
import { loadSecurityGroups } from './load-security-groups.js';
import { loadServices } from './load-services.js';
import { loadTargetGroups } from './load-target-groups.js';
import { loadTransitGateways } from './load-transit-gateways.js';
import { loadVirtualGateways } from './load-virtual-gateways.js';
import type { Lack } from './lack.js';

/**
 * Loads all that a snapshot of a region shows into the region's state, which is empty. A row is loaded after
 * the rows that it needs: networks first, links and APIs last.
 */
export function loadRegion(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  for (const gap of region.gaps) lack(`${gap.what} of ${call.region} could not be read (${gap.operation})`);
  for (const { id, account } of region.networks) {
    if (account !== undefined && account !== region.account)
      lack(`interfaces of others in ${id}, which account ${account} shares, are not seen`);
  }
  loadNetworks(call, region);
  loadSecurityGroups(call, region);
  loadPrefixLists(call, region, lack);
  loadInterfaces(call, region);
  loadNetworkAcls(call, region, lack);
  loadPeerings(call, region, lack);
  loadTransitGateways(call, region, lack);
  const derived = loadVirtualGateways(call, region, lack);
  loadRouteTables(call, region, derived, lack);
  loadBalancers(call, region, lack);
  loadTargetGroups(call, region, lack);
  loadCertificates(call, region, lack);
  loadServices(call, region, lack);
  loadLinks(call, region, lack);
  loadLoadBalancerLinks(call, region, lack);
  loadApis(call, region, lack);
  loadRestApis(call, region, lack);
}
