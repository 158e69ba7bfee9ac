import { alibaba } from '@postern/alibaba';
import { createContext, type Snapshot, type Spec } from '@postern/core/internal/library';
import { roaOf } from '../../alibaba/apig/roa.js';
import { openWorld, REGION, type AlibabaWorld } from '../alibaba/parts.js';
import { ALIBABA_ROUND, buildTheme } from '../alibaba/themes.js';
import type { Question } from '../question.js';
import { randomOf, type Random } from '../random.js';
import { planOf } from '../situation.js';

type Body = Readonly<Record<string, any>>;

/** The world of an instance, with a gateway of Cloud-native API Gateway in its vSwitches, whose one group the service made. */
async function openGateway(random: Random, type: 'normal' | 'enterprise'): Promise<AlibabaWorld> {
  const world = await openWorld(random, type);
  const { sim } = world.cloud;
  const call = roaOf(sim, REGION);
  const roa = async (method: string, path: string, body?: Body): Promise<Body> =>
    (await call(method, path, body))['data'] as Body;
  const { j, k } = world.vSwitches;
  const zones = [
    { zoneId: `${REGION}-j`, vSwitchId: j },
    { zoneId: `${REGION}-k`, vSwitchId: k },
  ];
  const { gatewayId } = await roa('POST', '/v1/gateways', {
    name: 'gateway',
    gatewayType: 'API',
    spec: 'apigw.small.x1',
    chargeType: 'POSTPAY',
    vpcId: world.vpcId,
    zoneConfig: { selectOption: 'Manual', vSwitchId: j, zones },
    networkAccessConfig: { type: 'Intranet' },
  });
  await sim.advance(60 * 60_000);
  const { securityGroup } = await roa('GET', `/v1/gateways/${gatewayId}`);
  const group = securityGroup.securityGroupId as string;
  if (random.chance(0.3)) {
    const body = { securityGroupId: world.groups.server, portRanges: [random.pick(['80/80', '1/65535', '443/443'])] };
    await roa('POST', `/v1/gateways/${gatewayId}/security-group-rules`, { ...body, description: 'calls' });
  }
  return { ...world, linkId: gatewayId as string, groups: { ...world.groups, j: group, k: group } };
}

/** A world in which a gateway calls an address or a server: the seed determines the theme and everything else. */
export async function gatewayQuestion(seed: number): Promise<Question> {
  const { theme } = planOf(seed, ALIBABA_ROUND, []);
  const random = randomOf(seed);
  const world = await openGateway(random, theme === 'advanced' ? 'enterprise' : 'normal');
  const called = await buildTheme(world, theme);
  const { sim } = world.cloud;
  const driver = alibaba({ region: REGION, api: sim.alibaba(REGION) });
  const ctx = createContext({ clock: sim.clock, random: () => 0.5 });
  const ref = { ...called, port: 80 };
  const { linkId } = world;
  const scope = { checks: true, egress: true, links: [linkId], linkKinds: ['apig-gateway'], targets: [ref] } as const;
  const region = await driver.observe(scope, ctx);
  const snapshot: Snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] };
  const spec: Spec = {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { cn: { provider: 'alibaba', kind: 'apig-gateway', region: REGION, id: linkId, tags: {} } },
    integrations: { main: { link: 'cn', gateway: { apigHttpApi: 'api-1' }, targets: { t: { ref } }, routes: {} } },
    assume: { returnPaths: ['0.0.0.0/0'] },
  };
  const to = 'instance' in called ? called.instance : called.address;
  const reach = sim.connects(linkId, to, 80);
  return { seed, theme, situations: [], snapshot, spec, reach, linkId, to, port: 80, world: sim.world };
}
