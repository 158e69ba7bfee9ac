import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from '@postern/aws';
import { PrivateIntegrations, type Snapshot } from '@postern/core/internal/library';
import { simulate, type Simulation, type SimulationServer } from '../../../src/index.js';
import { awsEnvironment, run, terraformConfiguration } from '../../shows/tools.js';
import type { PlanGroup, PlanVariant } from './groups.js';
import { providerProcess } from './provider-process.js';

const MINUTES = 60_000;
const HERE = fileURLToPath(new URL('.', import.meta.url));

/** An object of a document. */
export type Members = Record<string, unknown>;

/** A plan as it is kept: what it changes, and what a call was answered after it had been applied. */
export interface RecordedPlan {
  readonly what: string;
  readonly changes: readonly Members[];
  /** Resources that the plan does not have, of those that do not change. */
  readonly without: readonly string[];
  readonly configuration: number;
  /** From nothing, not from the group's snapshot. */
  readonly creates?: true;
  readonly route: string;
  readonly outcome: string;
  /** What else the document says: `complete`, `errored`. */
  readonly more: Members;
  /** Data sources that were read. */
  readonly data?: readonly Members[];
}

/** The plans of a group, and what most of them have in common once. */
export interface RecordedGroup {
  readonly name: string;
  readonly called?: string;
  readonly terraform: string;
  readonly snapshot: Snapshot;
  readonly unchanged: readonly Members[];
  readonly configurations: readonly Members[];
  readonly plans: Readonly<Record<string, RecordedPlan>>;
}

/** Records the plans of a group, in a folder of its own: each is applied on a simulated cloud, and called. */
export async function recordGroup(
  group: PlanGroup,
  folder: string,
  each: (made: RecordedGroup) => void = () => undefined,
): Promise<RecordedGroup> {
  const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false });
  const server = await simulation.listen();
  // A provider that is kept has one configuration: of two regions it would have the last one.
  const provider =
    group.regions.length > 1
      ? undefined
      : await providerProcess(process.env['TF_PROVIDER_MIRROR'] ?? '', awsEnvironment(server.url, 'eu-west-1'));
  try {
    return await record(group, folder, { simulation, server, reattach: provider?.reattach, each });
  } finally {
    provider?.end();
    await server.close();
  }
}

interface Place {
  readonly simulation: Simulation;
  readonly server: SimulationServer;
  readonly reattach: string | undefined;
  /** Is given what is recorded so far, after each plan. */
  readonly each: (made: RecordedGroup) => void;
}

