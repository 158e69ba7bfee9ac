import { INPUT_SHAPES } from './aws/input-shapes.js';
import type { Snapshot } from '@postern/core/internal/library';
import type { InputShape, SimulatedTwin, TwinCall } from '@postern/core/internal/overlay';
import { AlibabaError, type ProductName, type Parameter } from './alibaba/operation/operation.js';
import { ALIBABA_QUOTAS, alibabaQuotas } from './alibaba/operation/quotas.js';
import { CANARY_HEADER, PERMITTED_HEADER } from './aws/traffic/caller-headers.js';
import { defined } from './simulation/defined.js';
import { ServiceError, type ServiceName } from './aws/operation/operation.js';
import { awsQuotas } from './aws/operation/quotas.js';
import type { Outcome } from './simulation/traffic/outcomes.js';
import { simulate, type Simulation } from './simulate.js';
import type { ParameterTable } from './alibaba/operation/family.js';
import { alibabaRegistry } from './alibaba/services.js';

/** Ids and chances of the twin: a plan is carried out in the same way each time. */
const SEED = 3;

/** When the lists of values were last compared with the services, and where these announce new ones. */
const LISTS = {
  aws: { day: '2026-11-29', notes: 'https://aws.amazon.com/new/' },
  alibaba: { day: '2026-11-29', notes: 'https://www.alibabacloud.com/en/notice' },
} as const;

/** What a gateway answers by itself, whatever the path behind it is. */
const REFUSED: ReadonlySet<Outcome> = new Set(['throttled', 'unauthorized', 'too-large']);

const BEYOND_ANY_PLAN = 1_000_000;

/** Simulated milliseconds between two looks at a call that is answered later. */
const LOOK_MS = 1_000;
/** The longest that a gateway takes to answer a call. */
const MOST_LOOKS = 60;

/**
 * Makes twins of snapshots, on which a plan of another tool is carried out: see `askTerraform` of `@postern/core/overlay`. What the
 * simulated clouds refuse they refuse in the words of their services.
 */
export function planTwins(): (base: Snapshot) => SimulatedTwin {
  const shapes = JSON.parse(INPUT_SHAPES) as Readonly<Record<string, InputShape>>;
  return (base) => planTwin(base, shapes);
}

function planTwin(base: Snapshot, shapes: Readonly<Record<string, InputShape>>): SimulatedTwin {
  const simulation = simulate({ seed: SEED, clock: 'manual', throttle: false, dataPathDelay: 0, from: base });
  simulation.setQuotas(quotasIn(base));
  return {
    inputOf: (provider, operation) => (provider === 'aws' ? shapes[operation] : alibabaInput(operation)),
    call: ({ provider, region }, operation, input) => {
      const [service = '', name = ''] = operation.split('.');
      return provider === 'aws'
        ? simulation.call({ service: service as ServiceName, operation: name, region }, withBytes(input))
        : simulation.callAlibaba({ product: service as ProductName, action: name, region }, { ...input });
    },
    refusalOf: (error) =>
      error instanceof ServiceError || error instanceof AlibabaError
        ? {
            code: error.code,
            message: error.message,
            isLacking: isOfTheTwin(error.message),
            newerThan: error.isOfList ? (error instanceof ServiceError ? LISTS.aws : LISTS.alibaba) : undefined,
          }
        : undefined,
    wait: (ms) => simulation.advance(ms),
    callGateway: async (call) => {
      const answer = await answered(simulation, authorized(call));
      if (answer === undefined) return { outcome: 'refused' };

      const { status, outcome, because } = answer;
      if (outcome === 'delivered' && status < 400) return { outcome };

      const services = outcome === 'no-healthy-target' ? lackingTasks(simulation, base) : [];
      const isUnpulled = services.some((one) => one.isUnpulled);
      const behind = services.find(({ groups }) => groups.some((group) => because?.includes(` ${group} `)));
      const isUnknown = isUnpulled || REFUSED.has(outcome) || (because !== undefined && isOfTheTwin(because));
      const ended = isUnknown ? 'refused' : outcome === 'no-integration' ? 'misconfigured' : 'lost';
      const of = call.canary === true ? 'of the canary: ' : '';
      const why = [`${of}${because ?? `status ${status}`}`, behind?.event].flatMap(
        (one) => one?.replace(/\.$/, '') ?? [],
      );
      return { outcome: ended, because: why.join(': ') };
    },
    load: (call, perSecond) => {
      const { host, method, path, headers } = authorized(call);
      const job = simulation.traffic.load({ gateway: host, paths: [path], method, headers, perSecond, seconds: 0 });
      return { lost: () => job.status().lost, end: () => void job.end() };
    },
  };
}

interface EcsAnswer {
  readonly clusterArns?: readonly string[];
  readonly serviceArns?: readonly string[];
  readonly services?: readonly {
    readonly runningCount?: number;
    readonly desiredCount?: number;
    readonly loadBalancers?: readonly { readonly targetGroupArn?: string }[];
    readonly events?: readonly { readonly message?: string }[];
  }[];
  readonly taskArns?: readonly string[];
  readonly tasks?: readonly { readonly stoppedReason?: string }[];
}

