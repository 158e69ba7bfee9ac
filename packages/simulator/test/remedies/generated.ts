import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, type Driver, type Spec } from '@postern/core/internal/library';
import { check, type Report } from '@postern/core/internal/check';
import { simulate, type SavedWorld, type Simulation } from '../../src/internal/simulation.js';
import { alibabaQuestion } from '../agreement/alibaba/question.js';
import { awsQuestion } from '../agreement/aws/question.js';
import type { Question } from '../agreement/question.js';
import { CLOUDS } from '../../../core/test/clouds.js';

export type Cloud = 'aws' | 'alibaba';

/** A generated account and the spec of its one integration. */
export interface Generated {
  readonly cloud: Cloud;
  readonly seed: number;
  readonly world: SavedWorld;
  readonly spec: Spec;
}

const REGIONS = { aws: 'eu-west-1', alibaba: 'cn-hangzhou' } as const;
const QUESTIONS = { aws: awsQuestion, alibaba: alibabaQuestion } as const;

/** A world of the agreement tests, with a gateway. */
export async function generated(cloud: Cloud, seed: number): Promise<Generated> {
  const question = await QUESTIONS[cloud](seed);
  const simulation = opened(question.world());
  const gateway = cloud === 'aws' ? httpApi(simulation) : apiGroup(simulation);
  await simulation.advance(60_000);
  const main = question.spec.integrations['main'];
  if (main === undefined) throw new Error('the question has no integration');
  return { cloud, seed, world: simulation.world(), spec: withGateway(question, main, gateway) };
}

/** A copy of an account, for an experiment. */
export function opened(world: SavedWorld): Simulation {
  const simulation = simulate({ seed: 9, throttle: false, clock: 'auto', quotas: { vpcs: 20 } });
  simulation.load(world);
  return simulation;
}

/** The findings of checks for the current account. */
export async function reportOn(
  { cloud, spec }: Pick<Generated, 'cloud' | 'spec'>,
  simulation: Simulation,
): Promise<Report> {
  const region = REGIONS[cloud];
  const driver: Driver =
    cloud === 'aws'
      ? aws({ region, clients: simulation.clients(region) })
      : alibaba({ region, api: simulation.alibaba(region) });
  const links = Object.values(spec.links).flatMap(({ id }) => id ?? []);
  const integrations = Object.values(spec.integrations);
  const targets = integrations.flatMap((one) => Object.values(one.targets).map(({ ref }) => ref));
  const gateways = integrations.map(({ gateway }) => gateway);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const scope = { checks: true, egress: true, project: spec.project, links, targets, gateways };
  const seen = await driver.observe(scope, ctx);
  return check({ version: 1, takenAt: new Date(simulation.clock.now()).toISOString(), regions: [seen] }, spec, {
    clouds: CLOUDS,
  });
}

type Integration = Spec['integrations'][string];

function withGateway({ spec }: Question, main: Integration, gateway: Integration['gateway']): Spec {
  return { ...spec, integrations: { ...spec.integrations, main: { ...main, gateway } } };
}

function httpApi(simulation: Simulation): Integration['gateway'] {
  const call = (operation: string, input: object): any =>
    simulation.call({ service: 'apigatewayv2', operation, region: REGIONS.aws }, input);
  const { ApiId } = call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  call('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  return { httpApi: ApiId };
}

function apiGroup(simulation: Simulation): Integration['gateway'] {
  const target = { product: 'CloudAPI', action: 'CreateApiGroup', region: REGIONS.alibaba } as const;
  const { GroupId } = simulation.callAlibaba(target, { GroupName: 'shop' }) as { GroupId: string };
  return { apiGroup: GroupId };
}
