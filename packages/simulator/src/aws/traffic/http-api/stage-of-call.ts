import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { ApiView, ServedStage } from '../api-view.js';
import type { Mapped } from '../front.js';
import { splitTarget } from '../request-target.js';

/** The stage that a call is for, and its path without the name of the stage. */
export interface StageOfCall {
  readonly served: ServedStage;
  readonly path: string;
  readonly query: string;
}

const DEFAULT = '$default';

/**
 * The stage that the first part of the path names exactly, else `$default`. A custom domain name's mapping has chosen
 * already.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function stageOfCall(
  { stages }: ApiView,
  call: GatewayCall,
  mapped: Mapped | undefined,
): StageOfCall | undefined {
  const target = splitTarget(mapped?.path ?? call.path);
  if (mapped) return at(stages.get(mapped.stage), target.path, target.query);
  const end = target.path.indexOf('/', 1);
  const first = end < 0 ? target.path.slice(1) : target.path.slice(1, end);
  const named = first === DEFAULT ? undefined : stages.get(first);
  if (named) return at(named, end < 0 ? '/' : target.path.slice(end), target.query);
  return at(stages.get(DEFAULT), target.path, target.query);
}

function at(served: ServedStage | undefined, path: string, query: string): StageOfCall | undefined {
  return served && { served, path, query };
}
