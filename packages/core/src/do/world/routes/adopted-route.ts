import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import type { IntegrationSpec } from '../../spec.js';
import { fewText } from '../../../ground/text/quantities.js';
import { OF_THE_MARK, type ForeignRoute, type RouteDifference } from './route-differences.js';
import { sidesOf } from './setting-text.js';

/** Differences in where calls go, and whether. Adoption changes none of them; the others are settings, which the next step changes. */
const OF_THE_WAY: ReadonlySet<string> = new Set([
  'link',
  'target',
  'scheme',
  'tls.serverName',
  'path',
  'method',
  'stages',
]);

/** The differences of settings, which are changed in place after the mark was written. */
export function settingsOnly(differences: readonly RouteDifference[]): readonly RouteDifference[] {
  return differences.filter(({ field }) => !OF_THE_WAY.has(field) && !OF_THE_MARK.has(field));
}

/**
 * Why an unmanaged route that a spec adopts cannot be taken over by its mark alone: its target differs from the spec, or its mark
 * would stand for routes of others. Undefined: it can.
 */
export function unadoptable(
  { routes }: Gateway,
  { routes: declared }: Pick<IntegrationSpec, 'routes'>,
  there: Route,
  differences: readonly RouteDifference[],
): ForeignRoute | undefined {
  const { key, gatewayId, id: routeId, integrationId } = there;
  const details = { gatewayId, routeId };
  const differing = [...differences.filter(({ field }) => OF_THE_WAY.has(field)), ...publishedElsewhere(there)];
  if (differing.length > 0) {
    const sides = differing
      .map((one) => sidesOf(one))
      .map(({ label, from, to }) => `${label} is ${from}, declared is ${to}`);
    return {
      code: 'ALREADY_EXISTS',
      message: `route ${key} of gateway ${gatewayId} cannot be adopted, because it differs from the spec: ${sides.join('; ')}`,
      remedy:
        'Declare the route as it is (`postern import --adopt` writes it), apply, and change it then. Or write `owner: external` in place of `adopt: true`.',
      details,
    };
  }
  // The mark of an HTTP API is that of the integration, which all its routes share.
  const others =
    integrationId === undefined
      ? []
      : routes.filter((one) => one.integrationId === integrationId && !Object.hasOwn(declared, one.key));
  if (others.length === 0) return undefined;
  const keys = fewText(others.map((one) => one.key));
  return {
    code: 'UNSUPPORTED',
    message: `route ${key} of gateway ${gatewayId} cannot be adopted: its integration ${integrationId} also serves ${keys}, which this integration of the spec does not declare`,
    remedy: `Declare ${keys} in the same integration of the spec, or create an integration of its own for ${key} first. Or write \`owner: external\` in place of \`adopt: true\`.`,
    details,
  };
}

/** Stages of an API group whose published version has another target than the draft. */
function publishedElsewhere({ targetId, publishedTargets = {} }: Route): readonly RouteDifference[] {
  return Object.entries(publishedTargets)
    .filter(([, published]) => published !== targetId)
    .map(([stage, from]) => ({ field: `target on ${stage}`, from, to: targetId ?? null }));
}
