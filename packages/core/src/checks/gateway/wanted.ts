import { stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import { targetText } from '../../kinds/target-ref.js';
import type { RouteSettings } from '../../model/route.js';
import type { IntegrationSpec } from '../../model/spec.js';
import type { WantedRoute } from '../../world/routes/route-differences.js';
import type { IntegrationView, TargetView } from '../../world/views.js';

/** A declared route, for the comparison with an existing one. */
export function wantedOf(
  { spec, link }: IntegrationView,
  { spec: declared, target }: TargetView,
  key: string,
): WantedRoute {
  return {
    link: link.name,
    linkId: link.link?.id,
    key,
    target,
    targetText: targetText(declared.ref),
    tls: declared.tls,
    path: declared.path ?? 'overwrite',
    settings: settingsOf(spec, key),
    stages: stagesOf(spec.gateway),
  };
}

/** The settings that a spec declares for a route. */
export function settingsOf({ settings }: Pick<IntegrationSpec, 'settings'>, key: string): RouteSettings | undefined {
  return settings !== undefined && Object.hasOwn(settings, key) ? settings[key] : undefined;
}
