import { raise } from '../raise.js';
import type { Asked, BackendRequest, BackendResult } from './backends/backend.js';
import { Backends } from './backends/backends.js';
import { Counters } from './counters.js';
import { Figures } from './figures.js';
import {
  unknownGateway,
  type Ended,
  type GatewayAnswer,
  type GatewayCall,
  type Journey,
  type Underway,
} from './gateway-call.js';
import { Load, type LoadSpec, type LoadStatus } from './load.js';
import { RepeatedCalls, isTheGateways, resultOf, throughBalancer, timeOf, type Sent } from './repeated-calls.js';
import { type SocketPeer, type SocketStart, Sockets, type OpenSocket } from './sockets.js';
import type { TrafficWorld } from './traffic-world.js';

/** How often load jobs are looked after where time passes by itself, in real milliseconds. */
const LOOK_AFTER_MS = 50;

/** Calls to gateways: in process, over HTTP, and those that load jobs make. */
export class Traffic {
  readonly backends: Backends;
  /** Connections to WebSocket APIs that are open. */
  readonly sockets: Sockets;
  /** Of each minute, as monitoring shows them. */
  readonly figures = new Figures();
  readonly #counters = new Counters(this.figures);
  #loads = new Map<string, Load>();
  readonly #startedOverHttp = new Set<string>();
  #lastLoad = 0;
  #keeper: NodeJS.Timeout | undefined;

  readonly #repeating: ConstructorParameters<typeof RepeatedCalls>[0];

