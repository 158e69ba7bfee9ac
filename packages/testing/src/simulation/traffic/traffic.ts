import type { World } from '../world/world.js';
import type { BackendResult } from './backend.js';
import { answerOf, Backends } from './backends.js';
import { Counters } from './counters.js';
import { NOWHERE, type GatewayAnswer, type GatewayCall, type Journey, type Underway } from './gateway-call.js';
import { Load, type LoadSpec, type LoadStatus } from './load.js';
import type { Outcome } from './outcomes.js';

const NOTHING = new Uint8Array();
/** The caller, where it has no address of its own: one that is reserved for documentation. */
export const CALLER = '203.0.113.10';
/** How often load jobs are looked after where time passes by itself, in real milliseconds. */
const LOOK_AFTER_MS = 50;

/** Calls to gateways: in process, over HTTP, and those that load jobs make. */
export class Traffic {
  readonly backends = new Backends();
  readonly #counters = new Counters();
  #loads = new Map<string, Load>();
  #lastLoad = 0;
  #keeper: NodeJS.Timeout | undefined;

  constructor(private readonly world: World) {}

  /** Whether a gateway has this name now. */
  hasGateway(host: string): boolean {
    return this.world.clouds.some((cloud) => cloud.hasGateway?.(host));
  }

  /**
   * Calls a gateway and waits for the answer, in simulated time.
   * @throws {RangeError} where no gateway has the name
   */
  async call(call: GatewayCall): Promise<GatewayAnswer> {
    this.world.settle();
    const journey = this.#start(call);
    const end = this.world.begin();
    try {
      const answer =
        'answer' in journey ? await this.#later(journey.answer, journey.afterMs) : await this.#exchange(journey);
      this.#counters.count(answer, this.world.now());
      return answer;
    } finally {
      end();
    }
  }

  /** What became of all calls since the last reset. */
  counters(): ReturnType<Counters['list']> {
    this.world.settle();
    return this.#counters.list();
  }

  /** The counters are 0 again. */
  resetCounters(): void {
    this.world.settle();
    this.#counters.reset();
  }

  /**
   * Starts a load job. @returns its ID
   * @throws {RangeError} for calls that cannot be made, and where no gateway has the name
   */
  load(spec: unknown): string {
    this.world.settle();
    const load = new Load(spec, {
      now: () => this.world.now(),
      at: (ms, action) => this.world.agenda.add(ms, action),
      call: (own, path, ended) => this.#callForLoad(own, path, ended),
    });
    const { gateway } = spec as LoadSpec;
    if (!this.hasGateway(gateway)) {
      load.stop();
      throw new RangeError(unknownGateway(gateway));
    }
    this.#lastLoad += 1;
    const id = `load-${this.#lastLoad}`;
    this.#loads.set(id, load);
    this.#keep();
    return id;
  }

  /** How a load job goes; undefined where there is none of this ID. */
  loadStatus(id: string): LoadStatus | undefined {
    this.world.settle();
    return this.#loads.get(id)?.status();
  }

  /** Ends a load job; its calls stay counted. Undefined where there is none of this ID. */
  endLoad(id: string): LoadStatus | undefined {
    this.world.settle();
    this.#loads.get(id)?.stop();
    return this.#loads.get(id)?.status();
  }

  /** Before time moves. */
  newStep(): void {
    for (const load of this.#loads.values()) load.newStep();
  }

  /** No calls, no jobs, no backends. */
  reset(): void {
    for (const load of this.#loads.values()) load.stop();
    clearInterval(this.#keeper);
    this.#keeper = undefined;
    this.#loads = new Map();
    this.#counters.reset();
    this.backends.remove();
  }

  #start(call: GatewayCall): Journey {
    const journey = this.#find(call);
    if (!journey) throw new RangeError(unknownGateway(call.host));
    return journey;
  }

  #find(call: GatewayCall): Journey | undefined {
    for (const cloud of this.world.clouds) {
      const journey = cloud.startCall?.(call);
      if (journey) return journey;
    }
    return undefined;
  }

  async #exchange(journey: Underway): Promise<GatewayAnswer> {
    const { request, timeoutMs, finish } = journey;
    const behavior = this.backends.scripted(request);
    if (!behavior) return finish(await this.backends.forwarded(request, timeoutMs));
    const { delayMs = 0 } = behavior;
    if (delayMs > timeoutMs) return this.#later(finish({ kind: 'timeout' }), timeoutMs);
    if (delayMs > 0) await this.world.sleepDuringCall(delayMs);
    return finish(arrived(journey, answerOf(behavior, request), delayMs));
  }

  async #later(answer: GatewayAnswer, afterMs = 0): Promise<GatewayAnswer> {
    if (afterMs > 0) await this.world.sleepDuringCall(afterMs);
    return answer;
  }

  /** The same without waiting: as time passes, answers that took time are counted at their moment. */
  #callForLoad({ gateway, method = 'GET', headers = {} }: LoadSpec, path: string, ended: Ended): void {
    const call = { host: gateway, method, path, headers, body: NOTHING, sourceIp: CALLER };
    const count = (answer: GatewayAnswer): void => {
      this.#counters.count(answer, this.world.now());
      ended(answer.outcome, this.world.now());
    };
    const later = (ms: number, answer: () => GatewayAnswer): void => {
      if (ms === 0) count(answer());
      else this.world.agenda.add(this.world.now() + ms, () => count(answer()));
    };
    const journey = this.#find(call);
    if (!journey) return count(noGateway(gateway));
    if ('answer' in journey) return later(journey.afterMs ?? 0, () => journey.answer);
    const { request, timeoutMs, finish } = journey;
    const behavior = this.backends.scripted(request);
    if (!behavior) {
      const end = this.world.begin();
      void this.backends
        .forwarded(request, timeoutMs)
        .then((result) => count(finish(result)))
        .finally(end);
      return;
    }
    const { delayMs = 0 } = behavior;
    if (delayMs > timeoutMs) later(timeoutMs, () => finish({ kind: 'timeout' }));
    else later(delayMs, () => finish(arrived(journey, answerOf(behavior, request), delayMs)));
  }

  /** Where time passes by itself, load jobs make their calls without being asked. */
  #keep(): void {
    if (this.world.time.speed === 0 || this.#keeper) return;
    const keeper = setInterval(() => {
      this.newStep();
      this.world.settle();
      if ([...this.#loads.values()].some((load) => load.isActive())) return;
      clearInterval(keeper);
      this.#keeper = undefined;
    }, LOOK_AFTER_MS);
    keeper.unref();
    this.#keeper = keeper;
  }
}

type Ended = (outcome: Outcome, at: number) => void;

/** What arrives of an answer that took time: nothing where the connection no longer exists. */
function arrived({ broken }: Underway, result: BackendResult, delayMs: number): BackendResult {
  const because = delayMs > 0 ? broken?.() : undefined;
  return because === undefined ? result : { kind: 'reset', because };
}

/** The gateway of a load job was deleted: its name leads nowhere. */
function noGateway(host: string): GatewayAnswer {
  const trace = { ...NOWHERE, gateway: host };
  return { status: 404, headers: {}, body: '', outcome: 'gone', because: unknownGateway(host), trace };
}

const unknownGateway = (host: string): string => `No gateway is called ${host.slice(0, 253)}.`;
