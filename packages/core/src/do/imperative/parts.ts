import { gatewayTraits, withStages } from '../kinds/cloud/gateway-kinds.js';
import { kindCreatedFrom } from '../kinds/cloud/link-kinds.js';
import { deployedStage } from '../kinds/gateway/gateway-spec.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { RouteSettings } from '../model/route.js';
import type { RequestPlace } from './request-forms.js';
import type { EnsureLink, LinkTarget } from './requests.js';

/** The links and integrations of a spec that names only what one call makes sure of. */
export type RequestedSpec = Pick<Spec, 'links' | 'integrations'>;

type Place = Omit<RequestPlace, 'serves'>;

const placeOf = ({ provider, region }: Place): Pick<LinkSpec, 'provider' | 'region'> => ({ provider, region });

/**
 * The part of a spec that declares a link.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is declared in no way, or in two.
 */
export function linkPart(place: Place, request: EnsureLink, timeoutMs?: number): RequestedSpec {
  const { name, tags = {}, ...wanted } = request;
  const { subnets, loadBalancer, securityGroups } = wanted;
  if ((subnets === undefined) === (loadBalancer === undefined)) {
    const what = subnets === undefined ? 'subnets is missing' : 'subnets and loadBalancer are both given';
    throw new InvalidInputError('INVALID_INPUT', `link ${name}: ${what}`, {
      place: { path: 'subnets' },
      details: { key: 'subnets' },
      remedy: 'Give subnets, or loadBalancer for a VPC link V1, and not both.',
    });
  }
  const timeouts = timeoutMs === undefined ? undefined : { createMs: timeoutMs };
  const kind = loadBalancer === undefined ? undefined : kindCreatedFrom(place.clouds, place.provider, 'loadBalancer');
  const isManaged = subnets !== undefined && securityGroups === undefined;
  const allowlist = wanted.allowlist ?? (isManaged ? [] : undefined);
  return { links: { [name]: { ...placeOf(place), kind, ...wanted, allowlist, timeouts, tags } }, integrations: {} };
}

/** The declaration of a link that is there, and that the call does not change. */
const linkThere = (place: Place, { kind, id }: Pick<LinkSpec, 'kind' | 'id'>): LinkSpec => ({
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
function stagedGateway({ clouds }: Pick<Place, 'clouds'>, gateway: GatewaySpec): GatewaySpec {
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
  return {
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
