import { CloudError, isPosternError, PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { machine, type Around, type MachineCall } from './machine.js';
import type { Scene } from './scene.js';

/** What one of the programs came to. */
export interface Ended {
  /** The link that it ended with. */
  readonly link?: string;
  /** Its error: `THROTTLED: GetVpcLinks: …`. */
  readonly error?: string;
  /** The links that it created, by the answers that it got. */
  readonly created: readonly string[];
}

/** What the calls of one program meet. */
export interface Trouble {
  /** The part of the calls whose answer is lost, after their effect. */
  readonly lost: number;
  /** The part of the calls that are refused by their rate, before any effect. */
  readonly throttled: number;
  /** For how long all of its reads are refused by their rate after its create, in milliseconds. */
  readonly stormMs: number;
}

/** Longest time between the first and the last start, in milliseconds. */
const APART_MS = 30_000;

/** Programs that make sure of one link at about the same time, each on a machine of its own, and what they came to. */
export async function programs(
  scene: Scene,
  seed: number,
  count: number,
  troubleOf: (at: number) => Trouble,
): Promise<readonly Ended[]> {
  const { spec, simulation } = scene;
  const [[name, { subnets = [], securityGroups = [], native }] = ['', {}]] = Object.entries(spec.links) as any;
  const start = async (at: number): Promise<Ended> => {
    const chances = new SeededRandom(seed, 100 + at);
    const random = (): number => chances.next();
    const created: string[] = [];
    const around = troubled(scene, troubleOf(at), random, created);
    const by = machine(simulation, { random, around });
    const driver = scene.driver(by);
    const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'shop-1', clock: by.clock, random, judge });
    await by.clock.sleep(APART_MS * random());
    try {
      const request = { name, subnets, securityGroups, ...(native && { native }) };
      const link = await gate.ensureLink(request, { allowPurchase: true });
      return { link: link.id, created };
    } catch (error) {
      if (!isPosternError(error)) throw error;
      return { error: `${error.code}: ${error.message}`, created };
    }
  };
  return Promise.all(Array.from({ length: count }, (_, at) => start(at)));
}

function troubled(
  { simulation, creates }: Scene,
  { lost, throttled, stormMs }: Trouble,
  random: () => number,
  created: string[],
): Around {
  let calmAtMs = Number.NEGATIVE_INFINITY;
  return async (call, send) => {
    const isCreate = call.operation === creates;
    if (!call.isWrite && simulation.clock.now() < calmAtMs) throw tooMany(call);
    if (random() < throttled) throw tooMany(call);
    const answer = await send();
    if (isCreate) {
      calmAtMs = simulation.clock.now() + stormMs;
      if (random() >= lost)
        created.push(
          (answer as Record<string, string>)[creates === 'CreateVpcLink' ? 'VpcLinkId' : 'InstanceId'] ?? '',
        );
      else throw broken();
    } else if (random() < lost) throw broken();
    return answer;
  };
}

function tooMany({ operation }: MachineCall): CloudError {
  return new CloudError('THROTTLED', 'Rate exceeded', { operation, status: 429, retryable: true });
}

function broken(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
