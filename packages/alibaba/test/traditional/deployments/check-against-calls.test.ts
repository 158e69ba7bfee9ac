import { CLOUDS, parseSpec } from '../../../../core/test/clouds.js';
import {
  createContext,
  driversOf,
  isPosternError,
  PrivateIntegrations,
  type Finding,
  type Spec,
} from '@postern/core/internal/library';
import { check, judge } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { simulate, type Simulation } from '@postern/simulator';
import { expect, it } from 'vitest';
import { seeds, sample } from '../../../../core/test/runs.js';
import { idOf, runInstance } from '../../../../simulator/test/alibaba/ecs/account.js';
import { REGION, shop } from '../../../../simulator/test/traffic/alibaba/shop.js';
import { alibaba } from '../../../src/index.js';

type Fields = Readonly<Record<string, unknown>>;

const SETTINGS = { clock: 'auto', throttle: false, dataPathDelay: 0 } as const;
const MINUTE = 60_000;
const KEY = 'POST /items';

/** A group on an instance; two servers that answer with their names, each with an authorization. */
async function buildRegion() {
  const world = await shop();
  const { cloud, vpcId: VpcId, vSwitches, groups, serverId, linkId, groupId, sim, host } = world;
  const at = { VSwitchId: vSwitches.back, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.3.11' };
  const otherId = runInstance(cloud, at);
  cloud.cloudapi('SetVpcAccess', { Name: 'other', VpcId, InstanceId: otherId, Port: 80 });
  await sim.advance(60 * MINUTE);
  return { world: sim.world(), VpcId, serverId, otherId, linkId, groupId, host };
}

type Region = Awaited<ReturnType<typeof buildRegion>>;

interface Copy {
  readonly simulation: Simulation;
  readonly call: (action: string, input: Fields) => any;
  readonly region: Region;
  readonly apiId: string;
  /** The description of a managed API, which is kept by those who change it by hand. */
  readonly mark?: string | undefined;
  readonly name?: string | undefined;
  /** What the draft is besides its name: changes replace parts of it. */
  readonly draft: { method: string; service: Fields };
}

const pick = <T>(list: readonly T[], choice: number): T => list[choice % list.length] as T;

const vpc = (Name: string): Fields => ({
  ServiceVpcEnable: 'TRUE',
  VpcConfig: { Name },
  ServiceAddress: undefined,
});

function definition({ draft, region, mark, name = 'items' }: Pick<Copy, 'draft' | 'region' | 'mark' | 'name'>): Fields {
  return {
    GroupId: region.groupId,
    ApiName: name,
    ...(mark === undefined ? {} : { Description: mark }),
    Visibility: 'PRIVATE',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP,HTTPS',
      RequestHttpMethod: 'POST',
      RequestPath: '/items',
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceTimeout: 2000,
      ServiceHttpMethod: draft.method,
      ...draft.service,
    }),
  };
}

function modify(copy: Copy, service: Fields): void {
  const before = copy.draft.service;
  copy.draft.service = { ...before, ...service };
  try {
    copy.call('ModifyApi', { ...definition(copy), ApiId: copy.apiId });
  } catch (error) {
    copy.draft.service = before;
    throw error;
  }
}

const published = ({ region, apiId }: Copy, StageName: string): Fields => ({
  GroupId: region.groupId,
  ApiId: apiId,
  StageName,
});

/** Whether a publication has the description of the API, or that of whoever makes it, is not documented [U]. */
const deploy = (copy: Copy, stage = 'RELEASE', choice = 0): void =>
  copy.call('DeployApi', {
    ...published(copy, stage),
    Description: copy.mark !== undefined && choice % 2 === 0 ? copy.mark : 'by hand',
  });

