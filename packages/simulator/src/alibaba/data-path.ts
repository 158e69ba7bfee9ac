import { type Dispatcher, TokenBuckets } from '../simulation/dispatch/dispatcher.js';
import { SeededRandom } from '../simulation/time/seeded-random.js';
import type { ConditionAt } from '../simulation/traffic/backends/backends.js';
import type { GatewayCall, Journey } from '../simulation/traffic/gateway-call.js';
import { drawOf, Views } from '../simulation/traffic/outcomes.js';
import { Published } from '../simulation/traffic/published.js';
import type { World } from '../simulation/world/world.js';
import type { CalledDomain } from './callers/answered.js';
import { domainsOfGroup } from './traditional/control/group.js';
import { SERVING } from './connects/connection.js';
import type { Alibaba } from './dispatch.js';
import type { ApiVersionRow } from './traditional/control/state.js';
import { Nonces } from './traditional/served/application/nonces.js';
import { behindOf, type Behind } from './traditional/served/behind.js';
import { Deliveries, type Choose } from './traffic/delivery.js';
import { carry } from './traditional/served/group.js';
import { groupsChangedBy, isSameGroupView, readGroupView, type GroupView } from './traditional/served/group-view.js';
import { PluginMemory } from './traditional/served/plugins/memory.js';
import type { Ground } from './traditional/served/received.js';

/** The stream of chances of the data path, beside those of the world and of AWS. */
const CHANCES = 8;

/** How often a call may go from one group to another. */
const MOST_GROUPS = 5;

/** What is read once for each version of the simulated world. */
interface Known {
  readonly version: number;
  /** The domains of all groups, by name. */
  readonly domains: ReadonlyMap<string, CalledDomain>;
  /** What is behind a version of an API, by the instance that calls it. */
  readonly behind: Map<ApiVersionRow, Map<string, Behind>>;
}

/** The data path of groups of APIs. */
export class AlibabaDataPath {
  readonly #published: Published<GroupView>;
  readonly #buckets = new TokenBuckets();
  readonly #deliveries = new Deliveries();
  readonly #random: SeededRandom;
  readonly #views: Views<GroupView>;
  readonly #nonces = new Nonces();
  readonly #memory = new PluginMemory();
  #known: Known | undefined;

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher<Alibaba>,
    private readonly requestId: () => string,
    private readonly throttles: boolean,
  ) {
    this.#random = new SeededRandom(world.options.seed, CHANCES);
    const readNow = (name: string, id: string): GroupView | undefined => {
      const region = dispatcher.state.regions.get(name);
      return region && readGroupView(region, id);
    };
    this.#views = new Views(() => dispatcher.version, readNow, isSameGroupView);
    this.#published = new Published(world, (key) => this.#views.read(key));
    dispatcher.aroundWrite = ({ product }, input, region, write) =>
      product === 'CloudAPI' ? this.#around(input, region, write) : write();
  }

  /** Whether a group has this domain. */
  hasGateway(host: string): boolean {
    return this.#find(host) !== undefined;
  }

  /** The domains of users' own that groups have. */
  customDomains(): readonly string[] {
    return [...this.#now().domains.values()]
      .filter(({ domain }) => domain.kind === 'custom')
      .map(({ domain }) => domain.name);
  }

  /** What the group of this domain does with a call; undefined where none has it. */
  startCall(call: GatewayCall, from?: string, groups = 0): Journey | undefined {
    const domain = this.#find(call.host);
    const view = domain && this.#published.get(`${domain.state.name}/${domain.group.id}`);
    return view && carry(this.#ground(domain, groups), domain, view, call, from);
  }

  /** Buckets are full, and nothing is on its way to the data path. */
  reset(): void {
    this.#buckets.reset();
    this.#published.reset();
    this.#views.reset();
    this.#nonces.reset();
    this.#memory.reset();
    this.#known = undefined;
    this.#random.load(new SeededRandom(this.world.options.seed, CHANCES).save());
  }

  #around<T>(input: unknown, region: string, write: () => T): T {
    const state = this.dispatcher.state.regions.get(region);
    const keys = state ? groupsChangedBy(state, input).map((id) => `${region}/${id}`) : [];
    return keys.reduce((run, key) => () => this.#published.around(key, run), write)();
  }

  #find(host: string): CalledDomain | undefined {
    const { domains } = this.#now();
    return domains.get(host) ?? domains.get(host.replace(/^[^.]+/, '*'));
  }

  #now(): Known {
    const { version, state } = this.dispatcher;
    if (this.#known?.version === version) return this.#known;

    const domains = new Map<string, CalledDomain>();
    for (const region of state.regions.values()) {
      for (const group of region.cloudApi.groups.values()) {
        for (const domain of domainsOfGroup(group, region.name)) {
          domains.set(domain.name.toLowerCase(), { state: region, group, domain });
        }
      }
    }
    this.#known = { version, domains, behind: new Map() };
    return this.#known;
  }

  #ground({ state }: CalledDomain, groups: number): Ground {
    const { dispatcher, world } = this;
    const random = (): number => this.#random.next();
    const { decisions } = world;
    const choose: Choose = (weights) =>
      decisions.take(typeof weights === 'function' ? () => drawOf(weights(), random)() : drawOf(weights, random));
    const { name: region } = state;
    const conditionAt: ConditionAt = (place) => world.traffic.backends.conditionAt(place);
    return {
      now: () => world.now(),
      choose,
      decisions,
      requestId: this.requestId,
      nonces: this.#nonces,
      memory: this.#memory,
      admits: (bucket) => {
        if (!this.throttles) return true;

        decisions.differByCall();
        return this.#buckets.take({ ...bucket, key: `${region}/${bucket.key}` }, world.now());
      },
      behind: (link, published) => {
        if (published.isRouted === true) return behindOf({ state, link }, published);

        const { behind } = this.#now();
        const { version } = published;
        const known = behind.get(version)?.get(link.id);
        if (known) return known;

        const found = behindOf({ state, link }, published);
        behind.set(version, (behind.get(version) ?? new Map<string, Behind>()).set(link.id, found));
        return found;
      },
      deliver: (call) =>
        this.#deliveries.deliver(
          { alibaba: dispatcher.state, region, now: world.now(), conditionAt, choose, decisions },
          dispatcher.version,
          call,
        ),
      callGroup: (call, from) => (groups < MOST_GROUPS ? this.startCall(call, from, groups + 1) : undefined),
      broken: (id) => {
        const status = dispatcher.state.regions.get(region)?.cloudApi.instances.get(id)?.status ?? 'gone';
        return SERVING.has(status) ? undefined : `Instance ${id} is ${status}.`;
      },
    };
  }
}
