import { copyState } from './simulation/dispatch/past-states.js';
import type { Clock, Snapshot } from '@postern/core/internal/library';
import { AlibabaCloud } from './alibaba/alibaba-cloud.js';
import type { AlibabaCallTarget } from './alibaba/dispatch.js';
import type { SimulatedAlibaba } from './alibaba/in-process.js';
import type { PlantedAlibaba } from './alibaba/plant.js';
import { AwsCloud } from './aws/aws-cloud.js';
import type { CallTarget } from './aws/dispatch.js';
import { simulatedClients } from './aws/in-process.js';
import type { SimulatedClients } from './aws/simulated-clients.js';
import type { Planted } from './aws/plant.js';
import type { Destination, Reach } from './simulation/world/cloud.js';
import type { ClientOptions, Faults } from './simulation/world/faults.js';
import { plantIn } from './simulation/dispatch/plant-in.js';
import { intercept, type Interception } from './simulation/http/intercept.js';
import type { JournalEntry } from './simulation/world/journal.js';
import type { Backends } from './simulation/traffic/backends/backends.js';
import type { TrafficCounters } from './simulation/traffic/counters.js';
import type { LoadSpec } from './simulation/traffic/load.js';
import type { SocketPeer } from './simulation/traffic/sockets.js';
import {
  trafficDoor,
  type LoadJob,
  type OpenConnection,
  type TrafficAnswer,
  type TrafficCall,
} from './simulation/traffic/traffic-door.js';
import {
  accountOf,
  alibabaAccountOf,
  dataPathDelayOf,
  deniedOf,
  modeOf,
  refuseUnknown,
  seedOf,
  startOf,
  type SimulateOptions,
} from './simulate-options.js';
import { loadSnapshot } from './load-snapshot.js';
import { idsIn } from './simulation/world/ids-in.js';
import { loadWorld, saveWorld, type SavedWorld } from './simulation/world/saved-world.js';
import { listen } from './simulation/http/server.js';
import { World } from './simulation/world/world.js';
import { ALIBABA_QUOTAS, alibabaQuotas } from './alibaba/operation/quotas.js';
import { awsQuotas, QUOTAS } from './aws/operation/quotas.js';

/** A simulation that is served over HTTP. */
export interface SimulationServer {
  /** `http://127.0.0.1:4010`: the endpoint of every service. */
  readonly url: string;
  readonly port: number;
  readonly clock: Clock;
  readonly simulation: Simulation;
  readonly close: () => Promise<void>;
}

