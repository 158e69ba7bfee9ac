import { stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import { targetText } from '../../../do/kinds/target-ref.js';
import type { RouteSettings } from '../../../do/model/route.js';
import type { IntegrationSpec } from '../../../do/spec.js';
import type { WantedRoute } from '../../../do/world/routes/route-differences.js';
import type { IntegrationView, TargetView } from '../../../do/world/views.js';

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
