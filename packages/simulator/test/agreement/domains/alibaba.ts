import { parseSpec } from '../../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext } from '@postern/core/internal/library';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import { simulate, type SavedWorld, type Simulation } from '../../../src/internal/simulation.js';
import { edit } from '../../checks/show.js';
import { randomOf } from '../random.js';
import type { DomainQuestion } from './question.js';

const REGION = 'cn-hangzhou';
const NAMES = ['*.example.com', 'api.example.com', 'shop.example.com', 'old.example.com'] as const;
const HOSTS = ['api.example.com', 'shop.example.com', 'old.example.com', 'x1.example.com', 'a.x1.example.com'] as const;
const STAGES = ['RELEASE', 'TEST', 'PRE'] as const;
const FROM = { 'x-postern-caller': 'internet' };

const caller =
  (simulation: Simulation) =>
  (action: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.callAlibaba({ product: 'CloudAPI', action, region: REGION }, input);

/** What each world begins with: two groups. */
export interface AlibabaBase {
  readonly world: SavedWorld;
  readonly groups: readonly string[];
}

/** Each group has an API on RELEASE, the first one on TEST, too. */
export async function alibabaBase(): Promise<AlibabaBase> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 });
  const call = caller(simulation);
  const groups = [['RELEASE', 'TEST'], ['RELEASE']].map((stages, index): string => {
    const { GroupId } = call('CreateApiGroup', { GroupName: `shop_${index}` });
    const { ApiId } = call('CreateApi', {
      GroupId,
      ApiName: 'every_path',
      Visibility: 'PRIVATE',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP,HTTPS', RequestHttpMethod: 'ANY', RequestPath: '/*' }),
      ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceTimeout: 1000 }),
    });
    for (const StageName of stages) call('DeployApi', { GroupId, ApiId, StageName, Description: 'new' });
    return GroupId;
  });
  await simulation.advance(600_000);
  return { world: simulation.world(), groups };
}

/** Random domains of both groups: bound to a stage or not, of networks, abnormal. */
export async function alibabaDomains(base: AlibabaBase, seed: number): Promise<DomainQuestion> {
  const random = randomOf(seed);
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 });
  simulation.load(base.world);
  const call = caller(simulation);
  const names = random.some(NAMES, 4);
  const hosts = [...names.map((name) => name.replace('*', 'x1')), random.pick(HOSTS)];
  for (const DomainName of names) {
    call('SetDomain', {
      GroupId: random.pick(base.groups),
      DomainName,
      BindStageName: random.chance(0.5) ? random.pick(STAGES) : '',
      CustomDomainType: random.chance(0.15) ? 'INTRANET' : 'INTERNET',
    });
    const isIt = (row: Readonly<Record<string, unknown>>) => row['name'] === DomainName && row['kind'] === 'custom';
    if (random.chance(0.15)) edit(simulation, isIt, { problem: 'The domain name does not have an ICP filing.' });
  }
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const region = await driver.observe({ all: true, checks: true }, ctx);
  const takenAt = new Date(simulation.clock.now()).toISOString();
  return {
    seed,
    simulation,
    snapshot: { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] },
    spec: specOf(base),
    calls: Array.from({ length: 12 }, () => {
      const stage = random.chance(0.5) ? { 'x-ca-stage': random.pick(STAGES) } : {};
      return { host: random.pick(hosts), path: '/orders', headers: { ...FROM, ...stage } };
    }),
    reached: ({ gateways }, { domain, mapping }, { headers = {} }) => {
      if (domain.usable === false || domain.endpoint === 'intranet') return undefined;
      const stage = mapping.stage ?? headers['x-ca-stage'] ?? 'RELEASE';
      const gateway = gateways.find(({ id }) => id === mapping.gatewayId);
      const isShown = gateway?.routes.some(({ publishedOn = [] }) => publishedOn.includes(stage)) === true;
      return isShown ? `${mapping.gatewayId} ${stage}` : undefined;
    },
    callOf: ({ domain }) => ({ host: domain.id.replace('*', 'x1'), path: '/orders', headers: FROM }),
  };
}

function specOf({ groups }: AlibabaBase): DomainQuestion['spec'] {
  const integrations = groups.map(
    (id, index) => `  one${index}:
    link: hz
    gateway: { apiGroup: ${id}, stages: [RELEASE] }
    targets: { main: { address: 10.0.0.5, port: 80 } }
    routes: { 'GET /orders': main }
`,
  );
  return parseSpec(`version: 1
project: shop
links: { hz: { provider: alibaba, region: ${REGION}, id: apigateway-hz-1 } }
integrations:
${integrations.join('')}`);
}
