import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Bucket } from '../../simulation/dispatch/dispatcher.js';
import { accountThrottle } from '../rest-apis/control/account.js';
import type { StageRow, ApiFields, ApiRow, AuthorizerRow, DeploymentRow } from '../http-apis/control/state.js';
import type { Ground } from './front.js';
import type { RegionState } from '../state/aws-state.js';
import type { RestApiFields, RestApiRow, RestDeploymentRow, RestStageRow } from '../rest-apis/control/state.js';

const buckets = new Map<string, Bucket>();

/**
 * The bucket from which every call of a region takes a token: of HTTP, REST and WebSocket APIs alike.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function accountBucket(region: string): Bucket {
  const known = buckets.get(region);
  if (known) return known;

  const { rateLimit: perSecond, burstLimit: burst } = accountThrottle(region);
  const bucket = { key: `${region}/account`, perSecond, burst };
  buckets.set(region, bucket);
  return bucket;
}

/** A bucket with limits of its own; one that is not given is the account's. */
export function ownBucket(
  region: string,
  name: string,
  { rate, burst }: { readonly rate?: number | undefined; readonly burst?: number | undefined },
): Bucket {
  const account = accountBucket(region);
  return { key: `${region}/${name}`, perSecond: rate ?? account.perSecond, burst: burst ?? account.burst };
}

/** A call on a stage of an HTTP or WebSocket API. */
interface StageCall {
  readonly ground: Ground;
  readonly view: ApiView;
  readonly stage: StageRow;
}

/**
 * Which limit refuses a call: the route's own, or the one of the stage for routes without, and then the account's. Best
 * effort in the cloud; exact here.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-protect.html
 */
export function throttledBy({ ground, view, stage }: StageCall, key: string): string | undefined {
  const region = ground.region.name;
  const { StageName: name, RouteSettings, DefaultRouteSettings } = stage;
  const own = limitsOf(RouteSettings?.[key]);
  const limits = own ?? limitsOf(DefaultRouteSettings);
  if (limits) {
    const place = own ? `route ${key} in stage ${name}` : `stage ${name}`;
    if (!ground.admits(ownBucket(region, `${view.fields.ApiId}/${name}${own ? `/${key}` : ''}`, limits))) {
      return `The throttling limit of ${place} is reached.`;
    }
  }
  return ground.admits(accountBucket(region))
    ? undefined
    : `The throttling limit of the account in ${region} is reached.`;
}

interface Limits {
  readonly rate: number | undefined;
  readonly burst: number | undefined;
}

function limitsOf(settings: RouteSettings | undefined): Limits | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings ?? {};
  return rate === undefined && burst === undefined ? undefined : { rate, burst };
}

/** A stage of an HTTP or WebSocket API, with what it serves. */
export interface ServedStage {
  readonly stage: StageRow;
  readonly deployment: DeploymentRow | undefined;
}

/** A stage of a REST API, with what it and its canary serve. */
export interface ServedRestStage {
  readonly stage: RestStageRow;
  readonly deployment: RestDeploymentRow | undefined;
  readonly canary: RestDeploymentRow | undefined;
}

/** An HTTP or WebSocket API as its data path sees it. */
export interface ApiView {
  readonly kind: 'http' | 'websocket';
  readonly fields: ApiFields;
  readonly stages: ReadonlyMap<string, ServedStage>;
  readonly authorizers: ReadonlyMap<string, AuthorizerRow>;
}

/** A REST API as its data path sees it. */
export interface RestView {
  readonly kind: 'rest';
  readonly fields: RestApiFields;
  readonly stages: ReadonlyMap<string, ServedRestStage>;
}

/** The API of an ID as its control plane has it now; undefined where there is none. Rows are never changed in place. */
export function readView({ apiGateway, restApi }: RegionState, id: string): ApiView | RestView | undefined {
  const api = apiGateway.apis.get(id);
  if (api) return viewOf(api);

  const rest = restApi.apis.get(id);
  return rest && restViewOf(rest);
}

function viewOf({ fields, stages, deployments, authorizers = new Map() }: ApiRow): ApiView {
  return {
    kind: fields.ProtocolType === 'WEBSOCKET' ? 'websocket' : 'http',
    fields,
    stages: new Map(
      [...stages].map(([name, stage]) => [name, { stage, deployment: deployments.get(stage.DeploymentId ?? '') }]),
    ),
    authorizers: new Map(authorizers),
  };
}

function restViewOf({ fields, stages, deployments }: RestApiRow): RestView {
  return {
    kind: 'rest',
    fields,
    stages: new Map(
      [...stages].map(([name, stage]) => [
        name,
        {
          stage,
          deployment: deployments.get(stage.deploymentId),
          canary: deployments.get(stage.canarySettings?.deploymentId ?? ''),
        },
      ]),
    ),
  };
}

/** Whether two views show the same rows. */
export function isSameView(a: ApiView | RestView, b: ApiView | RestView): boolean {
  const [one, other] = [rowsOf(a), rowsOf(b)];
  return one.length === other.length && one.every((row, index) => row === other[index]);
}

function rowsOf(view: ApiView | RestView): readonly unknown[] {
  if (view.kind === 'rest') {
    return [view.fields, ...[...view.stages.values()].flatMap((one) => [one.stage, one.deployment, one.canary])];
  }

  const stages = [...view.stages.values()].flatMap(({ stage, deployment }) => [stage, deployment]);
  return [view.fields, ...stages, ...view.authorizers.values()];
}
