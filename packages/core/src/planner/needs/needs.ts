/** What services can need of a gateway. */
export const FEATURES = [
  'authorizers',
  'usage-plans',
  'caching',
  'waf',
  'private-endpoint',
  'websocket',
  'streaming',
] as const;
/** What callers need of a gateway: `websocket`, … */
export type Feature = (typeof FEATURES)[number];

/** What callers speak to a service. */
export const PROTOCOLS = ['http', 'https', 'grpc', 'websocket'] as const;
/** What callers speak to a service: `http`, `https`, … */
export type Protocol = (typeof PROTOCOLS)[number];

/** A service behind the gateway. */
export interface ServiceNeeds {
  /** Part of paths and of names of load balancers. */
  readonly name: string;
  /** The average of a month. Without it, no price of calls is computed. */
  readonly requestsPerSecond?: number | undefined;
  /** At the busiest time; compared with quotas. Without it, the average is. */
  readonly peakRequestsPerSecond?: number | undefined;
  /** Request and answer together, on average, in KB of 1,024 bytes. */
  readonly payloadKb?: number | undefined;
  /** The largest single request or answer, in KB; compared with the limit of a payload. */
  readonly largestKb?: number | undefined;
  /** What callers speak; `http` by default. */
  readonly protocol?: Protocol | undefined;
  /** Teams deploy apart. Services without a team are those of one team. */
  readonly team?: string | undefined;
  readonly features?: readonly Feature[] | undefined;
  /** Its targets in one zone; 2 by default. */
  readonly targets?: number | undefined;
  /** The account of its targets; the first of `accounts` by default. */
  readonly account?: string | undefined;
  /** The VPC of its targets, by any name. Services that name none are in one VPC. */
  readonly vpc?: string | undefined;
}

/** What a gateway and its links are for. */
export interface Needs {
  /** The name of a cloud of the set. */
  readonly provider: string;
  readonly region: string;
  readonly services: readonly ServiceNeeds[];
  /** How many APIs there may be at most. */
  readonly gateways?: number | undefined;
  /** The account of the gateway, and those of backends. */
  readonly accounts?: readonly string[] | undefined;
  /** The longest that an answer may take, in milliseconds. Options with fewer hops are ranked first. */
  readonly latencyMs?: number | undefined;
  /** What all services need. */
  readonly features?: readonly Feature[] | undefined;
  /** The most that a month may cost, in US dollars. */
  readonly budgetUsd?: number | undefined;
}

/** A service with all that it needs, and without what it leaves out. */
export interface NeededService {
  readonly name: string;
  readonly requestsPerSecond: number | undefined;
  /** That of the busiest time, or the average. */
  readonly peak: number | undefined;
  readonly hasPeak: boolean;
  readonly payloadKb: number | undefined;
  readonly largestKb: number | undefined;
  readonly protocol: Protocol;
  readonly team: string;
  readonly features: readonly Feature[];
  readonly targets: number;
  /** Whether its targets are in another account than the gateway. */
  readonly isElsewhere: boolean;
  readonly vpc: string | undefined;
}

/** The team of services that name none. */
const NO_TEAM = 'services';

/** The services of needs, sorted by team in the order of their first service. */
export function servicesOf({ services, features = [], accounts = [] }: Needs): readonly NeededService[] {
  const [home] = accounts;
  const all = services.map((one): NeededService => {
    const protocol = one.protocol ?? 'http';
    const own = new Set([...features, ...(one.features ?? []), ...(protocol === 'websocket' ? [protocol] : [])]);
    return {
      name: one.name,
      requestsPerSecond: one.requestsPerSecond,
      peak: one.peakRequestsPerSecond ?? one.requestsPerSecond,
      hasPeak: one.peakRequestsPerSecond !== undefined,
      payloadKb: one.payloadKb,
      largestKb: one.largestKb,
      protocol: own.has('websocket') ? 'websocket' : protocol,
      team: one.team ?? NO_TEAM,
      features: [...own],
      targets: one.targets ?? 2,
      // Of backends in several accounts, those of services that name none are in the second one.
      isElsewhere:
        one.account === undefined ? accounts.length > 1 && services.every(hasNoAccount) : one.account !== home,
      vpc: one.vpc,
    };
  });
  const teams = [...new Set(all.map(({ team }) => team))];
  const byTeam = new Map(teams.map((team) => [team, [] as NeededService[]]));
  for (const one of all) byTeam.get(one.team)?.push(one);
  return [...byTeam.values()].flat();
}

function hasNoAccount({ account }: ServiceNeeds): boolean {
  return account === undefined;
}
