import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import type { World } from '../world.js';

/** A Cloud Map service of two instances with the ports of the application, as the target of the integration. */
export const SERVICE = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';

/** The target becomes a Cloud Map service. */
export function useService(world: World): void {
  const { region, targetSpec } = world;
  Object.assign(targetSpec, { ref: { service: SERVICE }, tls: undefined });
  region.targets.push({ kind: 'service', id: SERVICE, name: 'orders', resourceType: 'cloud-map', raw: null });
  region.services = [
    {
      id: SERVICE,
      name: 'orders',
      networkId: 'vpc-1',
      healthCheck: 'custom',
      instances: [
        { id: 'task-1', address: '10.0.11.20', port: 8080, healthy: true },
        { id: 'task-2', address: '10.0.12.20', port: 8080, healthy: true },
      ],
      raw: null,
    },
  ];
  const rule = world.the('securityGroups', 'sg-app').rules[0];
  if (rule !== undefined) rule.securityGroupId = 'sg-link';
}

/** The target selects instances by attributes (`stage=blue`). */
export function ask({ the, targetSpec }: World, query: string): void {
  const id = `${SERVICE}?${query}`;
  Object.assign(targetSpec, { ref: { service: id } });
  Object.assign(the('targets', SERVICE), { id });
}

/** The load balancer becomes an NLB with TCP and without cross-zone; the target's `tls` passes through. */
export function useNetworkBalancer({ the }: World): void {
  Object.assign(the('loadBalancers', BALANCER), { kind: 'network', crossZone: false });
  Object.assign(the('listeners', LISTENER), { protocol: 'TCP', rules: undefined });
  Object.assign(the('targetGroups', GROUP), { crossZone: undefined, protocol: 'TCP' });
  Object.assign(the('targets', LISTENER), { resourceType: 'network', protocol: 'TCP' });
}

/** The link becomes a VPC link V1 to that network load balancer. */
export function useOldLink(world: World): void {
  useNetworkBalancer(world);
  Object.assign(world.the('links', 'vlink-1'), { kind: 'vpc-link-v1', subnetIds: [], securityGroupIds: [] });
}

/** The link becomes a conventional instance that calls from two blocks of the cloud's own. */
export function useConventional({ the, region }: World): void {
  Object.assign(the('links', 'apigateway-hz-1'), {
    kind: 'dedicated-instance',
    networkId: undefined,
    subnetIds: [],
    securityGroupIds: [],
  });
  region.allowlists = [];
  region.egress = [
    {
      linkId: 'apigateway-hz-1',
      addresses: [],
      prefixes: ['100.104.254.0/26', '100.104.253.0/26'],
      prefixNotes: { '100.104.253.0/26': 'new' },
      securityGroupIds: [],
      stability: 'stable',
      seenBy: [],
    },
  ];
}
