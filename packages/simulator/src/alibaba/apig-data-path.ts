import { type Dispatcher, TokenBuckets } from '../simulation/dispatch/dispatcher.js';
import { SeededRandom } from '../simulation/time/seeded-random.js';
import { isSettled } from '../simulation/traffic/backends/backend.js';
import type { ConditionAt } from '../simulation/traffic/backends/backends.js';
import { drawOf, Views } from '../simulation/traffic/outcomes.js';
import type { GatewayCall, Journey } from '../simulation/traffic/gateway-call.js';
import { Published } from '../simulation/traffic/published.js';
import type { World } from '../simulation/world/world.js';
import { endpointsOf, healthOfService } from './cloud-native/control/service.js';
import type { ApigServiceRow } from './cloud-native/control/state.js';
import type { Alibaba } from './dispatch.js';
import type { AlibabaRegionState } from './state/alibaba-state.js';
import { Deliveries, type Choose } from './traffic/delivery.js';
import { carryThroughGateway } from './cloud-native/served/gateway.js';
import { isSameApigView, readApigView, type ApigView } from './cloud-native/served/callable-routes.js';
import type { ApigGround } from './cloud-native/served/backend-call.js';
import type { CalledPlace } from './traffic/places.js';

/** The stream of chances of this data path, beside the others. */
const CHANCES = 11;
/** How long health that changes with time counts as unchanged, in simulated milliseconds. */
const HEALTH_MS = 1_000;

/** Unhealthy endpoints, and for how long that holds; simulated milliseconds since the epoch. */
interface Found {
  readonly version: number;
  readonly at: number;
  readonly until: number;
  readonly unhealthy: readonly string[];
}

/** The data path of gateways of Cloud-native API Gateway. */
export class ApigDataPath {
  readonly #published: Published<ApigView>;
  readonly #views: Views<ApigView>;
  readonly #buckets = new TokenBuckets();
  readonly #deliveries = new Deliveries();
  readonly #random: SeededRandom;
  /** What health checks have found, for one version of the account. */
  readonly #health = new WeakMap<ApigServiceRow, Found>();

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher<Alibaba>,
    private readonly requestId: () => string,
    private readonly throttles: boolean,
  ) {
    this.#random = new SeededRandom(world.options.seed, CHANCES);
    const readNow = (name: string, id: string): ApigView | undefined => {
      const region = dispatcher.state.regions.get(name);
      return region && readApigView(region, id);
    };
    this.#views = new Views(() => dispatcher.version, readNow, isSameApigView);
    this.#published = new Published(world, (key) => this.#views.read(key));
    const { aroundWrite } = dispatcher;
    dispatcher.aroundWrite = (operation, input, region, write) =>
      operation.product === 'APIG' ? this.#around(region, write) : aroundWrite(operation, input, region, write);
  }

  /** Takes one of several by weight, from the stream of this data path. */
  draw(weights: readonly number[]): number {
    return drawOf(weights, () => this.#random.next())();
  }

  /** What a gateway does with a call; undefined where there is none. */
  startCall(
    call: GatewayCall,
    { region, gatewayId, via }: Extract<CalledPlace, { kind: 'gateway' }>,
  ): Journey | undefined {
    const state = this.dispatcher.state.regions.get(region);
    const view = this.#published.get(`${region}/${gatewayId}`);
    // The status of a gateway is never late.
    const gateway = state?.apig.gateways.get(gatewayId);
    return (
      state &&
      view &&
      gateway &&
      carryThroughGateway(this.#ground(state), gateway === view.gateway ? view : { ...view, gateway }, call, via)
    );
  }

  /** Buckets are full, and nothing is on its way to the data path. */
  reset(): void {
    this.#buckets.reset();
    this.#published.reset();
    this.#views.reset();
    this.#random.load(new SeededRandom(this.world.options.seed, CHANCES).save());
  }

  /** Any write may concern any gateway of the region. */
  #around<T>(region: string, write: () => T): T {
    const ids = [...(this.dispatcher.state.regions.get(region)?.apig.gateways.keys() ?? [])];
    return ids.reduce((run, id) => () => this.#published.around(`${region}/${id}`, run), write)();
  }

  #ground(state: AlibabaRegionState): ApigGround {
    const { dispatcher, world } = this;
    const { decisions } = world;
    const { state: alibaba } = dispatcher;
    const { name: region } = state;
    const random = (): number => this.#random.next();
    const choose: Choose = (weights) =>
      decisions.take(typeof weights === 'function' ? () => drawOf(weights(), random)() : drawOf(weights, random));
    const conditionAt: ConditionAt = (place) => world.traffic.backends.conditionAt(place);
    return {
      alibaba,
      state,
      now: () => world.now(),
      realNow: Date.now,
      choose,
      decisions,
      conditionAt,
      requestId: this.requestId,
      admits: (bucket) => {
        if (!this.throttles) return true;

        decisions.differByCall();
        return this.#buckets.take({ ...bucket, key: `${region}/${bucket.key}` }, world.now());
      },
      deliver: (call) =>
        this.#deliveries.deliver(
          { alibaba, region, now: world.now(), conditionAt, choose, decisions },
          dispatcher.version,
          call,
        ),
      endpoints: (service) => this.#endpoints(state, service, conditionAt),
    };
  }

  #endpoints(
    state: AlibabaRegionState,
    service: ApigServiceRow,
    conditionAt: ConditionAt,
  ): ReturnType<ApigGround['endpoints']> {
    const alibaba = this.dispatcher.state;
    const all = endpointsOf(alibaba, service);
    if (service.healthCheck?.enable !== true) return { all, unhealthy: [] };

    const now = this.world.now();
    const { version } = this.dispatcher;
    const known = this.#health.get(service);
    const isFresh = known?.version === version && now >= known.at && now < known.until;
    if (!isFresh) {
      const failsFrom =
        service.checkedFrom + service.healthCheck.unhealthyThreshold * service.healthCheck.interval * 1000;
      const isMoving = now < failsFrom || all.some(({ address, port }) => !isSettled(conditionAt({ address, port })));
      const { unhealthy } = healthOfService({ alibaba, region: state.name, now, conditionAt }, service);
      this.#health.set(service, { version, at: now, until: isMoving ? now + HEALTH_MS : Infinity, unhealthy });
    }
    const { until = Infinity, unhealthy = [] } = this.#health.get(service) ?? {};
    this.world.decisions.changeAt(until);
    return { all, unhealthy };
  }
}