async function record(
  group: PlanGroup,
  folder: string,
  { simulation, server, reattach, each }: Place,
): Promise<RecordedGroup> {
  for (const [name, source] of Object.entries(group.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(join(HERE, source), join(folder, name));
  }
  writeFileSync(join(folder, 'terraform.rc'), terraformConfiguration());
  const terraform = async (...args: readonly string[]) => {
    const env = {
      ...awsEnvironment(server.url, 'eu-west-1'),
      TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
      TF_VAR_endpoint: server.url,
      CHECKPOINT_DISABLE: '1',
      GOGC: 'off', // a schema of the provider is large, and a command short
      ...(reattach === undefined ? {} : { TF_REATTACH_PROVIDERS: reattach }),
    };
    return run('terraform', [...args, '-no-color'], { env, cwd: folder, timeoutMs: 580_000 });
  };
  const must = async (...args: readonly string[]): Promise<string> => {
    const { status, stdout, stderr } = await terraform(...args);
    if (status !== 0) throw new Error(`${group.name}: terraform ${args.join(' ')}\n${stdout}\n${stderr}`);
    return stdout;
  };
  await must('init', '-input=false');
  const empty = simulation.world();
  await must('apply', '-auto-approve', '-input=false', '-var', 'variant=base');
  await settled(simulation, group);
  const built = simulation.world();
  const state = readFileSync(join(folder, 'terraform.tfstate'), 'utf8');
  const snapshot = await taken(simulation, group);
  const unchanged: Members[] = [];
  const configurations: Members[] = [];
  const plans: Record<string, RecordedPlan> = {};

  const { terraform_version: version } = JSON.parse(await must('version', '-json')) as Members;
  const made = (): RecordedGroup => ({
    name: group.name,
    ...(group.called === undefined ? {} : { called: group.called }),
    terraform: String(version),
    snapshot,
    unchanged,
    configurations,
    plans,
  });
  const begin = (variant: PlanVariant): void => {
    simulation.load(variant.creates === true ? empty : built);
    rmSync(join(folder, 'terraform.tfstate'), { force: true });
    if (variant.creates !== true) writeFileSync(join(folder, 'terraform.tfstate'), state);
    for (const [name, source] of Object.entries(group.files)) cpSync(join(HERE, source), join(folder, name));
    for (const [name, text] of Object.entries(variant.files ?? {}))
      writeFileSync(
        join(folder, name),
        text.replaceAll(/\$\{id of (.*?)\}/g, (_, address: string) => idIn(state, address)),
      );
  };
  for (const variant of group.variants) {
    begin(variant);
    for (const command of variant.first ?? []) await must(...command);
    const planned = await terraform(
      'plan',
      '-input=false',
      '-var',
      `variant=${variant.name}`,
      '-out=plan.bin',
      ...(variant.args ?? []),
    );
    const document = JSON.parse(await must('show', '-json', 'plan.bin')) as Members;
    const applied = planned.status === 0 ? await terraform('apply', '-input=false', 'plan.bin') : undefined;
    await settled(simulation, group);
    const outcome =
      applied === undefined
        ? 'not applied: the plan ended with an error'
        : applied.status === 0
          ? await called(simulation, group, variant, outputsIn(folder))
          : `the apply is refused: ${refusal(applied.stderr)}`;
    const all = (document['resource_changes'] as Members[]).map(compact);
    const isKept = (one: Members): boolean => JSON.stringify((one['change'] as Members)['actions']) === '["no-op"]';
    const kept = all.filter((one) => isKept(one) && one['previous_address'] === undefined);
    if (variant.creates !== true && unchanged.length === 0) unchanged.push(...kept);
    const known = new Map(unchanged.map((one) => [String(one['address']), JSON.stringify(one)]));
    const changes = all.filter((one) => JSON.stringify(one) !== known.get(String(one['address'])));
    const there = new Set(all.map((one) => one['address']));
    const { configuration, complete, errored, timestamp, prior_state: prior } = document;
    const config = trimmed(configuration as Members);
    let at = configurations.findIndex((one) => JSON.stringify(one) === JSON.stringify(config));
    if (at < 0) at = configurations.push(config) - 1;
    plans[variant.name] = {
      what: variant.what,
      ...(variant.creates === true ? { creates: true as const } : {}),
      route: routeOf(group, variant),
      outcome,
      changes,
      without: [...known.keys()].filter((address) => !there.has(address)),
      configuration: at,
      more: { complete, errored, timestamp },
      ...dataOf(prior as Members | undefined),
    };
    each(made());
  }
  return made();
}

/** Routes are named by what is called: a method of its own, and the path without the stage. */
function routeOf(group: PlanGroup, { method, path }: PlanVariant): string {
  if (method !== undefined) return group.route.replace(/^\S+/, method);
  return path === undefined ? group.route : `GET ${path.replace(/^\/prod/, '')}`;
}

function idIn(state: string, address: string): string {
  const { resources } = JSON.parse(state) as {
    resources: { type: string; name: string; instances: { attributes: { id: string } }[] }[];
  };
  return resources.find((one) => `${one.type}.${one.name}` === address)?.instances[0]?.attributes.id ?? '';
}

/**
 * Time passes until targets are healthy. Interfaces that nothing has are given to instances first: who registers targets
 * is seldom Terraform, and the provider sends members of instances that are not simulated.
 */
export async function settled(simulation: Simulation, { regions }: Pick<PlanGroup, 'regions'>): Promise<void> {
  for (const region of regions) {
    const call = (operation: string, input: object): any =>
      simulation.call({ service: 'ec2', operation, region } as never, input as never);
    for (const { NetworkInterfaceId, Status, InterfaceType } of call('DescribeNetworkInterfaces', {}).NetworkInterfaces)
      if (Status === 'available' && InterfaceType === 'interface')
        call('RunInstances', {
          ImageId: 'ami-0123456789abcdef0',
          InstanceType: 'm5.large',
          MinCount: 1,
          MaxCount: 1,
          NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId }],
        });
  }
  await simulation.advance(15 * MINUTES);
}

