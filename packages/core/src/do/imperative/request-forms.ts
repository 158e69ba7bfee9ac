import { parsePrefix } from '../../cidr/prefix.js';
import { isPosternError, type PosternError } from '../../ground/errors.js';
import { REMEDIES } from '../../ground/remedies.js';
import { list, oneOf, optional, record, type AnyForm, type Form, type Walk } from '../forms/form.js';
import { CLOUD_NAME_RULE, ID_RULE, routeKeyRemedy } from '../forms/text-rules.js';
import { choice, keyed, name, optionalText, refined, ruled, tagsOf, tcpPort, text } from '../forms/values.js';
import { linkOrIdForm } from '../input/link-argument.js';
import { keyForm } from '../kinds/key-forms.js';
import { gatewayKeysOf, gatewaySpecForm, targetRefForm, tls } from '../kinds/reference-forms.js';
import type { Driver } from '../driver.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import { otherKindFault, targetKey } from '../kinds/id-kinds.js';
import type { GatewaySpec } from '../model/gateway.js';
import { targetRef, targetWays, type TargetWay } from './ensure-target.js';
import type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget } from './requests.js';

/** Where a request is for: the IDs of clouds differ. */
export interface RequestPlace extends Pick<Driver, 'provider' | 'region' | 'serves'> {
  readonly clouds: Clouds;
}

type ResourceOfId = Parameters<typeof otherKindFault>[3];

const anyId = ruled(ID_RULE);
const optionalName = optional(ruled(CLOUD_NAME_RULE));

function addFault(walk: Walk, fault: Pick<PosternError, 'code' | 'message' | 'remedy'> | undefined): void {
  if (fault !== undefined) walk.add(fault.message, { code: fault.code, remedy: fault.remedy });
}

/** A value with an ID that is certainly not that of another kind of resource. */
function ofKind<T>(
  { clouds, provider }: RequestPlace,
  resource: ResourceOfId,
  form: Form<T>,
  idOf: (given: T) => string,
) {
  return refined(form, (given, walk) => addFault(walk, otherKindFault(clouds, provider, idOf(given), resource)));
}

/** A CIDR block as it is written in lists. */
const cidrBlock = refined(text, (given, walk) => {
  try {
    parsePrefix(given);
  } catch (error) {
    if (!isPosternError(error)) throw error;

    addFault(walk, error);
  }
});
export const cidrBlocks = list(cidrBlock);

export const linkRequest = (place: RequestPlace) => {
  const idsOf = (resource: ResourceOfId) => optional(list(ofKind(place, resource, anyId, (id) => id)));
  return keyed<EnsureLink>({
    name,
    subnets: idsOf('subnet'),
    loadBalancer: optionalName,
    securityGroups: idsOf('securityGroup'),
    allowlist: optional(cidrBlocks),
    native: optional(record(text)),
    tags: optional(tagsOf(place.clouds.ownTagKey)),
  });
};

/** A link that was read, a reference to one, or its ID. */
export const linkOrId = (place: RequestPlace) =>
  ofKind<LinkOrId>(place, 'link', linkOrIdForm(place.clouds) as Form<LinkOrId>, (given) =>
    typeof given === 'string' ? given : given.id,
  );

const named = keyed<{ readonly name: string }>({ name });

/** As {@link linkOrId}, or the name with which a link was requested. */
export const linkOrName = (place: RequestPlace) =>
  choice<LinkOrId | { readonly name: string }>('a link or its ID', (given) =>
    typeof given === 'object' && given !== null && !('id' in given) ? named : linkOrId(place),
  );

/** What a key of a request takes: a text, unless it is that of a spec and takes something else there. */
function wayForm(clouds: Clouds, { key, kind, hasPort }: TargetWay): AnyForm {
  const { form } = clouds.target(kind);
  if (key === kind && typeof form === 'object') return keyForm(form);

  return hasPort ? ruled(CLOUD_NAME_RULE) : text;
}

