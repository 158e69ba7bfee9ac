import type { Driver } from '../driver.js';
import { deployedStage } from '../kinds/gateway/gateway-spec.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewaySpec } from '../model/gateway.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { RouteSettings } from '../model/route.js';
import type { EnsureLink, LinkTarget } from './requests.js';

/** The links and integrations of a spec that names only what one call makes sure of. */
export type RequestedSpec = Pick<Spec, 'links' | 'integrations'>;

type Place = Pick<Driver, 'provider' | 'region' | 'clouds'>;

const placeOf = ({ provider, region }: Place): Pick<LinkSpec, 'provider' | 'region'> => ({ provider, region });

/**
 * The part of a spec that declares a link.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is declared in no way, or in two.
 */
export function linkPart(place: Place, request: EnsureLink, timeoutMs?: number): RequestedSpec {
  const timeouts = timeoutMs === undefined ? undefined : { createMs: timeoutMs };
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
    const kind = place.clouds.kindCreatedFrom(place.provider, 'loadBalancer');
    return { links: { [name]: { ...placeOf(place), kind, loadBalancer, timeouts, tags } }, integrations: {} };
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
  return { links: { [name]: link }, integrations: {} };
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
  const { title, stageIsNamed, ref: member, example } = place.clouds.gatewayOf(gateway);
  if (stageIsNamed === true && deployedStage(gateway) === undefined) {
    throw new InvalidInputError('INVALID_INPUT', `the reference to ${title} names no stage to deploy to`, {
      remedy: `Give the stage, such as { ${member}: '${example}', stage: 'prod' }.`,
    });
  }
  const { name, linkId, linkKind, ref, tls, path } = target;
  return {
    links: { [name]: { ...placeOf(place), kind: linkKind, id: linkId, owner: 'external', tags: {} } },
    integrations: {
      [name]: {
        link: name,
        gateway: place.clouds.withStages(gateway),
        targets: { [name]: { ref, tls, path } },
        routes: { [key]: name },
        ...(settings === undefined ? {} : { settings: { [key]: settings } }),
      },
    },
  };
}
