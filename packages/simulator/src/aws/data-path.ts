import { type Dispatcher, TokenBuckets, type Bucket } from '../simulation/dispatch/dispatcher.js';
import { SeededRandom } from '../simulation/time/seeded-random.js';
import type { Ended, GatewayAnswer, GatewayCall, Journey } from '../simulation/traffic/gateway-call.js';
import type { ConditionAt } from '../simulation/traffic/backends/backends.js';
import { drawOf, Views } from '../simulation/traffic/outcomes.js';
import { Published } from '../simulation/traffic/published.js';
import type { SocketStart } from '../simulation/traffic/sockets.js';
import type { World } from '../simulation/world/world.js';
import { useVpcLink } from './http-apis/control/vpc-link.js';
import type { Aws } from './dispatch.js';
import type { NetworkChecks } from './operation/operation.js';
import type { RegionState } from './state/aws-state.js';
import { isSameView, readView, type ApiView, type RestView } from './traffic/throttled.js';
import { Deliveries } from './traffic/delivery.js';
import { isPermitted } from './traffic/caller-headers.js';
import { closedTo, domainOf, forbidden, mappingOf, unmapped, type Domain } from './traffic/domains.js';
import { type Ground, type Mapped, traceId } from './traffic/front.js';
import { httpApi } from './http-apis/served/http-api.js';
import { CacheEntries, QuotaUse } from './rest-apis/served/between-calls.js';
import { restApi } from './rest-apis/served/rest-api.js';
import { management } from './http-apis/served/web-socket/management.js';
import { webSocket } from './http-apis/served/web-socket/web-socket.js';

/** The stream of chances of the data path, beside those of the world. */
const CHANCES = 7;
/** The stream of the ways that calls take: what IDs they get does not change it. */
const FORKS = 9;
/** The stream of what load balancers add to traces: it does not change the IDs of calls. */
const TRACES = 10;
/** How exactly it is known when a link was last used, in simulated milliseconds. */
const USED_MS = 60_000;
/** The name of a private API may have the VPC endpoint that it is called by. */
const HOST = /^([a-z0-9]{1,63})(?:-vpce-[0-9a-f]+)?\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** What DNS records of a regional domain name point to. Calls have the domain name itself as their host. */
const REGIONAL_NAME = /^d-[a-z0-9]{10}\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/** The gateway that a name belongs to. */
interface Found {
  readonly region: RegionState;
  readonly id: string;
  readonly mapped: Mapped | undefined;
}

/** The API that a call is for. */
interface Viewed {
  /** By which changes of the API are published. */
  readonly key: string;
  readonly view: ApiView | RestView;
  readonly ground: Ground;
  readonly mapped: Mapped | undefined;
}