  constructor(private readonly world: TrafficWorld) {
    this.backends = new Backends({
      now: () => world.now(),
      changed: () => world.clouds.forEach((cloud) => cloud.backendsChanged?.()),
    });
    this.sockets = new Sockets({
      now: () => world.now(),
      at: (ms, action) => world.agenda.add(ms, action),
      travel: (journey) => this.#travel(journey),
    });
    this.#repeating = {
      world,
      backends: this.backends,
      counters: this.#counters,
      find: (call) => this.#find(call),
      findSocket: (call) => this.#findSocket(call),
      forwarded: (sent) => this.#forwarded(sent),
    };
  }

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
    return await this.#travel(this.#start(call));
  }

  /**
   * Opens a connection to a WebSocket API. @returns the connection, or the answer that refuses it
   * @throws {RangeError} where no gateway has the name
   */
  async connect(call: GatewayCall, peer: SocketPeer): Promise<OpenSocket | GatewayAnswer> {
    this.world.settle();
    const start = this.#findSocket(call) ?? raise(new RangeError(unknownGateway(call.host)));

    if ('answer' in start) return this.#travel(start);

    const answer = await this.#travel(start.connect);
    const agrees = answer.outcome === 'delivered' && answer.status < 300;
    return agrees ? this.sockets.open(start.session, answer.headers, peer) : answer;
  }

  /**
   * Sends a request to its backend outside of any call of a gateway. No simulated time passes; what a server of the user's own
   * does is a promise.
   * @param timeoutMs how long the sender waits
   */
  ask(request: BackendRequest, timeoutMs: number): Asked | Promise<Asked> {
    const sent = { request, timeoutMs };
    const behavior = this.backends.scripted(request);
    if (behavior) {
      const tookMs = timeOf(sent, behavior);
      return { result: resultOf(sent, behavior, tookMs), tookMs };
    }

    const startedAt = Date.now();
    return this.#forwarded(sent).then((result) => ({ result, tookMs: Date.now() - startedAt }));
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
   * Starts a load job. One that is started over HTTP ends with the server. @returns its ID
   * @throws {RangeError} for calls that cannot be made, and where no gateway has the name
   */
  load(spec: unknown, isOverHttp = false): string {
    this.world.settle();
    const calls = new RepeatedCalls(this.#repeating);
    const load = new Load(spec, {
      now: () => this.world.now(),
      at: (ms, action) => this.world.agenda.add(ms, action),
      call: (own, path, ended) => calls.make(own, path, ended),
    });
    const { gateway } = spec as LoadSpec;
    if (!this.hasGateway(gateway)) {
      load.stop();
      throw new RangeError(unknownGateway(gateway));
    }

    this.#lastLoad += 1;
    const id = `load-${this.#lastLoad}`;
    this.#loads.set(id, load);
    if (isOverHttp) this.#startedOverHttp.add(id);
    load.newStep(this.world.time.speed > 0);
    this.#keep();
    return id;
  }

  /** How a load job goes; undefined where there is none of this ID. */
  loadStatus(id: string): LoadStatus | undefined {
    this.world.settle();
    return this.#loads.get(id)?.status();
  }

  /** Makes one more call of each path of a load job now. */
  callNow(id: string): LoadStatus | undefined {
    this.world.settle();
    this.#loads.get(id)?.callNow();
    return this.#loads.get(id)?.status();
  }

  /** Ends a load job; its calls stay counted. Undefined where there is none of this ID. */
  endLoad(id: string): LoadStatus | undefined {
    this.world.settle();
    this.#loads.get(id)?.stop();
    return this.#loads.get(id)?.status();
  }

  /** Before time moves, or where it passes by itself. */
  newStep(isRealTime = false): void {
    for (const load of this.#loads.values()) load.newStep(isRealTime);
  }

  /** No server is up any longer: who started a load job over HTTP can no longer end it. */
  closed(): void {
    for (const id of this.#startedOverHttp) this.endLoad(id);
    this.#startedOverHttp.clear();
  }

  /** No calls, no jobs, no backends. */
  reset(): void {
    for (const load of this.#loads.values()) load.stop();
    clearInterval(this.#keeper);
    this.#keeper = undefined;
    this.#loads = new Map();
    this.#counters.reset();
    this.figures.reset();
    this.backends.reset();
    this.sockets.reset();
  }

  /** Carries out a journey in simulated time, and counts it. */
  async #travel(journey: Journey): Promise<GatewayAnswer> {
    const end = this.world.begin();
    try {
      const answer = await ('answer' in journey
        ? this.#later(journey.answer, journey.afterMs)
        : this.#exchange(journey));
      this.#counters.count(answer, this.world.now());
      return answer;
    } finally {
      end();
    }
  }

  #start(call: GatewayCall): Journey {
    return this.#find(call) ?? raise(new RangeError(unknownGateway(call.host)));
  }

  #find(call: GatewayCall): Journey | undefined {
    for (const cloud of this.world.clouds) {
      const journey = cloud.startCall?.(call);
      if (journey) return journey;
    }
    return undefined;
  }

  #findSocket(call: GatewayCall): SocketStart | Ended | undefined {
    return this.world.clouds.map((cloud) => cloud.startSocket?.(call)).find((one) => one !== undefined);
  }

  #exchange(journey: Underway): GatewayAnswer | Promise<GatewayAnswer> {
    const { request, finish } = journey;
    const behavior = this.backends.scripted(request);
    if (!behavior) return this.#forwarded(journey).then(finish);

    const afterMs = timeOf(journey, behavior);
    const answer = (): GatewayAnswer => finish(resultOf(journey, behavior, afterMs));
    return afterMs > 0 ? this.world.sleepDuringCall(afterMs).then(answer) : answer();
  }

  /** What a server of the user's own does, and the load balancer in front of it. */
  async #forwarded({ request, timeoutMs, streams }: Sent): Promise<BackendResult> {
    const pauseMs = request.balancer?.idleMs ?? Infinity;
    const limitMs = Math.min(timeoutMs, pauseMs);
    const stream = streams && { idleMs: Math.min(streams.idleMs, pauseMs), totalMs: timeoutMs };
    const result = await this.backends.forwarded(request, limitMs, stream);
    return isTheGateways(result, timeoutMs, limitMs) ? result : throughBalancer(request, result);
  }

  #later(answer: GatewayAnswer, afterMs = 0): GatewayAnswer | Promise<GatewayAnswer> {
    return afterMs > 0 ? this.world.sleepDuringCall(afterMs).then(() => answer) : answer;
  }

  /** Where time passes by itself, load jobs make their calls without being asked. */
  #keep(): void {
    if (this.world.time.speed === 0 || this.#keeper) return;

    const keeper = setInterval(() => {
      this.newStep(true);
      this.world.settle();
      if ([...this.#loads.values()].some((load) => load.isActive())) return;

      clearInterval(keeper);
      this.#keeper = undefined;
    }, LOOK_AFTER_MS);
    keeper.unref();
    this.#keeper = keeper;
  }
}
