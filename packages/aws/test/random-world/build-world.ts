import { ServiceError, type Simulation } from '@postern/simulator/internal/simulation';
import fc from 'fast-check';
import { backendSteps } from './backend-steps.js';
import { gatewaySteps } from './gateway-steps.js';
import { networkSteps } from './network-steps.js';
import { restSteps } from './rest-steps.js';

export type Fields = Readonly<Record<string, unknown>>;
type Service = Parameters<Simulation['call']>[0]['service'];

/** What the steps of a world work with. */
export interface Site {
  readonly simulation: Simulation;
  readonly region: string;
  readonly ec2: (operation: string, input: Fields) => any;
  readonly elb: (operation: string, input: Fields) => any;
  readonly http: (operation: string, input: Fields) => any;
  readonly call: (service: Service, operation: string, input: Fields) => any;
  /** Keeps an id for later steps. */
  readonly keep: (kind: string, id: string) => void;
  /** One of the kept IDs, chosen by the number. @throws {Nothing} when there is none */
  readonly pick: (kind: string, number: number) => string;
  /** All ids of a kind. */
  readonly all: (kind: string) => readonly string[];
}

/** Numbers that decide the choices of a step. */
export type Choice = readonly [number, number, number, number];
export type Step = (site: Site, choice: Choice) => void | Promise<void>;

/** What a step needs was not created, or was deleted. */
class Nothing extends Error {}

const STEPS: Readonly<Record<string, Step>> = {
  ...networkSteps,
  ...gatewaySteps,
  ...backendSteps,
  ...restSteps,
  wait: ({ simulation }, [minutes]) => simulation.advance((minutes % 20) * 60_000),
};

// Without a bias to small numbers: all choices are equally likely.
const number = fc.noBias(fc.nat({ max: 1000 }));

const choice = fc.tuple(number, number, number, number);

/** Kinds that others need, first: without networks nearly everything is refused. */
const GROUND = ['vpc', 'vpc', 'subnet', 'subnet', 'subnet', 'subnet', 'group', 'group', 'table', 'table', 'acl'];
const MIDDLE = ['vpn gateway', 'transit gateway', 'wait', 'transit attachment', 'transit attachment', 'load balancer'];
const LAST = [
  'load balancer',
  'target group',
  'target group',
  'certificate',
  'wait',
  'listener',
  'api',
  'link',
  'v1 link',
  'rest api',
  'socket api',
  'wait',
];

/** Those that are refused most often are tried more often. */
const OFTEN = [
  'route',
  'vpn',
  'vpn route',
  'vpn device',
  'virtual interface',
  'propagation',
  'listener',
  'rule',
  'target',
]
  .concat(['target', 'health', 'target off', 'deployment', 'gateway route', 'service instance', 'service health'])
  .concat([
    'rest method',
    'rest method',
    'rest integration',
    'rest deployment',
    'rest deployment',
    'rest deployment',
    'rest stage',
    'socket route',
    'socket stage',
  ])
  .concat(['domain', 'domain', 'api mapping', 'api mapping', 'api mapping'])
  .concat(['more certificates', 'peering answered', 'transit association', 'transit route', 'transit attachment']);
const KINDS = [...Object.keys(STEPS), ...OFTEN, ...OFTEN, ...OFTEN, 'wait', 'wait', 'wait'];

/** Lists of steps, any of which the cloud may refuse. Half of them have what most steps need. */
export const worlds = fc
  .noBias(
    fc.tuple(
      fc.boolean(),
      fc.array(choice, { minLength: 29, maxLength: 29 }),
      fc.array(fc.tuple(fc.constantFrom(...KINDS), choice), { minLength: 20, maxLength: 160, size: 'max' }),
    ),
  )
  .map(([grounded, choices, steps]) => {
    const ground = [...GROUND, ...MIDDLE, ...LAST].map(
      (name, index) => [name, choices[index] ?? [0, 0, 0, 0]] as const,
    );
    return grounded ? [...ground, ...steps] : [...ground.slice(0, GROUND.length), ...steps];
  });

/** Runs the steps that are possible. @returns how many were done of each kind */
export async function buildWorld(
  simulation: Simulation,
  region: string,
  steps: readonly (readonly [string, Choice])[],
): Promise<ReadonlyMap<string, number>> {
  const kept = new Map<string, string[]>();
  const call = (service: Service, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region }, input);
  const site: Site = {
    simulation,
    region,
    call,
    ec2: (operation, input) => call('ec2', operation, input),
    elb: (operation, input) => call('elasticloadbalancingv2', operation, input),
    http: (operation, input) => call('apigatewayv2', operation, input),
    keep: (kind, id) => kept.set(kind, [...(kept.get(kind) ?? []), id]),
    pick: (kind, at) => {
      const ids = kept.get(kind) ?? [];
      const id = ids[at % Math.max(1, ids.length)];
      if (id === undefined) throw new Nothing(kind);
      return id;
    },
    all: (kind) => kept.get(kind) ?? [],
  };
  const done = new Map<string, number>();
  for (const [name, choice] of steps) {
    try {
      await STEPS[name]?.(site, choice);
      done.set(name, (done.get(name) ?? 0) + 1);
    } catch (error) {
      // The cloud refuses invalid input, and the world what does not exist.
      if (!(error instanceof ServiceError) && !(error instanceof Nothing) && !(error instanceof RangeError))
        throw error;
    }
  }
  return done;
}