/** Where a sentence of a service ends that says where to read more. */
const MORE = / For more information, see .*$/s;

/**
 * The services of ECS with fewer tasks than they should have: the names of their target groups, and what their last event says. Whether an
 * image can be pulled is not judged.
 */
function lackingTasks(simulation: Simulation, { regions }: Snapshot) {
  return regions.flatMap(({ provider, region }) => {
    const ecs = (operation: string, input: object): EcsAnswer =>
      provider === 'aws' ? (simulation.call({ service: 'ecs', operation, region }, input as never) as EcsAnswer) : {};
    return (ecs('ListClusters', {}).clusterArns ?? []).flatMap((cluster) => {
      const { serviceArns = [] } = ecs('ListServices', { cluster });
      return serviceArns.flatMap((service) => {
        const { services: [{ runningCount, desiredCount = 0, loadBalancers = [], events: [last] = [] } = {}] = [] } =
          ecs('DescribeServices', { cluster, services: [service] });
        if (runningCount === undefined || runningCount >= desiredCount) return [];

        const { taskArns = [] } = ecs('ListTasks', { cluster, serviceName: service, desiredStatus: 'STOPPED' });
        const { tasks = [] } = taskArns.length === 0 ? {} : ecs('DescribeTasks', { cluster, tasks: taskArns });
        return {
          isUnpulled: tasks.some(({ stoppedReason = '' }) => /\bpull\b/i.test(stoppedReason)),
          groups: loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn?.split('/')[1] ?? []),
          event: last?.message?.replace(MORE, ''),
        };
      });
    });
  });
}

/** A call of a caller who may make it, on the part of a stage that it is for. */
function authorized(call: TwinCall): TwinCall {
  const { provider, isGuarded, canary, headers } = call;
  // Of Alibaba Cloud, gateways accept any code.
  if (provider !== 'aws') return isGuarded ? { ...call, headers: { ...headers, authorization: 'APPCODE plan' } } : call;

  const part = canary === undefined ? undefined : canary ? 'yes' : 'no';
  return { ...call, headers: { ...headers, [PERMITTED_HEADER]: 'yes', ...defined({ [CANARY_HEADER]: part }) } };
}

/** Whether a text says what is not simulated, which the service does not say. An attribute may be newer than the tables of the simulation. */
function isOfTheTwin(text: string): boolean {
  return / (?:is|are)(?: not)? simulated| attribute key '[^']*' is not recognized/.test(text);
}

/** Time passes until the call is answered: a balancer or a backend may take until its time limit. Undefined: its gateway is not there. */
async function answered(simulation: Simulation, call: TwinCall) {
  const answer = simulation.traffic.call(call);
  const state = { isAnswered: false };
  const end = (): void => void (state.isAnswered = true);
  answer.then(end, end);
  for (let look = 0; look < MOST_LOOKS && !state.isAnswered; look += 1) {
    await new Promise(setImmediate);
    if (!state.isAnswered) await simulation.advance(LOOK_MS);
  }
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RangeError) return undefined;

    throw error;
  }
}

/** The quotas of a snapshot by name, as far as they are simulated. Of Alibaba Cloud it has few: an account may have more of the others. */
function quotasIn({ regions }: Snapshot): Readonly<Record<string, number>> {
  const all = regions.flatMap(({ quotas = {} }) => Object.entries(quotas));
  const known = all.filter(([name, value]) => hasQuota(name) && Number.isSafeInteger(value) && value >= 0);
  return Object.fromEntries([...ALIBABA_QUOTAS.map(({ key }) => [key, BEYOND_ANY_PLAN] as const), ...known]);
}

const hasQuota = (name: string): boolean => awsQuotas.has(name) || alibabaQuotas.has(name);

/** A body of an input is bytes, where a plan has a text. */
function withBytes(input: object): object {
  const { body } = input as { readonly body?: unknown };
  return typeof body === 'string' ? { ...input, body: Buffer.from(body) } : input;
}

/** The input of an action as `Vpc.CreateVpc`, by its table of parameters. Undefined: it is not simulated. */
export function alibabaInput(operation: string): InputShape | undefined {
  const [product = '', name = ''] = operation.split('.');
  const found = alibabaRegistry.find(product as ProductName, name);
  return found && membersOf(found.parameters);
}

/** Parameters that are any JSON have no names to be filled by. */
function membersOf(parameters: ParameterTable): InputShape {
  const shapes = Object.entries(parameters).flatMap(([name, parameter]) => {
    const shape = shapeOf(parameter);
    return shape === undefined ? [] : [[name, shape] as const];
  });
  return { members: Object.fromEntries(shapes) };
}

function shapeOf({ type, items, members = {} }: Parameter): InputShape | undefined {
  if (type === 'structure') return membersOf(members);
  if (type === 'json') return undefined;
  if (type !== 'list') return ({ string: 'text', integer: 'number', boolean: 'flag' } as const)[type];

  const inner = items && shapeOf(items);
  return inner && { list: inner };
}
