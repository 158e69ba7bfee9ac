import { CLOUDS, parseSpec, specFromSnapshot } from '../../clouds.js';
import type { Gateway, Stage } from '../../../src/do/model/gateway.js';
import type { Link } from '../../../src/do/model/link.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import type { Owner } from '../../../src/do/model/owner.js';
import type { Route } from '../../../src/do/model/route.js';
import type { Spec } from '../../../src/do/spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import type { RegionSnapshot, Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { stepIds } from '../../fake-run.js';
import { awsRegion, LISTENER } from '../../check/checks/aws-region.js';

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
export const NLB = `${ELB}:loadbalancer/net/orders-nlb/6a1b2c3d4e5f6a7b`;
export const NLB_LISTENER = `${ELB}:listener/net/orders-nlb/6a1b2c3d4e5f6a7b/1a2b3c4d5e6f7a8b`;
export { LISTENER };

export const BY = { project: 'shop', spec: 'shop-7f3k2q' };

/** A link with the marks of the project, or without. */
export function link(fields: Pick<Link, 'id' | 'kind'> & Partial<Link>, name?: string): Link {
  const plain: Link = {
    name: fields.id,
    state: 'ready',
    nativeState: 'AVAILABLE',
    networkId: 'vpc-1',
    subnetIds: fields.kind === 'vpc-link-v2' ? ['subnet-a', 'subnet-b'] : [],
    securityGroupIds: fields.kind === 'vpc-link-v2' ? ['sg-link'] : [],
    ...(fields.kind === 'vpc-link-v1' ? { loadBalancerIds: [NLB] } : {}),
    tags: {},
    raw: null,
    ...fields,
  };
  if (name === undefined) return plain;
  const owner = { ...BY, integration: name };
  const marked = { ...owner, specHash: linkHash(owner, plain) };
  return { ...plain, name, tags: { ...plain.tags, ...ownerTags(marked) }, owner: marked };
}

/** A route of a gateway, managed by the integration where one is given. */
export function route(key: string, fields: Partial<Route> = {}, integration?: string): Route {
  const owner: Owner | undefined = integration === undefined ? undefined : { ...BY, integration };
  return {
    id: `r-${key}`,
    gatewayId: 'a1b2c3d4e5',
    key,
    integrationId: `r-${key}`,
    linkId: 'v2link',
    targetId: LISTENER,
    tls: { serverName: 'orders.internal' },
    path: 'overwrite',
    ...(owner === undefined ? {} : { owner }),
    raw: null,
    ...fields,
  };
}

export function restApi(routes: readonly Route[], stages: readonly Stage[], fields: Partial<Gateway> = {}): Gateway {
  return { id: 'a1b2c3d4e5', name: 'orders api', kind: 'rest-api', stages, routes, tags: {}, raw: null, ...fields };
}

/** An account with an ALB, an NLB, and what is given. */
export function world(region: Partial<RegionSnapshot>): Snapshot {
  const base = awsRegion();
  const [balancer] = base.loadBalancers;
  const [target] = base.targets;
  if (balancer === undefined || target === undefined) throw new Error('the region has no load balancer');
  return {
    version: 1,
    takenAt: '2026-06-01T00:00:00Z',
    scope: 'all',
    regions: [
      {
        ...base,
        egress: [],
        allowlists: [],
        loadBalancers: [...base.loadBalancers, { ...balancer, id: NLB, name: 'orders-nlb', kind: 'network' }],
        targets: [
          ...base.targets,
          { ...target, id: NLB_LISTENER, name: 'orders-nlb', resourceId: NLB, port: 8080, protocol: 'TCP' },
        ],
        ...region,
      },
    ],
  };
}

/** The spec of an import, and the lines at its top about what it lacks. */
export function imported(
  snapshot: Snapshot,
  more: { readonly links?: readonly string[] } = {},
): { readonly text: string; readonly left: readonly string[]; readonly spec: Spec } {
  const text = specFromSnapshot(snapshot, { ...BY, ...more });
  const { places: _, ...spec } = parseSpec(text);
  const left = text.split('\n').flatMap((line) => /^# ((?:Left out|Note): .*)/.exec(line)?.slice(1) ?? []);
  return { text, left, spec };
}

/** The steps of the plan that an imported spec has on the same snapshot. */
export function stepsOf(snapshot: Snapshot, spec: Spec): readonly string[] {
  return stepIds(diff(snapshot, spec, { clouds: CLOUDS }));
}
