import { emptyRegion, newGlobals } from './services.js';
import type { AwsState, RegionState } from './state/aws-state.js';
import type { AccountOptions, Cloud, Destination } from '../simulation/world/cloud.js';
import { Dispatcher } from '../simulation/dispatch/dispatcher.js';
import { Gate } from '../simulation/dispatch/gate.js';
import { SeededRandom } from '../simulation/time/seeded-random.js';
import type { Timer } from '../simulation/time/time.js';
import type { WireAnswer, WireRequest } from '../simulation/wire.js';
import type { ConditionAt } from '../simulation/traffic/backends/backends.js';
import type { Ended, GatewayAnswer, GatewayCall, Journey } from '../simulation/traffic/gateway-call.js';
import type { SocketStart } from '../simulation/traffic/sockets.js';
import type { World } from '../simulation/world/world.js';
import type { Connection } from './connects/connection.js';
import { connects } from './connects/connects.js';
import { awsDispatch, type Aws } from './dispatch.js';
import { awsGate } from './gate.js';
import { plant } from './plant.js';
import { PLANTED_KINDS, plantedOf } from './planted-form.js';
import { watchCutOff, watchServices } from './ecs/index.js';
import { HealthChecks } from './connects/health-checks.js';
import { isRegion } from './ec2/subnet/zones.js';
import type { ServiceName } from './operation/operation.js';
import { SERVICES } from './service-table.js';
import { AwsDataPath } from './data-path.js';
import { WireDoor } from './wire-door.js';

/** Gives an account that was saved before something was simulated the empty tables for it. */
function completeState(state: AwsState): AwsState {
  const regions = [...state.regions].map(([name, region]) => [name, completeRegion(name, region)] as const);
  return { ...newGlobals(), ...state, regions: new Map(regions) };
}

function completeRegion(name: string, region: Partial<RegionState>): RegionState {
  const { name: _, ...parts } = emptyRegion(name);
  const complete = Object.entries(parts).map(([part, tables]) => [
    part,
    { ...tables, ...region[part as keyof typeof parts] },
  ]);
  return { name, ...Object.fromEntries(complete) } as RegionState;
}

/** The form of an API's own domain. */
const API_HOST = /^(?:d-)?[a-z0-9]{1,63}(-vpce-[0-9a-f]+)?\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** The form of the endpoints of services: `ec2.eu-west-1.amazonaws.com`, `sts.amazonaws.com`. */
const ENDPOINT = new RegExp(
  `^(${Object.values(SERVICES)
    .map(({ signedAs }) => signedAs)
    .join('|')})(\\.[a-z]{2}(-[a-z]+)+-\\d)?\\.amazonaws\\.com(\\.cn)?$`,
);

/** Writes that may open or close the way of a health check, and timers that may. New targets and load balancers have ways of their own. */
const MAY_MOVE: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  ec2: /^(?!(?:Create|Delete)(?:Tags|FlowLogs|LaunchTemplate)$|Create(?:Vpc|Subnet|SecurityGroup)$)/,
  elasticloadbalancingv2: /^(?:SetSecurityGroups|SetSubnets|ModifyTargetGroup)$/,
  directconnect: /^/,
};
const OF_NETWORK = /^(?:ec2|load-balancing|direct-connect)\./;

/** AWS behind the port: one account, every region. */
export class AwsCloud implements Cloud {
  readonly name = 'aws';
  readonly origins = [/^https?:\/\/([a-z0-9-]+\.)+(amazonaws\.com(\.cn)?|api\.aws)(:\d+)?$/];
  readonly plantedKinds = PLANTED_KINDS;
  readonly dispatcher: Dispatcher<Aws>;
  readonly gate: Gate<Aws>;
  readonly #dataPath: AwsDataPath;
  readonly #door: WireDoor;
  readonly #seed: number;
  readonly #requestIds: SeededRandom;
  readonly #conditionAt: ConditionAt;
  readonly #healthChecks = new HealthChecks();

