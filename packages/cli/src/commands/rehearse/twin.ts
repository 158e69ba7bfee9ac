import type { Clouds } from '@postern/core/internal/kinds';
import { cloudsOf } from '../../spec/brought-clouds.js';
import {
  createContext,
  InvalidInputError,
  UnsupportedError,
  type CallContext,
  type Driver,
  type Drivers,
  type Snapshot,
} from '@postern/core/internal/library';
import type { CallGateway } from '@postern/core/internal/probe';
import type { Simulation } from '@postern/simulator';
import type { Io } from '../../process/io.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';

/** Simulated clouds with the resources of a snapshot. */
export interface Twin {
  readonly snapshot: Snapshot;
  readonly clouds: Clouds;
  /** The file as it was named. */
  readonly file: string;
  readonly simulation: Simulation;
  /** What the twin does not have, one sentence each. */
  readonly lacks: readonly string[];
  readonly drivers: Drivers;
  readonly context: CallContext;
  /** Calls a gateway of the twin. */
  readonly callGateway: CallGateway;
}

/**
 * Makes the twin of a snapshot file in this process. Its time moves only while everything waits.
 * @throws {InvalidInputError} for a snapshot of several accounts of one cloud; {PosternError} for a file that is none
 */
export async function openTwin(io: Io, file: string, seed: number): Promise<Twin> {
  const snapshot = await readSnapshot(io, file);
  const clouds = await cloudsOf(io);
  for (const { provider } of snapshot.regions) {
    if (!DRIVERS.has(provider)) throw notSimulated(clouds.named(provider)?.title ?? provider, file);
  }
  const { simulate } = await import('@postern/simulator');
  const { simulation, lacks } = made(() => {
    const twin = simulate({ seed, clock: 'auto', from: snapshot });
    // Loaded already; this returns what could not be.
    return { simulation: twin, lacks: twin.loadSnapshot(snapshot) };
  });
  const known = new Map<string, Promise<Driver>>();
  const drivers: Drivers = ({ provider, region }) => {
    const load = DRIVERS.get(provider);
    if (load === undefined) throw notSimulated(clouds.named(provider)?.title ?? provider);
    if (!snapshot.regions.some((one) => one.provider === provider && one.region === region)) {
      throw new InvalidInputError('INVALID_INPUT', `${file} does not contain ${provider} ${region}`, {
        remedy: `Take a snapshot of that region: \`postern snapshot --provider ${provider} --region ${region}\`.`,
      });
    }

    const key = `${provider} ${region}`;
    const driver = known.get(key) ?? load(simulation, region);
    known.set(key, driver);
    return driver;
  };
  return {
    snapshot,
    clouds,
    file,
    simulation,
    lacks,
    drivers,
    context: createContext({ clock: simulation.clock, random: chances(seed), signal: io.signal }),
    callGateway: async ({ url, method, headers }) => {
      const { host, pathname, search } = new URL(url);
      const startMs = simulation.clock.monotonicMs();
      const answer = await simulation.traffic.call({ host, method, path: `${pathname}${search}`, headers });
      const texts = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const latencyMs = simulation.clock.monotonicMs() - startMs;
      return { status: answer.status, headers: Object.fromEntries(texts), latencyMs, body: answer.body };
    },
  };
}

/** The data path of a twin is that of the simulator, which no program extends. */
function notSimulated(title: string, file?: string): UnsupportedError {
  return new UnsupportedError(`no simulated cloud exists for ${title}, so that nothing of it can be rehearsed`, {
    place: file === undefined ? undefined : { file },
    remedy:
      file === undefined
        ? `Rehearse changes of ${[...DRIVERS.keys()].join(' and ')} alone.`
        : `Take a snapshot of regions of ${[...DRIVERS.keys()].join(' and ')} alone, with --provider.`,
  });
}

/** Drivers of the twin, by cloud: their calls do not leave this process. */
const DRIVERS = new Map<string, (simulation: Simulation, region: string) => Promise<Driver>>([
  [
    'aws',
    async (simulation, region) => (await import('@postern/aws')).aws({ region, clients: simulation.clients(region) }),
  ],
  [
    'alibaba',
    async (simulation, region) =>
      (await import('@postern/alibaba')).alibaba({ region, api: simulation.alibaba(region) }),
  ],
]);

/** Numbers in [0, 1) for the waits between attempts: the same for the same seed (Park and Miller). */
function chances(seed: number): () => number {
  const MODULUS = 2_147_483_647;
  let state = (seed % (MODULUS - 1)) + 1;
  return () => (state = (state * 48_271) % MODULUS) / MODULUS;
}

function made<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;

    throw new InvalidInputError('INVALID_INPUT', `the snapshot cannot be rehearsed: ${error.message}`, {
      cause: error,
      remedy: 'Take a snapshot of one account for each cloud.',
    });
  }
}
