import type { Clouds } from '../kinds/cloud/clouds.js';
import { publicAddress } from '../kinds/gateway/gateway-rules.js';
import type { Gateway, Stage } from '../model/gateway.js';
import type { Route, RouteSettings } from '../model/route.js';
import type { OpenCall } from '../world/routes/route-input.js';

/**
 * How a route is called without authorization on a stage that shows its changes at once. A route whose callers must be
 * authorized, now or after the plan, is not called: nor is a temporary route made that leads where it does.
 */
export function openCall(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  { open }: Pick<Route, 'open'>,
  { authorizer = 'none', apiKey = false }: RouteSettings,
): OpenCall {
  const stage = stageOf(gateway);
  if (stage === undefined) return { because: `no stage of ${gateway.id} deploys by itself` };
  const address = publicAddress(clouds.gateway(gateway.kind).rules, gateway, region, stage.name);
  if ('because' in address) return { because: address.because };
  if (open !== true || authorizer !== 'none' || apiKey) return { because: 'its callers must be authorized' };
  return { base: address.base };
}

/** All stages that deploy by themselves show the same routes. */
function stageOf({ stages }: Gateway): Stage | undefined {
  const own = stages.filter(({ autoDeploy }) => autoDeploy);
  return own.find(({ name }) => name === '$default') ?? own[0];
}
