import { parseSpec } from '../../clouds.js';
import type { Spec } from '../../../src/do/spec.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { awsRegion, BALANCER, GROUP, LISTENER } from '../checks/aws-region.js';

/** IDs as a spec may name them. */
export const API = 'a1b2c3d4e5';
export const LINK = 'v1n2k3';

/** An API whose routes lead by one link to a load balancer for each service. */
export interface LargeShop {
  readonly spec: Spec;
  readonly snapshot: Snapshot;
}

/** A shop with so many services, so many routes of each, and so many instances behind each. */
export function largeShop(services: number, routesEach: number, instances = 2): LargeShop {
  const region = JSON.parse(
    JSON.stringify(awsRegion()).replaceAll('api-1', API).replaceAll('vlink-1', LINK),
  ) as RegionSnapshot;
  const names = Array.from({ length: services }, (_, at) => `service-${at}`);
  const keysOf = (name: string) => Array.from({ length: routesEach }, (_, at) => `GET /${name}/r${at}/{proxy+}`);
  const of = (id: string, name: string) => id.replace('orders', name);
  const each = <T>(one: T | undefined, write: (one: T, name: string) => T): T[] =>
    one === undefined ? [] : names.map((name) => write(one, name));
  const [gateway] = region.gateways;
  const [route] = gateway?.routes ?? [];
  const large: RegionSnapshot = {
    ...region,
    gateways: region.gateways.map((one) => ({
      ...one,
      integrations: [],
      routes:
        route === undefined
          ? []
          : names.flatMap((name) =>
              keysOf(name).map((key) => ({ ...route, id: key, key, targetId: of(LISTENER, name) })),
            ),
    })),
    targets: each(region.targets[0], (one, name) => ({
      ...one,
      id: of(LISTENER, name),
      name: `${name}-alb`,
      resourceId: of(BALANCER, name),
    })),
    loadBalancers: each(region.loadBalancers[0], (one, name) => ({
      ...one,
      id: of(BALANCER, name),
      name: `${name}-alb`,
    })),
    listeners: each(region.listeners[0], (one, name) => ({
      ...one,
      id: of(LISTENER, name),
      loadBalancerId: of(BALANCER, name),
      actions: [{ kind: 'forward', targetGroupIds: [of(GROUP, name)] }],
    })),
    targetGroups: each(region.targetGroups?.[0], (one, name) => ({
      ...one,
      id: of(GROUP, name),
      name,
      loadBalancerIds: [of(BALANCER, name)],
      targets: Array.from({ length: instances }, (_, at) => ({
        id: `i-${name}-${at}`,
        port: 8080,
        zone: 'euw1-az1',
        health: 'healthy' as const,
      })),
    })),
  };
  const integrations = names
    .map(
      (name) => `  ${name}:
    link: eu
    gateway: { httpApi: ${API} }
    targets: { ${name}: { listener: { loadBalancer: ${name}-alb, port: 443 }, tls: { serverName: orders.internal } } }
    routes:
${keysOf(name)
  .map((key) => `      '${key}': ${name}`)
  .join('\n')}`,
    )
    .join('\n');
  const spec = parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, id: ${LINK} }
integrations:
${integrations}
`);
  return { spec, snapshot: { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [large] } };
}
