import { gatewayTraits } from '../../kinds/cloud/gateway-kinds.js';
import { kindOfLink } from '../../kinds/cloud/link-kinds.js';
import { entryOf } from '../../../ground/json.js';
import { InvalidInputError } from '../../../ground/errors.js';
import { namelessAddress, targetText } from '../../kinds/id-kinds.js';
import type { Gateway } from '../../model/gateway.js';
import { placeOf } from '../../model/reference.js';
import type { IntegrationSpec, Spec, TargetSpec } from '../../spec.js';
import type { Target } from '../../model/target.js';
import { unknownBecause } from '../index/look-up.js';
import type { IntegrationView, LinkView, RegionIndex, TargetView, Unresolved } from '../views.js';
import { findGateway } from './find-gateway.js';
import { findTarget } from './find-target.js';
import { grouped } from '../../../ground/grouped.js';

/**
 * The integrations of a spec in a snapshot, for plans and checks.
 * @throws {InvalidInputError} `UNKNOWN_REFERENCE` where one uses a link that the spec does not define.
 */
export function integrationViews(wanted: Spec, links: ReadonlyMap<string, LinkView>): readonly IntegrationView[] {
  return Object.entries(wanted.integrations).map(([name, integration]) => {
    const link = links.get(integration.link);
    if (link === undefined) {
      throw new InvalidInputError(
        'UNKNOWN_REFERENCE',
        `integration ${name} uses the link ${integration.link}, which is not defined`,
        { place: placeOf(wanted, `integrations.${name}.link`), remedy: `Define ${integration.link} under links.` },
      );
    }

    const path = `integrations.${name}`;
    const routes = grouped(Object.keys(integration.routes), (key) => integration.routes[key] ?? '');
    const hosts = entryOf(wanted.assume?.hosts, name);
    const targets = Object.keys(integration.targets).map((key): TargetView => {
      const spec = integration.targets[key] as TargetSpec;
      const at = `${path}.targets.${key}`;
      const { target, unresolved } = findTarget(link, spec.ref, at);
      const refused = refusedTarget(integration, link, spec, target, at);
      const routeKeys = routes.get(key) ?? [];
      return { name: key, spec, target, unresolved, refused, routeKeys, hosts: entryOf(hosts, key) };
    });
    const { gateway, unresolved } = findGateway(link.region, integration.gateway, `${path}.gateway`);
    const obstacles = [
      ...otherLinks(integration, link, gateway, `${path}.link`),
      ...unreadRoutes(link.region, gateway, `${path}.gateway`),
    ];
    for (const target of targets) {
      obstacles.push(...targetObstacles(integration, link, target, `${path}.targets.${target.name}`));
    }
    obstacles.push(...strayRoutes(integration, path));
    return { name, spec: integration, link, targets, gateway, unresolved, obstacles };
  });
}

/** A plan needs the complete list of existing routes for its comparison. */
function unreadRoutes(region: RegionIndex, gateway: Gateway | undefined, path: string): readonly Unresolved[] {
  const missing = gateway && region.missing('gateways', gateway.id);
  return missing === undefined
    ? []
    : [unknownBecause(missing, path, `cannot determine which routes ${gateway?.id} has`)];
}

/** A gateway whose routes cannot use the kind of the link. `gateway/link-kind` reports it for external routes. */
function otherLinks(
  { owner }: IntegrationSpec,
  { name, spec, link, region: { clouds } }: LinkView,
  gateway: Gateway | undefined,
  path: string,
): readonly Unresolved[] {
  const kind = link?.kind ?? kindOfLink(clouds, spec);
  if (owner === 'external' || gateway === undefined) return [];

  const { title, links, provider } = clouds.gateway(gateway.kind);
  if (provider !== spec.provider || links.includes(kind)) return [];

  const message = `link ${name} is of kind ${kind}, and routes of ${title} (${gateway.id}) cannot use one`;
  const remedy = `Name a link of kind ${links.join(' or ')}, or another kind of gateway.`;
  return [{ verdict: 'fail', code: 'WRONG_KIND', path, message, remedy, details: { kind, possible: links } }];
}

/** Why the kind of the link does not allow a reference. */
function refusedTarget(
  { owner, gateway }: IntegrationSpec,
  { spec, link, region: { region, clouds }, networkId, loadBalancerIds }: LinkView,
  { ref, tls }: TargetSpec,
  target: Target | undefined,
  path: string,
): Unresolved | undefined {
  // Routes of others are as they are.
  const use = owner === 'external' ? undefined : { tls };
  const place = { target, link, networkId, use, loadBalancerIds, gateway: gatewayTraits(clouds, gateway) };
  const kind = link?.kind ?? kindOfLink(clouds, spec);
  const refusal = clouds.link(kind).rules.targetRefusals(ref, place, region)[0];
  if (refusal === undefined) return undefined;

  const { code, message, remedy, details } = refusal;
  return { verdict: 'fail', code, path, message, remedy, details };
}

/** Why an existing target cannot be used. */
function targetObstacles(
  { owner }: IntegrationSpec,
  link: LinkView,
  { spec: { ref, tls }, target, unresolved, refused }: TargetView,
  path: string,
): readonly Unresolved[] {
  if (unresolved !== undefined || refused !== undefined) return [];

  const { networkId } = link;
  if (target?.networkId !== undefined && networkId !== undefined && target.networkId !== networkId) {
    return [
      {
        verdict: 'fail',
        code: 'WRONG_NETWORK',
        path,
        message: `${targetText(ref)} is in ${target.networkId}, but link ${link.name} is in ${networkId}`,
        remedy: `Use a link whose subnets are in ${target.networkId}, or a target in ${networkId}.`,
        details: { networkId, targetNetworkId: target.networkId },
      },
    ];
  }

  const nameless = owner === 'external' ? undefined : namelessAddress(link.region.clouds, link.kind, ref, tls, target);
  return nameless === undefined ? [] : [{ verdict: 'fail', code: 'UNSUPPORTED', path, ...nameless }];
}

/** Routes whose target is not one of the integration's. */
function strayRoutes({ routes, targets }: IntegrationSpec, path: string): readonly Unresolved[] {
  const stray = Object.keys(routes).filter((key) => !Object.hasOwn(targets, routes[key] as string));
  return stray.map((key) => ({
    verdict: 'fail',
    code: 'UNKNOWN_REFERENCE',
    path: `${path}.routes.${key}`,
    message: `route ${key} names ${routes[key]}, which is not a target of the integration`,
    remedy: `Write one of the targets: ${Object.keys(targets).join(', ')}.`,
  }));
}
