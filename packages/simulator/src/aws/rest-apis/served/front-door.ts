import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { RestApiCopy, RestStageRow } from '../control/state.js';
import type { RestView } from '../../traffic/throttled.js';
import { CANARY_HEADER, isPermitted } from '../../traffic/caller-headers.js';
import { type Ground, type Mapped, splitTarget } from '../../traffic/front.js';

/** The stage that serves a call, and what it serves. */
export interface StageOfCall {
  readonly stage: RestStageRow;
  readonly copy: RestApiCopy;
  readonly variables: Readonly<Record<string, string>>;
  readonly isCanary: boolean;
  /** Below the stage, without the query string. */
  readonly path: string;
  readonly search: string;
  /** The VPC endpoint that the name of a private API has. */
  readonly vpcEndpointId: string | undefined;
}

/** A call that no stage serves. */
export interface NoStage {
  readonly outcome: 'no-stage' | 'unauthorized';
  readonly because: string;
  readonly stage: string;
}

const NO_VARIABLES: StageOfCall['variables'] = {};
const OWN_NAME = /^[a-z0-9]+(?:-(vpce-[0-9a-f]+))?\.execute-api\./;

/**
 * The stage of a call: the first part of the path, or the one that a mapping of a custom domain name has chosen; of a
 * stage with a canary, either, at random for each call.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function stageOfCall(
  { choose }: Pick<Ground, 'choose'>,
  { fields, stages }: RestView,
  { host, path: target, headers }: GatewayCall,
  mapped: Mapped | undefined,
): StageOfCall | NoStage {
  const { path, query: search } = splitTarget(mapped?.path ?? target);
  const [name, rest] = mapped ? [mapped.stage, path] : stageIn(path);
  const vpcEndpointId = host.includes('-vpce-') ? OWN_NAME.exec(host)?.[1] : undefined;
  const closed = closedTo(fields, mapped, vpcEndpointId, isPermitted({ headers }));
  if (closed !== undefined) return { outcome: 'unauthorized', because: closed, stage: '' };

  const served = stages.get(name);
  if (!served?.deployment)
    return { outcome: 'no-stage', because: `API ${fields.id} has no stage ${name}.`, stage: name };

  const { stage, deployment, canary } = served;
  const { percentTraffic = 0 } = stage.canarySettings ?? {};
  const { [CANARY_HEADER]: wanted } = headers;
  const isChosen = (): boolean =>
    wanted === undefined ? choose([percentTraffic, 100 - percentTraffic]) === 0 : wanted === 'yes';
  const isCanary = canary !== undefined && percentTraffic > 0 && isChosen();
  const { copy } = isCanary ? canary : deployment;
  const variables = isCanary ? canaryVariables(stage) : (stage.variables ?? NO_VARIABLES);
  return { stage, copy, variables, isCanary, path: rest === '' ? '/' : rest, search, vpcEndpointId };
}

/** `/prod/orders/1` → `prod` and `/orders/1`. */
function stageIn(path: string): readonly [stage: string, rest: string] {
  if (!path.startsWith('/')) return ['', ''];

  const end = path.indexOf('/', 1);
  return end < 0 ? [path.slice(1), ''] : [path.slice(1, end), path.slice(end)];
}

/** By stage. They stay one object for all calls, because addresses of integrations are remembered by it. */
const ofCanaries = new WeakMap<RestStageRow, StageOfCall['variables']>();

function canaryVariables(stage: RestStageRow): StageOfCall['variables'] {
  const known = ofCanaries.get(stage);
  if (known) return known;

  const variables = { ...stage.variables, ...stage.canarySettings?.stageVariableOverrides };
  ofCanaries.set(stage, variables);
  return variables;
}

/** Why an API is not called at the name, in a sentence. */
function closedTo(
  fields: RestView['fields'],
  mapped: Mapped | undefined,
  vpcEndpointId: string | undefined,
  permitted: boolean,
): string | undefined {
  const { id, disableExecuteApiEndpoint, endpointConfiguration } = fields;
  if (mapped) return undefined;
  if (disableExecuteApiEndpoint === true) return `The default endpoint of API ${id} is disabled.`;

  const isPrivate = endpointConfiguration?.types?.[0] === 'PRIVATE';
  if (permitted) return undefined;
  if (isPrivate && vpcEndpointId === undefined) {
    return `API ${id} is private, and calls come from the internet. Call it by the name of a VPC endpoint: ${id}-vpce-….`;
  }

  const known = endpointConfiguration?.vpcEndpointIds ?? [];
  if (vpcEndpointId === undefined || (isPrivate && (known.length === 0 || known.includes(vpcEndpointId))))
    return undefined;

  return isPrivate ? `API ${id} is not associated with VPC endpoint ${vpcEndpointId}.` : `API ${id} is not private.`;
}
