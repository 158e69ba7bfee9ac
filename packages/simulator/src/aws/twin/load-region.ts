import type { RegionSnapshot } from '@postern/core';
import type { AwsCall } from '../operation/call.js';
import { loadDomains } from './api-gateway/load-domains.js';
import { loadApis } from './api-gateway/load-apis.js';
import { loadBalancers } from './load-balancers.js';
import { loadCertificates } from './load-certificates.js';
import { loadInterfaces } from './ec2/load-interfaces.js';
import { loadLinks } from './api-gateway/load-links.js';
import { loadLoadBalancerLinks } from './api-gateway/load-load-balancer-links.js';
import { loadNetworkAcls } from './ec2/load-network-acls.js';
import { loadNetworks } from './ec2/load-networks.js';
import { loadPeerings } from './ec2/load-peerings.js';
import { loadPrefixLists } from './ec2/load-prefix-lists.js';
import { loadRestApis } from './api-gateway/load-rest-apis.js';
import { loadRouteTables } from './ec2/load-route-tables.js';
import { loadSecurityGroups } from './ec2/load-security-groups.js';
import { loadServices } from './load-services.js';
import { loadTargetGroups } from './load-target-groups.js';
import { loadTransitGateways } from './ec2/load-transit-gateways.js';
import { loadVirtualGateways } from './ec2/load-virtual-gateways.js';
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
  for (const { id } of region.registrars ?? [])
    lack(`what ${id} starts is not in a snapshot: its targets stay as they are`);
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
  loadDomains(call, region, lack);
}
