import { gatewayTraits, withStages } from '../kinds/cloud/gateway-kinds.js';
import { kindCreatedFrom } from '../kinds/cloud/link-kinds.js';
import { deployedStage } from '../kinds/gateway/gateway-spec.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { RouteSettings } from '../model/route.js';
import type { RequestPlace } from './request-forms.js';
import type { EnsureLink, LinkTarget } from './requests.js';

/**
 * The links and integrations of a spec that names only what one call makes sure of. `places` are the arguments of the call: the caller did
 * not write a spec.
 */
export type RequestedSpec = Pick<Spec, 'links' | 'integrations' | 'places'>;

type Place = Omit<RequestPlace, 'serves'>;

/** What a spec and a request of a link call the same. */
const REQUESTED: Readonly<Record<string, string>> = { subnets: 'subnetIds', securityGroups: 'securityGroupIds' };

/** The member of a request of a link that became `rest` of the link of a spec: `subnetIds[0]` for `subnets[0]`. */
export const linkMember = (rest: string): string => rest.replace(/^\w+/, (member) => REQUESTED[member] ?? member);

const placeOf = ({ provider, region }: Place): Pick<LinkSpec, 'provider' | 'region'> => ({ provider, region });

/**
 * The part of a spec that declares a link.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is declared in no way, or in two.
 */
export function linkPart(place: Place, request: EnsureLink, timeoutMs?: number): RequestedSpec {
  const timeouts = timeoutMs === undefined ? undefined : { createMs: timeoutMs };
  const places = (path: string) => {
    const [, rest] = /^links\.[^.]+(?:\.(.+))?$/.exec(path) ?? [];
    return { path: linkMember(rest ?? 'name') };
  };
  const { name, subnetIds, loadBalancer, securityGroupIds, native, tags = {} } = request;
  if ((subnetIds === undefined) === (loadBalancer === undefined)) {
    const what = subnetIds === undefined ? 'subnetIds is missing' : 'subnetIds and loadBalancer are both given';
    throw new InvalidInputError('INVALID_INPUT', `link ${name}: ${what}`, {
      place: { path: 'subnetIds' },
      details: { key: 'subnetIds' },
      remedy: 'Give subnetIds, or loadBalancer for a VPC link V1, and not both.',
    });
  }
  if (loadBalancer !== undefined) {
    const kind = kindCreatedFrom(place.clouds, place.provider, 'loadBalancer');
    return { links: { [name]: { ...placeOf(place), kind, loadBalancer, timeouts, tags } }, integrations: {}, places };
  }

  const allowlist = request.allowlist ?? (securityGroupIds === undefined ? [] : undefined);
  const link = {
    ...placeOf(place),
    subnets: subnetIds,
    securityGroups: securityGroupIds,
    allowlist,
    native,
    timeouts,
    tags,
  };
  return { links: { [name]: link }, integrations: {}, places };
}

/** The declaration of a link that is there, and that the call does not change. */
export const linkThere = (place: Place, { kind, id }: Pick<LinkSpec, 'kind' | 'id'>): LinkSpec => ({
  ...placeOf(place),
  kind,
  id,
  owner: 'external',
  tags: {},
});

/**
 * The reference to a gateway with the stages that hold by default.
 * @throws {InvalidInputError} `INVALID_INPUT` where the stage of a REST API is missing.
 */
export function stagedGateway({ clouds }: Pick<Place, 'clouds'>, gateway: GatewaySpec): GatewaySpec {
  const { title, stageIsNamed, ref, example } = gatewayTraits(clouds, gateway);
  if (stageIsNamed !== true || deployedStage(gateway) !== undefined) return withStages(clouds, gateway);

  throw new InvalidInputError('INVALID_INPUT', `the reference to ${title} names no stage to deploy to`, {
    remedy: `Give the stage, such as { ${ref}: '${example}', stage: 'prod' }.`,
  });
}

/**
 * The part of a spec that declares a route, through a link that is there.
 * @throws {InvalidInputError} `INVALID_INPUT` where the stage of a REST API is missing.
 */
export function routePart(
  place: Place,
  gateway: GatewaySpec,
  key: string,
  target: LinkTarget,
  settings: RouteSettings | undefined,
): RequestedSpec {
  const { name, linkId, linkKind, ref, tls, path } = target;
  const link = linkThere(place, { kind: linkKind, id: linkId });
  const argument: Readonly<Record<string, string>> = { gateway: 'gateway', routes: 'key', settings: 'settings' };
  return {
    places: (path) => ({ path: argument[/^integrations\.[^.]+\.(\w+)/.exec(path)?.[1] ?? ''] ?? 'target' }),
    links: { [name]: link },
    integrations: {
      [name]: {
        link: name,
        gateway: stagedGateway(place, gateway),
        targets: { [name]: { ref, tls, path } },
        routes: { [key]: name },
        ...(settings === undefined ? {} : { settings: { [key]: settings } }),
      },
    },
  };
}