/** Simulated clouds: one world, several doors. */
export interface Simulation {
  /** Follows simulated time. In `auto` mode its `sleep` jumps ahead when no call is in progress. */
  readonly clock: Clock;
  /**
   * Moves time ahead; resolves when everything that fell due on the way has happened.
   * @throws {RangeError} below 0, and past the year 9999
   */
  readonly advance: (ms: number) => Promise<void>;
  /** The calls of the clouds since the last reset, oldest first: the last 100,000 of them. */
  readonly journal: () => JournalEntry[];
  readonly faults: Pick<Faults, 'add' | 'list' | 'clear'>;
  /**
   * Raises or lowers quotas from now on, until `reset`, by the names in `quotas.ts`. What exists above a lowered quota stays.
   * @throws {RangeError} for a quota that does not exist, and for a value that is not a whole number ≥ 0
   */
  readonly setQuotas: (quotas: Readonly<Record<string, number>>) => void;
  /** Clouds, clock, journal and faults as at the start. */
  readonly reset: () => void;
  /** The whole world as plain JSON. */
  readonly world: () => SavedWorld;
  /**
   * A number that changes whenever a cloud may have changed: while it is the same, so are the resources. What has fallen due
   * happens first.
   */
  readonly version: () => number;
  /**
   * Continues from a saved world. @throws {TypeError} when it is not a saved world, or of another version.
   */
  readonly load: (world: unknown) => void;
  /**
   * Becomes the twin of what a snapshot shows, at the moment at which it was taken: the same resources under
   * the same ids, so that a change can be tried before it is made.
   * @returns what the twin lacks, a sentence each.
   * @throws {RangeError} for a region or account that cannot be one.
   */
  readonly loadSnapshot: (snapshot: Snapshot) => readonly string[];
  /** One operation, at once: no wire, no throttle, no faults, no journal. @throws {ServiceError} in the service's words. */
  readonly call: (target: CallTarget, input: unknown) => unknown;
  /**
   * One action of Alibaba Cloud, at once: no wire, no throttle, no faults, no journal. Parameters as the action gets them:
   * `{ Tag: [{ Key: 'a', Value: 'b' }] }`. @throws {AlibabaError} in the service's words
   */
  readonly callAlibaba: (target: AlibabaCallTarget, input: Readonly<Record<string, unknown>>) => unknown;
  /** A client of Alibaba Cloud that needs no wire. What it answers, the wire answers, too. */
  readonly alibaba: (region: string, options?: ClientOptions) => SimulatedAlibaba;
  /** Clients with the SDK's methods that need no wire. What they answer, the wire answers, too. */
  readonly clients: (region: string, options?: ClientOptions) => SimulatedClients;
  /**
   * Causes an event in a region that no call can cause. On AWS: a Direct Connect connection, a VPN device
   * that comes up, another account's answer, or a target that becomes unhealthy. On Alibaba Cloud: a domain
   * of a user's own, or the end of a group's move. Returns the ID of the resource that it created or changed.
   * @throws {RangeError} when what it refers to does not exist
   */
  readonly plant: (region: string, planted: Planted | PlantedAlibaba) => string;
  /**
   * Whether calls through a gateway's link reach an address and port, or a target that the gateway could
   * name. The result follows from the simulated network only: routes, security groups, network ACLs,
   * listeners, the return path. The port may be left out where the target names one. On Alibaba Cloud it
   * also answers whether callers (`internet`, `internet-ipv6`, a VPC, a gateway instance) are answered at a
   * domain of an API group.
   */
  readonly connects: (linkId: string, to: Destination, port?: number) => Reach;
  /** Calls to gateways: the same as over HTTP. */
  readonly traffic: {
    /**
     * Calls a gateway, and waits for its answer in simulated time.
     * @throws {RangeError} where no gateway has the name
     */
    readonly call: (call: TrafficCall) => Promise<TrafficAnswer>;
    /**
     * Makes calls as simulated time passes, spread evenly. Returns the job.
     * @throws {RangeError} for calls that cannot be made, and where no gateway has the name
     */
    readonly load: (spec: LoadSpec) => LoadJob;
    /**
     * Opens a connection to a WebSocket API: the connection, or the answer that refuses it.
     * @throws {RangeError} where no gateway has the name
     */
    readonly connect: (call: TrafficCall, peer: SocketPeer) => Promise<OpenConnection | TrafficAnswer>;
    /** What became of all calls since the last reset. */
    readonly counters: () => TrafficCounters;
    readonly resetCounters: () => void;
  };
  /** Who answers the calls that arrive at a private address and port. */
  readonly backends: Pick<Backends, 'add' | 'list' | 'remove'>;
  /** Serves HTTP on both loopback addresses; without a port, on a free one. */
  readonly listen: (options?: {
    readonly port?: number | undefined;
    /** Names that `Host` headers may have beside the loopback's, for port mappings of containers: `host.docker.internal`. */
    readonly allowHosts?: readonly string[] | undefined;
  }) => Promise<SimulationServer>;
  /** Puts the simulation behind the real endpoints inside this process, by nock. */
  readonly intercept: () => Promise<Interception>;
}

/**
 * Makes simulated clouds.
 * @throws {RangeError} for a seed, speed, account, quota, denied operation or start that is none
 */
