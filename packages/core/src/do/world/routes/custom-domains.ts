import type { CustomDomain, DomainMapping } from '../../model/custom-domain.js';
import type { Gateway } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import type { IntegrationSpec } from '../../spec.js';
import { fewText } from '../../../ground/text/quantities.js';
import { OF_THE_MARK, type ForeignRoute, type RouteDifference } from './route-differences.js';
import { sidesOf } from './setting-text.js';

/** A mapping with the domain that it belongs to. */
export interface MappedDomain {
  readonly domain: CustomDomain;
  readonly mapping: DomainMapping;
}

/** The mappings that lead to a gateway. */
export function mappingsTo(domains: readonly CustomDomain[], gatewayId: string): readonly MappedDomain[] {
  return domains.flatMap((domain) =>
    (domain.mappings ?? []).flatMap((mapping) => (mapping.gatewayId === gatewayId ? [{ domain, mapping }] : [])),
  );
}

/**
 * Where a call leads to: the mapping with the longest base path that is a part of its path, by whole segments. A domain with that
 * name comes before one with a wildcard, which stands for one label. Undefined: no domain, or no mapping.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export function mappingOf(domains: readonly CustomDomain[], host: string, path: string): MappedDomain | undefined {
  const name = host.toLowerCase();
  const [label = ''] = name.split('.', 1);
  const wildcard = `*${name.slice(label.length)}`;
  const named = (wanted: string) => domains.find(({ id }) => id.toLowerCase() === wanted);
  const domain = named(name) ?? named(wildcard);
  const [plain = ''] = path.split('?', 1);
  const fits = (base: string): boolean => base === '' || `${plain}/`.startsWith(`/${base}/`);
  const [longest] = (domain?.mappings ?? [])
    .filter((mapping) => fits(mapping.path))
    .toSorted((a, b) => b.path.length - a.path.length);
  return domain === undefined || longest === undefined ? undefined : { domain, mapping: longest };
}

/** An address of a path of a gateway by a custom domain. */
export interface NamedAddress {
  /** `https://api.example.com/orders/v1/items`. */
  readonly address: string;
  /** Undefined: each call names it. */
  readonly stage?: string | undefined;
  /** Whether callers must have a certificate. */
  readonly mutualTls: boolean;
}

/**
 * The addresses by which callers reach a path of a gateway over custom domains. One that another mapping of the domain takes is missing,
 * and so is one whose domain is not usable. Variables of the path are kept.
 */
export function namedAddresses(
  domains: readonly CustomDomain[],
  { id, settings }: Pick<Gateway, 'id' | 'settings'>,
  path: string,
): readonly NamedAddress[] {
  const below = `${(settings?.basePath ?? '').replace(/(?<!\/)\/+$/, '')}${path}`;
  return mappingsTo(domains, id).flatMap(({ domain, mapping }) => {
    const whole = `${mapping.path === '' ? '' : `/${mapping.path}`}${below}`;
    if (domain.usable === false || domain.hasRules === true) return [];
    if (mappingOf([domain], domain.id, whole)?.mapping !== mapping) return [];

    const { mutualTls = false } = domain;
    return [{ address: `https://${domain.id}${whole}`, stage: mapping.stage, mutualTls }];
  });
}

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
