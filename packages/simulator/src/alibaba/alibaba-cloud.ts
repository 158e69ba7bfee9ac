import type { RegionSnapshot } from '@postern/core/internal/library';
import { newAlidns } from './alidns/state.js';
import { newAlibabaRegion } from './services.js';
import type { AlibabaState, AlibabaRegionState } from './state/alibaba-state.js';
import type { AccountOptions, Cloud, Destination } from '../simulation/world/cloud.js';
import { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { ClientOptions } from '../simulation/world/faults.js';
import { Gate } from '../simulation/dispatch/gate.js';
import { checkPlanted } from '../simulation/dispatch/planted-members.js';
import { SeededRandom } from '../simulation/time/seeded-random.js';
import type { Timer } from '../simulation/time/time.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import type { ConditionAt } from '../simulation/traffic/backends/backends.js';
import type { GatewayCall, Journey } from '../simulation/traffic/gateway-call.js';
import type { World } from '../simulation/world/world.js';
import { answered } from './callers/answered.js';
import type { Connection } from './connects/connection.js';
import { reaches } from './callers/destinations.js';
import { alibabaDispatch, type Alibaba } from './dispatch.js';
import { alibabaGate } from './gate.js';
import { simulatedAlibaba, type SimulatedAlibaba } from './in-process.js';
import { plant, PLANTED_FORMS, type PlantedAlibaba } from './plant.js';
import { ENDPOINTS } from './operation/operation.js';
import { findAlibabaRegion } from './operation/regions.js';
import { PRODUCT_HOST } from './request/rpc-request.js';
import { RoaDoor, RpcDoor } from './doors.js';
import { alibabaTwin } from './twin/load-regions.js';
import { Verifier } from './signature/verifier.js';
import { ApigDataPath } from './apig-data-path.js';
import { AlibabaDataPath } from './data-path.js';
import { GatewayCalls } from './gateway-calls.js';
import { WireDoor } from './wire-door.js';

/** Gives an account that was saved before something was simulated the empty tables for it. */
function completeState(state: AlibabaState): AlibabaState {
  const {
    peerings = new Map(),
    sessions = new Map(),
    alidns = newAlidns(),
    account,
  }: Partial<AlibabaState> & Pick<AlibabaState, 'account'> = state;
  const regions = [...state.regions].map(([name, region]) => [name, completeRegion(account, name, region)] as const);
  return { ...state, peerings, sessions, alidns, regions: new Map(regions) };
}

function completeRegion(account: string, region: string, saved: AlibabaRegionState): AlibabaRegionState {
  const { cloudApi, network, slb, apig } = newAlibabaRegion({
    region,
    account,
    now: 0,
    id: (prefix) => prefix,
    random: () => 0,
  });
  return {
    ...saved,
    cloudApi: { ...cloudApi, ...saved.cloudApi },
    network: { ...network, ...saved.network },
    slb: { ...slb, ...saved.slb },
    apig: { ...apig, ...saved.apig },
  };
}

/** The stream of request ids, beside those of the world and of AWS. */
const REQUEST_IDS = 5;

const ENDPOINT = new RegExp(`^https?://(${ENDPOINTS})(?:-[a-z0-9-]+)?(?:\\.[a-z0-9-]+)*\\.aliyuncs\\.com(:\\d+)?$`);
const GROUP_ORIGIN = /^https?:\/\/[a-z0-9-]+\.alicloudapi\.com(:\d+)?$/;
const GROUP_HOST = /^[a-z0-9-]+\.alicloudapi\.com$/;

/** Alibaba Cloud behind the port: one account, every region. */
export class AlibabaCloud implements Cloud {
  readonly name = 'alibaba';
  readonly plantedKinds = Object.keys(PLANTED_FORMS);
  readonly dispatcher: Dispatcher<Alibaba>;
  readonly #gate: Gate<Alibaba>;
  readonly #dataPath: AlibabaDataPath;
  readonly #apig: ApigDataPath;
  readonly #calls: GatewayCalls;
  readonly #rpc: RpcDoor;
  readonly #roa: RoaDoor;
  readonly #door: WireDoor;
  readonly #requestIds: SeededRandom;

  constructor(
    private readonly world: World,
    options: AccountOptions,
  ) {
    this.#requestIds = new SeededRandom(world.options.seed, REQUEST_IDS);
    this.dispatcher = new Dispatcher(world, alibabaDispatch, options.account, options.quotas);
    this.#gate = new Gate(world, this.dispatcher, alibabaGate, options.throttle);
    this.#dataPath = new AlibabaDataPath(world, this.dispatcher, () => this.#requestId(), options.throttle);
    this.#apig = new ApigDataPath(world, this.dispatcher, () => this.#requestId(), options.throttle);
    this.#calls = new GatewayCalls(world, this.dispatcher, this.#dataPath, this.#apig);
    this.#rpc = new RpcDoor(this.dispatcher, this.#gate, () => this.#requestId());
    this.#roa = new RoaDoor(this.dispatcher, this.#gate, () => this.#requestId());
    this.#door = new WireDoor(
      this.#rpc,
      this.#roa,
      new Verifier(options.keys, undefined, () => this.dispatcher.state.sessions),
    );
  }

  /** A client of a region that needs no wire. */
  client(region: string, options: ClientOptions): SimulatedAlibaba {
    return simulatedAlibaba(this.world, { rpc: this.#rpc, roa: this.#roa }, region, options);
  }

  plant(region: string, planted: unknown): string | undefined {
    if (!findAlibabaRegion(region)) return undefined;

    const checked = checkPlanted(planted, PLANTED_FORMS) as PlantedAlibaba;
    this.dispatcher.touch();
    return plant(this.dispatcher.context(region), checked);
  }

  /**
   * What a gateway instance reaches: an address, a private name, an authorization by id or name, or all that an API calls, by its id. And
   * whether callers of a group are answered at one of its domains: those in a VPC, on the `internet`, or on the `internet-ipv6`.
   */
  connects(linkId: string, to: Destination, port?: number): Connection | undefined {
    const { dispatcher, world } = this;
    const conditionAt: ConditionAt = (place) => world.traffic.backends.conditionAt(place);
    const moment = { alibaba: dispatcher.state, now: world.now(), conditionAt };
    return (typeof to === 'string' ? answered(moment, linkId, to) : undefined) ?? reaches(moment, linkId, to, port);
  }

  /** The services' endpoints, the domains of API groups, and those of users' own that groups and gateways have now. */
  get origins(): readonly RegExp[] {
    const own = [...this.#dataPath.customDomains(), ...this.#calls.customDomains()].map((name) => {
      const pattern = name.replaceAll('.', '\\.').replace('*', '[^./:]+');
      return new RegExp(`^https?://${pattern}(:\\d+)?$`, 'i');
    });
    return [ENDPOINT, GROUP_ORIGIN, ...own];
  }

  ownsHost(host: string): boolean {
    return GROUP_HOST.test(host) || this.hasGateway(host);
  }

  isEndpoint(host: string): boolean {
    return PRODUCT_HOST.test(host);
  }

  backendsChanged(): void {
    this.dispatcher.touch();
  }

  version(): number {
    return this.dispatcher.version;
  }

  hasGateway(host: string): boolean {
    return this.#calls.hasGateway(host);
  }

  startCall(call: GatewayCall): Journey | undefined {
    return this.#calls.startCall(call);
  }

  recognizes(request: WireRequest): boolean {
    return this.#door.recognizes(request);
  }

  handle(request: WireRequest): Promise<WireAnswer> {
    return Promise.resolve(this.#door.handle(request));
  }

  fire({ region, kind, data }: Timer): void {
    this.#gate.beforeChange();
    this.dispatcher.fire(region, kind, data);
  }

  save(): unknown {
    return this.dispatcher.state;
  }

  check(state: unknown): asserts state is AlibabaState {
    const alibaba = state as Partial<AlibabaState> | null;
    const maps = [alibaba?.regions, alibaba?.quotas, alibaba?.roles];
    if (typeof alibaba?.account !== 'string' || !maps.every((map) => map instanceof Map)) {
      throw new TypeError('The Alibaba Cloud part of this world is damaged.');
    }
  }

  load(state: unknown): void {
    this.check(state);
    this.dispatcher.replace(completeState(state));
    this.#gate.reset();
    this.#dataPath.reset();
    this.#apig.reset();
    this.#calls.reset();
  }

  /**
   * Puts the regions of a snapshot in the place of everything; see {@link alibabaTwin}.
   * @returns what the twin lacks
   * @throws {RangeError} for regions of several accounts
   */
  loadRegions(regions: readonly RegionSnapshot[]): readonly string[] {
    const { state, timers, lacks } = alibabaTwin(regions, this.world.now());
    this.load({ ...state, quotas: new Map([...state.quotas, ...this.dispatcher.quotas]) });
    for (const { after, ...timer } of timers)
      this.world.timers.add({ ...timer, at: this.world.now() + after, cloud: this.name });
    return lacks;
  }

  reset(): void {
    this.#requestIds.load(new SeededRandom(this.world.options.seed, REQUEST_IDS).save());
    this.dispatcher.replace();
    this.#gate.reset();
    this.#dataPath.reset();
    this.#apig.reset();
    this.#calls.reset();
  }

  /** `4C467B38-3910-547D-A7BC-AC049166F216`, from the world's seed. */
  #requestId(): string {
    const word = () => this.#requestIds.word();
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-5${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`.toUpperCase();
  }
}