/** A target, and what its kind refuses: `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`. */
export const targetRequest = ({ clouds, region }: RequestPlace) => {
  const ways = targetWays(clouds);
  const form = keyed<EnsureTarget>({
    name,
    ...Object.fromEntries(ways.map((way) => [way.key, optional(wayForm(clouds, way))])),
    ref: optional(targetRefForm(clouds)),
    port: optional(tcpPort),
    tls: optional(tls),
    path: optional(oneOf('keep')),
  });
  return refined(form, (given, walk) => {
    const ref = targetRef(clouds, given);
    const kind = targetKey(ref);
    const way = ways.find(({ key }) => given[key] !== undefined);
    const key = way === undefined ? 'ref' : way.hasPort ? undefined : way.key;
    if (key === undefined || !clouds.targetKeys.includes(kind)) return;

    const value = (ref as Readonly<Record<string, unknown>>)[kind];
    const [fault] = clouds.target(kind).faults(value, { region, isLedTo: true });
    // The adapter can name the listeners of a load balancer.
    if (fault === undefined || fault.cloudKnows === true) return;

    const details = { code: fault.code, remedy: fault.remedy ?? REMEDIES[fault.code] };
    walk.into(key, { check: () => walk.add(fault.message, details), schema: {} }, value);
  });
};

/** A target has more members: what `ensureTarget` returned is recognized by those that a route needs. */
export const linkTarget = ({ clouds }: RequestPlace): Form<LinkTarget> =>
  choice('what ensureTarget() returned', (given) => {
    if (typeof given !== 'object' || given === null) return undefined;

    const { check } = keyed<Pick<LinkTarget, 'id' | 'name' | 'linkId' | 'linkKind' | 'ref' | 'tls' | 'path'>>({
      id: text,
      name,
      linkId: text,
      linkKind: optionalText,
      ref: targetRefForm(clouds),
      tls: optional(tls),
      path: optional(oneOf('keep')),
    });
    return {
      check: (target, walk) => {
        const { id, name, linkId, linkKind, ref, tls, path } = target as LinkTarget;
        check({ id, name, linkId, linkKind, ref, tls, path }, walk);
      },
      schema: {},
    };
  });

/** The keys of a reference with a stage, where the set has such gateways. */
function exampleKeys(clouds: Clouds): string {
  const kinds = clouds.gatewayKinds.map((kind) => clouds.gateway(kind));
  const staged = kinds.find(({ stageIsNamed }) => stageIsNamed);
  return staged === undefined ? (kinds[0]?.ref ?? '') : `${staged.ref}, stage`;
}

/** The ID of a gateway, or a reference with its kind. */
export const gateway = (place: RequestPlace) => {
  const { clouds } = place;
  const form = choice<string | GatewaySpec>(
    `the ID of a gateway, or a reference such as { ${exampleKeys(clouds)} }`,
    (given) => {
      if (typeof given === 'string') return anyId;

      return gatewayKeysOf(clouds, given).length === 1 ? gatewaySpecForm(clouds) : undefined;
    },
  );
  return ofKind(place, 'gateway', form, (given) => (typeof given === 'string' ? given : gatewayId(given)));
};

/** A route key of the kind of the gateway, which is the argument before it. */
export const routeKey = (
  { serves, clouds }: RequestPlace,
  { gateway }: { readonly gateway?: unknown },
): Form<string> => {
  const kind = typeof gateway === 'string' ? serves.gateways[0] : clouds.gatewayKind(gateway as GatewaySpec);
  if (kind === undefined) return text;

  const { keys, title } = clouds.gateway(kind);
  return refined(text, (given, walk) => {
    if (keys.test(given)) return;

    const remedy = routeKeyRemedy(given) ?? `Write a key of ${title}, such as 'ANY /orders/{proxy+}'.`;
    walk.add(`${JSON.stringify(given)} is not a valid route key`, { remedy });
  });
};