/** The data path of HTTP, REST and WebSocket APIs. */
export class AwsDataPath {
  readonly #published: Published<ApiView | RestView>;
  readonly #buckets = new TokenBuckets();
  readonly #quotas = new QuotaUse();
  readonly #cache = new CacheEntries();
  readonly #deliveries = new Deliveries();
  readonly #random: SeededRandom;
  readonly #forks: SeededRandom;
  readonly #traces: SeededRandom;
  readonly #conditionAt: ConditionAt;
  readonly #grounds = new WeakMap<RegionState, { version: number; ground: Ground }>();
  readonly #views: Views<ApiView | RestView>;

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher<Aws>,
    private readonly requestId: () => string,
    private readonly throttles: boolean,
    private readonly networkChecks: NetworkChecks,
  ) {
    this.#conditionAt = (place) => world.traffic.backends.conditionAt(place);
    this.#random = new SeededRandom(world.options.seed, CHANCES);
    this.#forks = new SeededRandom(world.options.seed, FORKS);
    this.#traces = new SeededRandom(world.options.seed, TRACES);
    const readNow = (name: string, id: string): ApiView | RestView | undefined => {
      const region = dispatcher.state.regions.get(name);
      return region && readView(region, id);
    };
    this.#views = new Views(() => dispatcher.version, readNow, isSameView);
    this.#published = new Published(world, (key) => this.#views.read(key));
    dispatcher.aroundWrite = ({ service }, input, region, write) => {
      const id = service.startsWith('apigateway') ? gatewayOf(input) : undefined;
      return id === undefined ? write() : this.#published.around(`${region}/${id}`, write);
    };
  }

  /** Whether a gateway has this name. */
  hasGateway(host: string): boolean {
    return this.#byOwnName(host) !== undefined || domainOf(this.dispatcher.state, host) !== undefined;
  }

  /** The answer at a name that has the form of an API's, where there is none. */
  unserved(host: string): GatewayAnswer | undefined {
    if (REGIONAL_NAME.test(host)) {
      return forbidden(host, 'A regional domain name is called by its custom domain name as the host.', this.#ids());
    }

    return HOST.test(host) ? forbidden(host, `There is no API at ${host}.`, this.#ids()) : undefined;
  }

  /** What the gateway does with a call; undefined where none has the name. */
  startCall(call: GatewayCall): Journey | undefined {
    const at = this.#viewOf(call);
    if (at === undefined || 'answer' in at) return at;

    const { ground, view, mapped } = at;
    if (view.kind === 'websocket') return management(ground, view, call, this.world.traffic.sockets, mapped);

    return view.kind === 'rest' ? restApi(ground, view, call, mapped) : httpApi(ground, view, call, mapped);
  }

  /** What a WebSocket API does with a request for a connection; undefined where none has the name. */
  startSocket(call: GatewayCall): SocketStart | Ended | undefined {
    const at = this.#viewOf(call);
    if (at === undefined || 'answer' in at) return at;

    const { key, ground, mapped } = at;
    const current = (): ApiView | undefined => {
      const view = this.#published.get(key);
      return view?.kind === 'websocket' ? view : undefined;
    };
    const view = current();
    return view && webSocket(ground, view, call, current, mapped);
  }

  /** The API that a call is for, as the data path has it, or the answer of the front door. */
  #viewOf(call: GatewayCall): Viewed | Ended | undefined {
    const own = this.#byOwnName(call.host);
    const domain = own ? undefined : domainOf(this.dispatcher.state, call.host);
    const closed = domain && !isPermitted(call) ? closedTo(domain.row) : undefined;
    if (closed !== undefined) return { answer: forbidden(call.host, closed, this.#ids(), 'unauthorized') };

    const found = own ?? (domain && this.#byMapping(domain, call.path));
    const key = found && `${found.region.name}/${found.id}`;
    const view = key === undefined ? undefined : this.#published.get(key);
    if (!found || key === undefined || !view) return domain && unmapped(call, this.#ids());

    return { key, view, ground: this.#ground(found.region), mapped: found.mapped };
  }

  /** Buckets are full, and nothing is on its way to the data path. */
  reset(): void {
    this.#buckets.reset();
    this.#quotas.reset();
    this.#cache.reset();
    this.#published.reset();
    this.#views.reset();
    this.#random.load(new SeededRandom(this.world.options.seed, CHANCES).save());
    this.#forks.load(new SeededRandom(this.world.options.seed, FORKS).save());
    this.#traces.load(new SeededRandom(this.world.options.seed, TRACES).save());
  }

  #byOwnName(host: string): Found | undefined {
    const [, id = '', name = ''] = HOST.exec(host) ?? [];
    const region = this.dispatcher.state.regions.get(name);
    if (!region) return undefined;

    const isKnown = region.apiGateway.apis.has(id) || region.restApi.apis.has(id);
    return isKnown || this.#published.get(`${name}/${id}`) ? { region, id, mapped: undefined } : undefined;
  }

  #byMapping({ region, row }: Domain, path: string): Found | undefined {
    const found = mappingOf(row, path);
    return found && { region, ...found };
  }

  #ids(): Parameters<typeof unmapped>[1] {
    return { now: this.world.now(), random: () => this.#random.next(), requestId: this.requestId };
  }

  /** What the calls of a region have in common; made anew when the account has changed. */
  #ground(region: RegionState): Ground {
    const { version } = this.dispatcher;
    const known = this.#grounds.get(region);
    if (known?.version === version) return known.ground;

    const ground = this.#newGround(region);
    this.#grounds.set(region, { version, ground });
    return ground;
  }

  #newGround(region: RegionState): Ground {
    const { state: aws, version } = this.dispatcher;
    const { decisions } = this.world;
    const random = (): number => this.#forks.next();
    const choose = (weights: readonly number[]): number => decisions.take(drawOf(weights, random));
    const common = { region, now: () => this.world.now(), choose, decisions };
    const uses = (linkId: string): void => this.#use(region, linkId);
    const newTraceId = (): string => traceId(this.world.now(), () => this.#traces.next());
    const { networkChecks } = this;
    const ways = { ...common, aws, uses, conditionAt: this.#conditionAt, networkChecks, traceId: newTraceId };
    return {
      ...common,
      random: () => this.#random.next(),
      account: aws.account,
      version,
      requestId: this.requestId,
      admits: (bucket: Bucket) => !this.throttles || this.#takes(bucket),
      spends: (spending) => {
        decisions.differByCall();
        return this.#quotas.spend(spending);
      },
      cache: this.#cache,
      deliver: (call) => this.#deliveries.deliver(ways, version, call),
    };
  }

  #takes(bucket: Bucket): boolean {
    this.world.decisions.differByCall();
    return this.#buckets.take(bucket, this.world.now());
  }

  /** A link that carries calls stays awake; one that is INACTIVE starts to wake. Once a minute is enough to know. */
  #use(region: RegionState, linkId: string): void {
    const link = region.apiGateway.vpcLinks.get(linkId);
    if (!link) return;

    const { VpcLinkStatus: status } = link.fields;
    const now = this.world.now();
    const isKnown = now - link.lastUsedAt < USED_MS;
    if (status === 'AVAILABLE') this.world.decisions.changeAt((isKnown ? link.lastUsedAt : now) + USED_MS);
    if (status === 'AVAILABLE' && isKnown) return;
    if (status !== 'AVAILABLE' && status !== 'INACTIVE') return;

    useVpcLink(this.dispatcher.context(region.name), linkId);
    if (status === 'INACTIVE') this.dispatcher.touch();
  }
}

/** The API that a write of API Gateway changes. */
function gatewayOf(input: unknown): string | undefined {
  const { ApiId, restApiId } = input as { readonly ApiId?: string; readonly restApiId?: string };
  return ApiId ?? restApiId;
}