const CHANGES: Readonly<Record<string, (copy: Copy, choice: number) => void>> = {
  target: (copy, n) => modify(copy, vpc(pick(['server', 'other', 'nothing'], n))),
  address: (copy, n) =>
    modify(copy, {
      ServiceVpcEnable: 'FALSE',
      VpcConfig: undefined,
      ServiceAddress: pick(['http://10.0.3.11:80', 'https://example.com'], n),
    }),
  mock: (copy, n) => modify(copy, { Mock: pick(['TRUE', 'FALSE'], n), MockResult: 'mock', MockStatusCode: 200 }),
  method: (copy, n) => {
    copy.draft.method = pick(['GET', 'POST', 'ANY'], n);
    modify(copy, {});
  },
  path: (copy) => modify(copy, { ServicePath: '/other' }),
  deploy: (copy, n) => deploy(copy, 'RELEASE', n),
  'deploy elsewhere': (copy) => deploy(copy, 'PRE'),
  abolish: (copy) => copy.call('AbolishApi', published(copy, 'RELEASE')),
  'access gone': (copy, n) => {
    const { VpcId, serverId, otherId } = copy.region;
    copy.call('RemoveVpcAccess', { VpcId, InstanceId: pick([serverId, otherId], n), Port: 80, NeedBatchWork: 'false' });
  },
  routing: (copy) => {
    const body = `routes:\n- name: all\n  condition: "1 = 1"\n  backend:\n    type: "HTTP-VPC"\n    vpcAccessName: "other"\n`;
    const made = copy.call('CreatePlugin', { PluginName: 'route_all', PluginType: 'routing', PluginData: body });
    copy.call('AttachPlugin', {
      ...published(copy, 'RELEASE'),
      ApiIds: copy.apiId,
      PluginId: made.PluginId,
    });
  },
};

/** Makes a change, unless the service refuses it. */
function attempt(copy: Copy, name: string, choice: number): boolean {
  try {
    CHANGES[name]?.(copy, choice);
    return true;
  } catch (error) {
    if (error instanceof Error && error.constructor.name === 'AlibabaError') return false;
    throw error;
  }
}

/** Who declares the route: others, whose API is judged as it is, or a spec that was applied before the changes. */
type Owner = 'external' | 'managed';

async function copyOf(region: Region, owner: Owner, seed: number): Promise<Copy> {
  const simulation = simulate({ ...SETTINGS, seed });
  simulation.load(region.world);
  for (const [address, body] of [
    ['10.0.3.10', 'server'],
    ['10.0.3.11', 'other'],
  ] as const)
    simulation.backends.add({ address, port: 80, behavior: { body } });
  const call = (action: string, input: Fields): any =>
    simulation.callAlibaba({ product: 'CloudAPI', action, region: REGION }, input);
  const draft = { method: 'POST', service: vpc('server') };
  if (owner === 'managed') {
    expect(await appliedOn(simulation, specOf(region, owner))).toEqual([]);
    await simulation.advance(MINUTE); // a change in the second of a creation has the times of an API that nobody changed
    const [{ ApiId, ApiName, Description }] = call('DescribeApis', {
      GroupId: region.groupId,
      ApiPath: '/items',
    }).ApiSummarys.ApiSummary;
    return { simulation, call, region, apiId: ApiId, mark: Description, name: ApiName, draft };
  }
  const apiId = idOf(call('CreateApi', definition({ draft, region })), 'ApiId');
  const copy = { simulation, call, region, apiId, draft };
  deploy(copy);
  return copy;
}