  constructor(
    world: World,
    readonly options: AccountOptions,
  ) {
    this.#seed = world.options.seed;
    this.#conditionAt = (place) => world.traffic.backends.conditionAt(place);
    this.#requestIds = new SeededRandom(this.#seed, 4);
    this.dispatcher = new Dispatcher(world, awsDispatch(this.#healthChecks), options.account, options.quotas);
    this.gate = new Gate(world, this.dispatcher, awsGate, options.throttle);
    this.#dataPath = new AwsDataPath(
      world,
      this.dispatcher,
      () => this.requestId(),
      options.throttle,
      this.#healthChecks,
    );
    this.#followNetwork();
    this.#door = new WireDoor(this.dispatcher, this.gate, () => this.requestId(), options.keys, world.options.startMs);
  }

  /** `7a62c49f-347e-4fc4-9331-6e8eaaaaaaaa`, from the world's seed. */
  requestId(): string {
    const random = this.#requestIds;
    return `${random.word()}-${random.word().slice(4)}-4${random.word().slice(5)}-a${random.word().slice(5)}-${random.word()}${random.word().slice(4)}`;
  }

  /** @throws {RangeError} for what has no form of `Planted`, or refers to what does not exist */
  plant(region: string, planted: unknown): string | undefined {
    if (!isRegion(region)) return undefined;

    const checked = plantedOf(planted);
    this.dispatcher.touch();
    this.#healthChecks.changed(this.dispatcher.now());
    return plant(this.dispatcher.context(region), checked);
  }

  /** What a VPC link reaches. Ids differ from region to region. */
  connects(linkId: string, to: Destination, port?: number): Connection | undefined {
    const { state: aws } = this.dispatcher;
    const region = [...aws.regions.values()].find(
      ({ apiGateway, restApi }) => apiGateway.vpcLinks.has(linkId) || restApi.vpcLinks.has(linkId),
    );
    const now = this.dispatcher.now();
    return (
      region &&
      connects(
        { aws, region, now, conditionAt: this.#conditionAt, networkChecks: this.#healthChecks },
        linkId,
        to,
        port,
      )
    );
  }

  ownsHost(host: string): boolean {
    return API_HOST.test(host) || this.hasGateway(host);
  }

  backendsChanged(): void {
    this.dispatcher.touch();
    for (const name of this.dispatcher.state.regions.keys()) watchServices(this.dispatcher.context(name));
  }

  version(): number {
    return this.dispatcher.version;
  }

  hasGateway(host: string): boolean {
    return this.#dataPath.hasGateway(host);
  }

  isEndpoint(host: string): boolean {
    return ENDPOINT.test(host);
  }

  unserved(host: string): GatewayAnswer | undefined {
    return this.#dataPath.unserved(host);
  }

  startSocket(call: GatewayCall): SocketStart | Ended | undefined {
    return this.#dataPath.startSocket(call);
  }

  startCall(call: GatewayCall): Journey | undefined {
    return this.#dataPath.startCall(call);
  }

  /** What may change the ways of health checks is noticed. */
  #followNetwork(): void {
    const { aroundWrite } = this.dispatcher;
    this.dispatcher.aroundWrite = (operation, input, region, write) => {
      try {
        return aroundWrite(operation, input, region, write);
      } finally {
        if (MAY_MOVE[operation.service]?.test(operation.name) === true) this.#networkChanged(region);
      }
    };
  }

  #networkChanged(region: string): void {
    this.#healthChecks.changed(this.dispatcher.now());
    watchCutOff(this.dispatcher.context(region));
  }

  recognizes(request: WireRequest): boolean {
    return this.#door.recognizes(request);
  }

  handle(request: WireRequest): WireAnswer | Promise<WireAnswer> {
    return this.#door.handle(request);
  }

  fire({ region, kind, data }: Timer): void {
    this.gate.beforeChange();
    this.dispatcher.fire(region, kind, data);
    if (OF_NETWORK.test(kind)) this.#networkChanged(region);
  }

  save(): unknown {
    return this.dispatcher.state;
  }

  check(state: unknown): asserts state is AwsState {
    const aws = state as Partial<AwsState> | null;
    const maps = [aws?.regions, aws?.quotas, aws?.sessions];
    if (typeof aws?.account !== 'string' || !maps.every((map) => map instanceof Map)) {
      throw new TypeError('The AWS part of this world is damaged.');
    }
  }

  load(state: unknown): void {
    this.check(state);
    this.dispatcher.replace(completeState(state));
    this.#healthChecks.reset();
    this.gate.reset();
    this.#dataPath.reset();
  }

  reset(): void {
    this.#requestIds.load(new SeededRandom(this.#seed, 4).save());
    this.dispatcher.replace();
    this.#healthChecks.reset();
    this.gate.reset();
    this.#dataPath.reset();
  }
}