function outputsIn(folder: string): Members {
  return (JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as { outputs: Members }).outputs;
}

/** What Terraform says why an apply ended. */
export function refusal(text: string): string {
  return /Error: (.*)/.exec(text)?.[1]?.replace(/^.*?: /, '') ?? text.trim();
}

export async function taken(simulation: Simulation, { regions }: Pick<PlanGroup, 'regions'>): Promise<Snapshot> {
  const read: Snapshot[] = [];
  for (const region of regions) {
    const driver = aws({ region, clients: simulation.clients(region) });
    read.push(
      await new PrivateIntegrations(driver, { project: 'none', clock: simulation.clock }).observe({ checks: true }),
    );
  }
  const [first] = read;
  if (first === undefined) throw new Error('no region');
  return withoutRaw({ ...first, scope: 'all', regions: read.flatMap((one) => one.regions) }) as Snapshot;
}

/** The answers of the cloud itself are not used. */
function withoutRaw(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRaw);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === 'raw' ? [] : [[key, withoutRaw(one)]])),
  );
}

async function called(
  simulation: Simulation,
  group: PlanGroup,
  { path = group.path, method = 'GET' }: PlanVariant,
  outputs: Members,
): Promise<string> {
  const host = String((outputs['host'] as Members)['value']);
  if (group.isSocket === true) {
    const opened = await simulation.traffic.connect({ host, path }, {
      send: () => undefined,
      close: () => undefined,
    } as never);
    return 'status' in opened ? `${opened.status} ${opened.outcome} ${opened.because ?? ''}`.trim() : '101 delivered';
  }
  const { status, outcome, because } = await simulation.traffic.call({ host, path, method });
  return `${status} ${outcome} ${because ?? ''}`.trim();
}

/** A change without what is null, and with what does not change once. */
export function compact(one: Members): Members {
  const { change, provider_name: _provider, ...rest } = one;
  const {
    actions,
    before,
    after,
    after_unknown: unknown,
    before_sensitive,
    after_sensitive,
    importing,
  } = change as Members;
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const marks = (name: string, value: unknown): Members => (hasMark(value) ? { [name]: value } : {});
  return {
    ...rest,
    change: {
      actions,
      ...(before === null ? {} : { before: withoutNull(before) }),
      ...(isSame ? { same: true } : after === null ? {} : { after: withoutNull(after) }),
      ...marks('after_unknown', unknown),
      ...marks('before_sensitive', before_sensitive),
      ...marks('after_sensitive', after_sensitive),
      ...(importing === undefined ? {} : { importing }),
    },
  };
}

function hasMark(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).some(hasMark) : value === true;
}

function withoutNull(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

/** What a plan is resolved with: neither the providers' credentials nor what a module is made of. */
export function trimmed({ provider_config: providers, root_module: root }: Members): Members {
  const regions = Object.entries(providers as Record<string, Members>).map(([key, { expressions, ...one }]) => [
    key,
    { ...one, expressions: { region: (expressions as Members | undefined)?.['region'] } },
  ]);
  return { provider_config: Object.fromEntries(regions), root_module: root };
}

/** The data sources that a plan has read. */
export function dataOf(prior: Members | undefined): { readonly data?: readonly Members[] } {
  const module = (prior?.['values'] as Members | undefined)?.['root_module'] as Members | undefined;
  const data = ((module?.['resources'] ?? []) as Members[]).filter(({ mode }) => mode === 'data');
  return data.length === 0 ? {} : { data };
}
