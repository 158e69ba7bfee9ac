import type { Place, Row, View } from '@postern/core/internal/overlay';
import type { Gateway, Stage, Throttle } from '@postern/core/internal/snapshot';
import { ifKnown, limitsIn } from '../../plans/rows/apis/throttles.js';
import { AWS } from '../../plans/rows/id-forms.js';
import { ALL_METHODS, callsOf, methodOf, routeThrottles, settingsKey } from '../cloud/method-throttles.js';

type Throttles = Pick<Stage, 'throttle' | 'throttles'>;

/**
 * Settings of one method of a REST API, or of all (`*\/*`).
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_method_settings
 */
export const methodSettingsRow: Row = {
  list: 'gateways',
  isPart: true,
  owner: (view) => view.ref('rest_api_id', AWS.api),
  add: (view, place) => {
    const [block] = view.blocks('settings');
    limit(view, place, block === undefined ? {} : ifKnown(view, place, () => limitsIn(block, -1)));
  },
  remove: (view, place) => limit(view, place, {}),
};

/** Undefined limits: not known. */
function limit(view: View, { draft }: Place, limits: Throttle | undefined): void {
  const name = view.needed('stage_name');
  const method = view.needed('method_path');
  draft.patch('gateways', view.neededRef('rest_api_id', AWS.api), (gateway) => ({
    stages: gateway.stages.map((one) =>
      one.name === name ? { ...one, ...limited(gateway, one, method, limits) } : one,
    ),
  }));
}

function limited({ routes }: Gateway, stage: Stage, method: string, limits: Throttle | undefined): Throttles {
  if (method === ALL_METHODS) return { throttle: limits };

  const { throttles } = stage;
  if (throttles === undefined || limits === undefined) return { throttles: undefined };

  const methods = routes.map(({ key }) => methodOf(key));
  const found = new Map(
    throttles.flatMap(({ key, throttle = {} }) =>
      callsOf(methodOf(key), methods).map((one) => [one, throttle] as const),
    ),
  );
  found.delete(settingsKey(method));
  if (Object.keys(limits).length > 0) found.set(settingsKey(method), limits);
  // Those of a route for all methods stay besides: others of the plan may follow.
  for (const { key, throttle = {} } of routeThrottles(found, methods)) found.set(key, throttle);
  return { throttles: [...found].map(([key, throttle]) => ({ key, throttle })) };
}
