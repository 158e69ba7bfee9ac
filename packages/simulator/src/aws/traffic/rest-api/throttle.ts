import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { RestStageRow } from '../../rest-api/state.js';
import { accountBucket, ownBucket } from '../throttle.js';
import type { Refusal, Visit } from './visit.js';

/** The settings of a stage's methods by `pets/{id}/GET`, and the one for all methods. */
interface Settings {
  readonly own: ReadonlyMap<string, MethodSetting>;
  readonly all: MethodSetting | undefined;
}

const settings = new WeakMap<RestStageRow, Settings>();

/**
 * Refuses calls above the stage's limit of the method, or its limit for all methods, which each method has for itself
 * [I]; and above the account's limit.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function stageRefusal(visit: Visit): Refusal | undefined {
  const { region, admits } = visit.ground;
  const because = aboveStage(visit);
  if (because !== undefined) return { type: 'THROTTLED', outcome: 'throttled', because };
  if (admits(accountBucket(region.name))) return undefined;
  return {
    type: 'THROTTLED',
    outcome: 'throttled',
    because: 'Calls are above the limit of the account in the Region.',
  };
}

function aboveStage({ ground, view, stage, route, call }: Visit): string | undefined {
  const { own, all } = settingsOf(stage);
  if (own.size === 0 && !all) return undefined;
  const method = `${route.resource.path.slice(1)}/${call.method}`;
  const limits = own.get(method) ?? all;
  const [rate, burst] = [limited(limits?.throttlingRateLimit), limited(limits?.throttlingBurstLimit)];
  if (rate === undefined && burst === undefined) return undefined;
  const bucket = ownBucket(ground.region.name, `stage/${view.fields.id}/${stage.stageName}/${method}`, { rate, burst });
  return ground.admits(bucket) ? undefined : `Calls of /${method} are above the limit of stage ${stage.stageName}.`;
}

/** Keys are as they were sent: with the slashes of the path escaped or not, and with the first one or not. */
function settingsOf(stage: RestStageRow): Settings {
  const known = settings.get(stage);
  if (known) return known;
  const { '*/*': all, ...others } = stage.methodSettings ?? {};
  const named = (key: string): string => key.replaceAll('~1', '/').replace(/^\/+/, '');
  const own = new Map(Object.entries(others).map(([key, setting]) => [named(key), setting]));
  const fresh = { own, all };
  settings.set(stage, fresh);
  return fresh;
}

/** -1 stands for no limit. */
const limited = (limit: number | undefined): number | undefined => (limit === -1 ? undefined : limit);