export function simulate(options: SimulateOptions = {}): Simulation {
  refuseUnknown(options);
  const fill = (filled: World): void => {
    if (options.from === undefined) return;

    filled.ids.take(idsIn(options.from));
    loadSnapshot(filled, options.from);
  };
  const world = new World({
    seed: seedOf(options),
    startMs: startOf(options),
    mode: modeOf(options),
    dataPathDelay: dataPathDelayOf(options),
    faults: deniedOf(options).map((operation) => ({ operation, kind: 'deny' })),
    fill,
  });
  const throttle = options.throttle ?? true;
  const keys = options.verifySignatures ? new Map(Object.entries(options.verifySignatures.keys)) : undefined;
  const { aws: quotas, alibaba: alibabaQuotas } = quotasOf(options.quotas);
  const aws = new AwsCloud(world, { account: accountOf(options), throttle, quotas, keys });
  const alibaba = new AlibabaCloud(world, {
    account: alibabaAccountOf(options),
    throttle,
    quotas: alibabaQuotas,
    keys,
  });
  world.clouds.push(aws, alibaba);
  const clock = simulatedClock(world);
  const simulation: Simulation = {
    clock,
    advance: (ms) => world.advance(ms),
    journal: () => world.journal.list(),
    faults: {
      add: (rule) => world.faults.add(rule),
      list: () => world.faults.list(),
      clear: () => world.faults.clear(),
    },
    setQuotas: (changed) => {
      const set = quotasOf(changed);
      aws.dispatcher.setQuotas(set.aws);
      alibaba.dispatcher.setQuotas(set.alibaba);
    },
    reset: () => world.reset(),
    world: () => saveWorld(world),
    version: () => {
      world.settle();
      return world.version();
    },
    load: (saved) => loadWorld(world, saved),
    loadSnapshot: (snapshot) => loadSnapshot(world, snapshot),
    call: (target, input) => copied(aws.dispatcher.call(target, input)),
    alibaba: (region, options = {}) => alibaba.client(region, options),
    callAlibaba: (target, input) => copied(alibaba.dispatcher.call(target, input)),
    clients: (region, options = {}) => {
      const { dispatcher, gate } = aws;
      return simulatedClients({ world, dispatcher, gate, requestId: () => aws.requestId(), ...options }, region);
    },
    plant: (region, planted) => {
      world.settle();
      const id = plantIn(world.clouds, region, planted);
      if (id === undefined) throw new RangeError(`${region} is not a region of a simulated cloud.`);

      return id;
    },
    connects: (linkId, to, port) => {
      world.settle();
      const found = world.clouds.map((cloud) => cloud.connects?.(linkId, to, port)).find(Boolean);
      return found ?? { connects: false, by: 'link', because: `No cloud has a link ${linkId}.`, sources: [] };
    },
    traffic: trafficDoor(world.traffic),
    backends: world.traffic.backends,
    listen: async ({ port = 0, allowHosts } = {}) => {
      const listening = await listen(world, port, allowHosts);
      return { ...listening, url: `http://127.0.0.1:${listening.port}`, clock, simulation };
    },
    intercept: () => intercept(world),
  };
  fill(world);
  return simulation;
}

/** An answer that shares nothing with the state: a program may change it. */
function copied(output: unknown): unknown {
  return output instanceof Promise ? output.then(copyState) : copyState(output);
}

/** Core's clock, following a world's simulated time. */
function simulatedClock(world: World): Clock {
  const start = world.now();
  let latest = 0;
  return {
    now: () => world.now(),
    monotonicMs: () => {
      latest = Math.max(latest, world.now() - start); // a reset sets time back; durations never decrease
      return latest;
    },
    speed: () => world.time.speed,
    sleep: (ms, signal) => world.sleep(ms, signal),
  };
}

/**
 * The quotas that were set, by cloud.
 * @throws {RangeError} for one that does not exist, with those that are near, and for a value that is not a whole number ≥ 0
 */
function quotasOf(
  quotas: Readonly<Record<string, number>> = {},
): Readonly<Record<'aws' | 'alibaba', Map<string, number>>> {
  const split = { aws: new Map<string, number>(), alibaba: new Map<string, number>() };
  for (const [key, value] of Object.entries(quotas)) {
    const cloud = awsQuotas.has(key) ? 'aws' : alibabaQuotas.has(key) ? 'alibaba' : undefined;
    if (!cloud) {
      const known = [...QUOTAS, ...ALIBABA_QUOTAS].map((row) => row.key);
      const meant = quotasMeantBy(key, known);
      const hint = meant.length === 0 ? `there are ${known.join(', ')}.` : `did you mean ${meant.join(' or ')}?`;
      throw new RangeError(`No quota is called ${key}; ${hint}`);
    }
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Quota ${key} is a whole number ≥ 0.`);

    split[cloud].set(key, value);
  }
  return split;
}

/** The quotas that have all words of a name; of those that begin with it, the shortest. Singular and plural are one. */
function quotasMeantBy(name: string, known: readonly string[]): readonly string[] {
  const bare = (text: string): string => text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  const one = (text: string): string => text.replaceAll(/s\b/g, '');
  const exact = known.filter((key) => one(bare(key)) === one(bare(name)));
  if (exact.length > 0) return exact;

  const words = one(name.toLowerCase())
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const having = known.filter((key) => words.every((word) => one(key).split('-').includes(word)));
  const beginning = having.filter((key) => one(key).startsWith(words[0] ?? ''));
  return (words.length === 0 ? [] : beginning.length > 0 ? beginning : having).slice(0, 3);
}