/** The same numbers for a seed in every run. */
function numbers(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function specOf(region: Region, owner: Owner): Spec {
  return parseSpec(`version: 1
project: shop
${owner === 'managed' ? 'spec: shop-7f3k2q' : ''}
links: { main: { provider: alibaba, region: ${REGION}, id: ${region.linkId} } }
integrations:
  items:
    link: main
    ${owner === 'managed' ? '' : 'owner: external'}
    gateway: { apiGroup: ${region.groupId}, stages: [RELEASE] }
    targets: { server: { instance: ${region.serverId}, port: 80, path: keep } }
    routes: { '${KEY}': server }
`);
}

const gateOf = (simulation: Simulation): PrivateIntegrations =>
  new PrivateIntegrations(alibaba({ region: REGION, api: simulation.alibaba(REGION) }), {
    judge,
    project: 'shop',
    spec: 'shop-7f3k2q',
    clock: simulation.clock,
  });

/** Applies a spec in a new process. @returns the messages of its errors */
async function appliedOn(simulation: Simulation, spec: Spec): Promise<readonly string[]> {
  const gate = gateOf(simulation);
  const errors: string[] = [];
  for await (const event of gate.apply(await gate.plan(spec), { ignoreFindings: ['*'], drain: 0 }))
    if (event.type === 'step.failed') errors.push(event.error.message);
  return errors;
}

/** The checks of what a plan corrects. */
const CORRECTED: ReadonlySet<string> = new Set(['gateway/live-route', 'gateway/published']);

/** Applies the spec. @returns what is wrong then: nothing, unless the plan was refused. */
async function leftAfterApply(simulation: Simulation, spec: Spec): Promise<string | undefined> {
  try {
    const errors = await appliedOn(simulation, spec);
    if (errors.length > 0) return errors.join('; ');
  } catch (error) {
    if (isPosternError(error)) return undefined;
    throw error;
  }
  const { findings } = await reportOf(simulation, spec);
  const failing = findings.filter(
    (one) => one.verdict === 'fail' && one.severity === 'error' && CORRECTED.has(one.check),
  );
  if (failing.length > 0) return failing.map(({ check: id, message }) => `${id}: ${message}`).join('; ');
  const steps = (await gateOf(simulation).plan(spec)).units.flatMap((unit) => unit.steps);
  return steps.length === 0 ? undefined : steps.map(({ id }) => id).join(', ');
}

async function reportOf(simulation: Simulation, spec: Spec): Promise<ReturnType<typeof check>> {
  const drivers = driversOf(alibaba({ region: REGION, api: simulation.alibaba(REGION) }));
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  return check(await observeSpec(spec, drivers, context, { checks: true }), spec, { clouds: CLOUDS });
}

/** A warning that a run changes the route: what callers get until then is not judged. */
function isPending({ code, verdict, severity }: Pick<Finding, 'code' | 'verdict' | 'severity'>): boolean {
  return code === 'ROUTE_TAKEN' || (code === 'ROUTE_DIFFERS' && verdict === 'fail' && severity === 'warning');
}

async function outcomeOf(region: Region, owner: Owner, seed: number) {
  const next = numbers(seed);
  const copy = await copyOf(region, owner, seed);
  const { simulation } = copy;
  const names = Object.keys(CHANGES);
  const done: string[] = [];
  for (let left = 1 + next(6); left > 0; left -= 1) {
    const [name, choice] = [names[next(names.length)] ?? '', next(1_000)];
    if (attempt(copy, name, choice)) done.push(`${name} ${choice}`);
    if (next(3) === 0 && attempt(copy, 'deploy', 0)) done.push('deploy');
    await simulation.advance(MINUTE);
  }
  const spec = specOf(region, owner);
  const { findings } = await reportOf(simulation, spec);
  const answer = await simulation.traffic.call({ host: region.host, method: 'POST', path: '/items' });
  const works = answer.outcome === 'delivered' && answer.status === 200 && String(answer.body) === 'server';
  // That a plan is refused says nothing about calls.
  const failing = findings.filter(
    (one) => one.verdict === 'fail' && one.severity === 'error' && one.code !== 'ROUTE_TAKEN',
  );
  const unknown = findings.filter(
    (one) => (one.verdict === 'unknown' && /^(?:gateway|link|target|path)\//.test(one.check)) || isPending(one),
  );
  const verdict =
    failing.length > 0 ? ('fail' as const) : unknown.length > 0 ? ('unknown' as const) : ('pass' as const);
  const told = [...failing, ...unknown].map((one) => `${one.check} ${one.code} (${one.severity}): ${one.message}`);
  const text = [`${seed}: ${done.join(', ')}; ${answer.outcome}`, ...told].join('\n  ');
  const left = owner === 'managed' ? await leftAfterApply(simulation, spec) : undefined;
  return { verdict, works, text, left: left && `${left} after apply: ${text}` };
}

it.each(sample(['external', 'managed'], 2))(
  'check of a changed API group with %s routes and calls through it never disagree',
  async (owner) => {
    const region = await buildRegion();
    const count = { pass: 0, fail: 0, unknown: 0 };
    const contradictions: string[] = [];
    const unrepaired: string[] = [];
    for (const seed of seeds(10, 500)) {
      const { verdict, works, text, left } = await outcomeOf(region, owner, seed);
      if (left !== undefined) unrepaired.push(left);
      count[verdict] += 1;
      if ((verdict === 'pass' && !works) || (verdict === 'fail' && works)) {
        contradictions.push(`${works ? 'calls work' : 'calls fail'}, ${verdict}: ${text}`);
      }
    }
    console.log(`api group, ${owner}: ${JSON.stringify(count)}, ${contradictions.length} contradictions`);
    expect(contradictions).toEqual([]);
    expect(unrepaired).toEqual([]);
    // What a plan corrects is not judged by what is there, so that few managed routes fail.
    const least = owner === 'managed' ? [count.pass, count.unknown] : Object.values(count);
    expect(Math.min(...least)).toBeGreaterThan(0);
  },
);
