import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { createContext } from '@postern/core/internal/library';
import { check, explain } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { aws } from '@postern/aws';
import type { Simulation } from '../../src/index.js';
import { REGION, type Shop } from '../traffic/aws/http-api/shop.js';

type Row = Readonly<Record<string, any>>;

/** What core judges about the one integration of a spec. */
export async function judged(simulation: Simulation, yaml: string) {
  const spec = parseSpec(`version: 1\nproject: shop\n${yaml}`);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const drivers = ({ region }: { readonly region: string }) =>
    Promise.resolve(aws({ region, clients: simulation.clients(region) }));
  const snapshot = await observeSpec(spec, drivers, ctx, { clouds: CLOUDS, checks: true });
  const { findings } = check(snapshot, spec, { clouds: CLOUDS });
  const [explained] = explain(snapshot, spec, { clouds: CLOUDS, integration: 'orders' });
  const of = (id: string) => findings.filter((one) => one.check === id);
  return {
    answers: of('target/answers').map(({ verdict }) => verdict),
    network: of('target/network').map(({ verdict }) => verdict),
    path: explained?.verdict,
    failed: findings.filter((one) => one.verdict === 'fail' && one.severity === 'error').map(({ check: id }) => id),
    /** What decides the path. */
    because: explained?.paths
      .flatMap(({ hops }) => hops)
      .filter(({ verdict }) => verdict === explained.verdict)
      .map((hop) => hop.because ?? hop.text)
      .join('; '),
    text: of('target/answers')
      .map(({ message }) => message)
      .join('\n'),
  };
}

/** The spec of one route, by default of others, to a listener or a Cloud Map service. */
export function specOf({ linkId, ApiId, listenerArn }: Pick<Shop, 'linkId' | 'ApiId' | 'listenerArn'>, more: Row = {}) {
  const { owner = 'owner: external', target = '', route = "'ANY /{proxy+}': orders", ref = listenerArn } = more;
  const kind = ref.includes(':servicediscovery:') ? 'service' : 'listener';
  return `links: { eu: { provider: aws, region: ${REGION}, id: ${linkId} } }
integrations:
  orders:
    link: eu
    ${owner}
    gateway: { httpApi: ${ApiId} }
    targets: { orders: { ${kind}: '${ref}'${target} } }
    routes: { ${route} }
`;
}

/** A listener on port 80 of a load balancer in front of an IP target; by default in the VPC of the shop, and the target in another. */
export async function listenerTo({ elb, sim }: Shop, Id: string, place?: Row, VpcId?: string): Promise<string> {
  const [shop] = elb('DescribeLoadBalancers').LoadBalancers;
  const own = {
    SecurityGroups: shop.SecurityGroups,
    Subnets: shop.AvailabilityZones.map(({ SubnetId }: Row) => SubnetId as string),
  };
  const group = { Name: 'far', Protocol: 'HTTP', Port: 8080, VpcId: VpcId ?? shop.VpcId, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
  elb('RegisterTargets', {
    TargetGroupArn,
    Targets: [{ Id, ...(VpcId === undefined && { AvailabilityZone: 'all' }) }],
  });
  const balancer = { Name: 'far', Scheme: 'internal', ...(place ?? own) };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  const listener = { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions };
  const [{ ListenerArn }] = elb('CreateListener', listener).Listeners;
  await sim.advance(600_000);
  return ListenerArn as string;
}
