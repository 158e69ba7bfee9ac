import { parseSpec } from '../../clouds.js';
import { emptyRegion } from '../../../src/do/snapshot/snapshot-form.js';
import type { Gateway, Stage } from '../../../src/do/model/gateway.js';
import type { Link } from '../../../src/do/model/link.js';
import { formatMark, ownerTags } from '../../../src/do/model/marks.js';
import type { Route } from '../../../src/do/model/route.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';

const ACCOUNT = '111122223333';
const ELB = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}`;
export const NLB = `${ELB}:loadbalancer/net/orders-nlb/1111111111111111`;
export const OTHER_NLB = `${ELB}:loadbalancer/net/bills-nlb/2222222222222222`;
export const ALB = `${ELB}:loadbalancer/app/orders-alb/3333333333333333`;
export const OWNER = { project: 'shop', spec: 'orders-1', integration: 'orders' } as const;

/** The ARN of the listener of a load balancer on a port. */
export function listenerArn(balancer: string, port: number): string {
  return `${balancer.replace(':loadbalancer/', ':listener/')}/${String(port).padStart(16, '0')}`;
}

/** A spec of one VPC link V1 to the NLB, with routes of one REST API. */
export function restSpec(changes: { link?: string; gateway?: string; routes?: string } = {}): Spec {
  const {
    link = 'loadBalancer: orders-nlb',
    gateway = '{ restApi: api1, stage: prod }',
    routes = "'GET /orders/{id}': orders",
  } = changes;
  return parseSpec(`
version: 1
project: shop
spec: orders-1
links:
  main: { provider: aws, region: eu-west-1, ${link} }
integrations:
  orders:
    link: main
    gateway: ${gateway}
    targets:
      orders: { listener: { loadBalancer: orders-nlb, port: 80 } }
    routes:
      ${routes}
`);
}

/** A link of the project to a load balancer. */
export function ownLink(loadBalancerId = NLB, id = 'vl1aaa'): Link {
  const owner = { project: 'shop', spec: 'orders-1', integration: 'main' };
  const shape = { subnetIds: [], securityGroupIds: [], loadBalancerIds: [loadBalancerId] };
  const specHash = linkHash(owner, shape);
  return {
    kind: 'vpc-link-v1',
    id,
    name: 'main',
    state: 'ready',
    nativeState: 'AVAILABLE',
    networkId: 'vpc-1',
    ...shape,
    tags: ownerTags({ ...owner, specHash }),
    owner: { ...owner, specHash },
    raw: null,
  };
}

/** A route of the REST API that the project created. */
export function ownRoute(changes: Partial<Route> = {}): Route {
  return {
    id: 'res2/GET',
    gatewayId: 'api1',
    key: 'GET /orders/{id}',
    linkId: 'vl1aaa',
    targetId: listenerArn(NLB, 80),
    path: 'overwrite',
    integrationId: 'res2/GET',
    owner: { project: 'shop', spec: 'orders-1', integration: 'orders', name: 'orders' },
    raw: { operationName: formatMark(OWNER) },
    ...changes,
  };
}

/** A snapshot of the account with the REST API, its stages and routes, and the links. */
export function restWorld(world: {
  links?: readonly Link[];
  stages?: readonly Stage[];
  routes?: readonly Route[];
  gateway?: Partial<Gateway>;
}): Snapshot {
  const balancers = [
    { id: NLB, name: 'orders-nlb', kind: 'network' as const },
    { id: OTHER_NLB, name: 'bills-nlb', kind: 'network' as const },
    { id: ALB, name: 'orders-alb', kind: 'application' as const },
  ];
  const { links = [], stages = [], routes = [] } = world;
  const gateway: Gateway = {
    id: 'api1',
    name: 'orders',
    kind: 'rest-api',
    stages,
    routes,
    integrations: [],
    tags: {},
    raw: null,
    ...world.gateway,
  };
  const region = emptyRegion({
    provider: 'aws',
    region: 'eu-west-1',
    account: ACCOUNT,
    links,
    gateways: [gateway],
    targets: balancers.map(({ id, name, kind }) => ({
      kind: 'listener',
      id: listenerArn(id, 80),
      name,
      networkId: 'vpc-1',
      resourceId: id,
      resourceType: kind,
      port: 80,
      protocol: kind === 'network' ? 'TCP' : 'HTTP',
      raw: null,
    })),
    loadBalancers: balancers.map((one) => ({
      ...one,
      networkId: 'vpc-1',
      subnetIds: [],
      securityGroupIds: [],
      raw: null,
    })),
    whole: ['gateways', 'links', 'loadBalancers'],
  });
  return { version: 1, takenAt: '2026-11-20T00:00:00.000Z', scope: 'all', regions: [region] };
}
