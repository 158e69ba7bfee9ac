import { InvalidInputError } from '../../ground/errors.js';
import { type Feature, servicesOf, type Needs, type NeededService } from './needs.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { regionFault } from '../../ground/text/region-fault.js';

/** A fault of needs, with the path of the member that it is about. */
export interface NeedsFault {
  readonly code: 'INVALID_NEEDS' | 'CONTRADICTING_NEEDS';
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

/** What no service with WebSocket connections can have: they are about single answers. */
const OF_ANSWERS: ReadonlySet<Feature> = new Set(['caching', 'streaming']);

/** What is wrong with needs besides their form: numbers out of range, names used twice, needs that contradict each other. */
export function needsFaults(needs: Needs, clouds: Clouds): readonly NeedsFault[] {
  return [...ranges(needs), ...names(needs), ...accounts(needs), ...contradictions(needs, clouds)];
}

/**
 * Refuses needs that cannot be meant.
 * @throws {InvalidInputError} `INVALID_NEEDS`, `CONTRADICTING_NEEDS`, or `INVALID_INPUT` for what is not a region.
 */
export function checkNeeds(needs: Needs, clouds: Clouds): void {
  const regions = clouds.named(needs.provider)?.regions;
  const fault = regions && regionFault(regions, needs.region);
  if (fault !== undefined) throw fault;

  const [first] = needsFaults(needs, clouds);
  if (first === undefined) return;

  throw new InvalidInputError(first.code, `${first.path.join('.')}: ${first.message}`, { remedy: first.remedy });
}

/** The least and the most of each number; beyond the most it is a mistake of units. */
const RANGES = {
  requestsPerSecond: [0, 10_000_000],
  peakRequestsPerSecond: [0, 10_000_000],
  payloadKb: [0, 1_048_576],
  largestKb: [0, 1_048_576],
  targets: [1, 1_000],
  gateways: [1, 10_000],
  latencyMs: [1, 900_000],
  budgetUsd: [0, 100_000_000],
} as const;

const WHOLE: ReadonlySet<string> = new Set(['targets', 'gateways']);

function ranges(needs: Needs): readonly NeedsFault[] {
  const at = (name: keyof typeof RANGES, value: number | undefined, path: NeedsFault['path']): NeedsFault[] => {
    const [least, most] = RANGES[name];
    const isIn =
      value === undefined || (value >= least && value <= most && (!WHOLE.has(name) || Number.isInteger(value)));
    if (isIn) return [];

    const kind = WHOLE.has(name) ? 'a whole number' : 'a number';
    return [
      {
        code: 'INVALID_NEEDS',
        path: [...path, name],
        message: `expected ${kind} from ${least} to ${most}, got ${value}`,
        remedy: `Write ${kind} from ${least} to ${most}.`,
      },
    ];
  };
  return [
    ...(['gateways', 'latencyMs', 'budgetUsd'] as const).flatMap((name) => at(name, needs[name], [])),
    ...needs.services.flatMap((service, index) =>
      (['requestsPerSecond', 'peakRequestsPerSecond', 'payloadKb', 'largestKb', 'targets'] as const).flatMap((name) =>
        at(name, service[name], ['services', index]),
      ),
    ),
  ];
}

function names({ services }: Needs): readonly NeedsFault[] {
  if (services.length === 0)
    return [
      {
        code: 'INVALID_NEEDS',
        path: ['services'],
        message: 'the list has too few items',
        remedy: 'Write at least one service.',
      },
    ];

  const first = new Map<string, number>();
  return services.flatMap(({ name }, index) => {
    const key = name.toLowerCase();
    if (!first.has(key)) {
      first.set(key, index);
      return [];
    }

    return [
      {
        code: 'INVALID_NEEDS' as const,
        path: ['services', index, 'name'],
        message: `${JSON.stringify(name)} is the name of two services`,
        remedy: 'Give each service a name of its own.',
      },
    ];
  });
}

function accounts({ services, accounts: declared }: Needs): readonly NeedsFault[] {
  return services.flatMap(({ account }, index) => {
    if (account === undefined || declared?.includes(account) === true) return [];

    return [
      {
        code: 'CONTRADICTING_NEEDS' as const,
        path: ['services', index, 'account'],
        message: `account ${account} is not one of \`accounts\``,
        remedy: 'Add it to `accounts`, after the account of the gateway.',
      },
    ];
  });
}

function contradictions(needs: Needs, clouds: Clouds): readonly NeedsFault[] {
  const declared = new Map(needs.services.map((one, index) => [one.name, { one, index }]));
  const faults = servicesOf(needs).flatMap((service): NeedsFault[] => {
    const { one, index = 0 } = declared.get(service.name) ?? {};
    const path = ['services', index] as const;
    return [...peakFaults(service, path), ...ofService(service, one?.protocol, path)];
  });
  const kinds = new Set(servicesOf(needs).map(({ protocol }) => protocol === 'websocket'));
  if (kinds.size === 2 && needs.gateways === 1 && hasKindForMessages(clouds, needs.provider)) {
    faults.push({
      code: 'CONTRADICTING_NEEDS',
      path: ['gateways'],
      message: 'one API cannot serve both WebSocket connections and requests',
      remedy: 'Allow two APIs, or write the needs of the WebSocket services in a file of their own.',
    });
  }
  return faults;
}

/** A peak cannot be below the average. */
function peakFaults({ name, requestsPerSecond = 0, peak = 0 }: NeededService, path: NeedsFault['path']): NeedsFault[] {
  if (peak >= requestsPerSecond) return [];

  return [
    {
      code: 'CONTRADICTING_NEEDS',
      path: [...path, 'peakRequestsPerSecond'],
      message: `the peak of ${name} (${peak}) is below its average (${requestsPerSecond})`,
      remedy: 'Write the requests per second of the busiest time, or remove it.',
    },
  ];
}

/** Whether a cloud has a kind of gateway that serves connections, and no requests. */
function hasKindForMessages(clouds: Clouds, provider: string): boolean {
  return clouds.gatewayKinds.some((kind) => {
    const traits = clouds.gateway(kind);
    return traits.provider === provider && traits.authorizedAt !== undefined;
  });
}

function ofService(
  { name, features, protocol }: NeededService,
  declared: string | undefined,
  path: NeedsFault['path'],
): NeedsFault[] {
  if (protocol !== 'websocket') return [];

  const fault = (message: string, remedy: string): NeedsFault => ({
    code: 'CONTRADICTING_NEEDS',
    path,
    message,
    remedy,
  });
  const other = features.find((feature) => OF_ANSWERS.has(feature));
  return [
    ...(declared === undefined || declared === 'websocket'
      ? []
      : [fault(`${name} needs websocket, and its protocol is ${declared}`, 'Remove one of the two.')]),
    ...(other === undefined
      ? []
      : [fault(`${name} needs websocket and ${other}, which is about single answers`, `Remove ${other}.`)]),
  ];
}
