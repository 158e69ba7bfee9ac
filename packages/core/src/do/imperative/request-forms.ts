import type { Clouds } from '../kinds/cloud/clouds.js';
import { checkArgument, argumentError } from '../forms/check-argument.js';
import { list, oneOf, optional, record, type AnyForm, type Form } from '../forms/form.js';
import { choice, keyed, name, optionalText, ruled, tagsOf, tcpPort, text, texts } from '../forms/values.js';
import { CLOUD_NAME_RULE, ID_RULE, routeKeyRemedy } from '../forms/text-rules.js';
import { parsePrefix } from '../../cidr/prefix.js';
import { isPosternError } from '../../ground/errors.js';
import { REMEDIES } from '../../ground/remedies.js';
import { linkOrIdForm } from '../input/argument-forms.js';
import { keyForm } from '../input/key-forms.js';
import { gatewayKeysOf, gatewaySpecForm, targetRefForm, tls } from '../input/spec-form.js';
import type { Driver } from '../driver.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import { otherKindFault } from '../kinds/id-kinds.js';
import { targetKey } from '../kinds/target-ref.js';
import type { GatewaySpec } from '../model/gateway.js';
import { targetRef, targetWays, type TargetWay } from './ensure-target.js';
import type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget } from './requests.js';

/** Where a request is for: the IDs of clouds differ. */
interface Place {
  readonly clouds: Clouds;
  readonly provider: string;
  readonly region: string;
}

const ids = list(ruled(ID_RULE));
const optionalName = optional(ruled(CLOUD_NAME_RULE));

const linkForm = ({ ownTagKey }: Clouds) =>
  keyed<EnsureLink>({
    name,
    subnetIds: optional(ids),
    loadBalancer: optionalName,
    securityGroupIds: optional(ids),
    allowlist: optional(texts),
    native: optional(record(text)),
    tags: optional(tagsOf(ownTagKey)),
  });

/** What a key of a request takes: a text, unless it is that of a spec and takes something else there. */
function wayForm(clouds: Clouds, { key, kind, hasPort }: TargetWay): AnyForm {
  const { form } = clouds.target(kind);
  if (key === kind && typeof form === 'object') return keyForm(form);
  return hasPort ? ruled(CLOUD_NAME_RULE) : text;
}

const targetForm = (clouds: Clouds) =>
  keyed<EnsureTarget>({
    name,
    ...Object.fromEntries(targetWays(clouds).map((way) => [way.key, optional(wayForm(clouds, way))])),
    ref: optional(targetRefForm(clouds)),
    port: optional(tcpPort),
    tls: optional(tls),
    path: optional(oneOf('keep')),
  });

/** A target has more members: what `ensureTarget` returned is recognized by those that a route needs. */
const linkTargetForm = (clouds: Clouds): Form<LinkTarget> =>
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
      check: (one, walk) => {
        const { id, name, linkId, linkKind, ref, tls, path } = one as LinkTarget;
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

const gatewayForm = (clouds: Clouds): Form<string | GatewaySpec> =>
  choice(`the ID of a gateway, or a reference such as { ${exampleKeys(clouds)} }`, (given) => {
    if (typeof given === 'string') return ruled(ID_RULE);
    return gatewayKeysOf(clouds, given).length === 1 ? gatewaySpecForm(clouds) : undefined;
  });

/** @throws {InvalidInputError} `INVALID_INPUT`, `WRONG_KIND` with the key */
export function checkLinkRequest(place: Place, given: EnsureLink): void {
  const { provider, clouds } = place;
  checkArgument('ensureLink', 'request', linkForm(clouds), given);
  if (given.allowlist !== undefined) checkBlocks('ensureLink', 'allowlist', given.allowlist);
  for (const [key, resource] of [
    ['subnetIds', 'subnet'],
    ['securityGroupIds', 'securityGroup'],
  ] as const) {
    for (const [at, id] of (given[key] ?? []).entries()) {
      const fault = otherKindFault(clouds, provider, id, resource);
      if (fault !== undefined) throw argumentError('ensureLink', `${key}[${at}]`, fault);
    }
  }
}

/** @throws {InvalidInputError} `INVALID_INPUT`, and with the key what a kind of target refuses: `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION` */
export function checkTargetRequest(place: Place, given: EnsureTarget): void {
  const clouds = place.clouds;
  checkArgument('ensureTarget', 'request', targetForm(clouds), given);
  const ref = targetRef(clouds, given);
  const kind = targetKey(ref);
  const named = targetWays(clouds).find(({ key }) => given[key] !== undefined);
  const key = named === undefined ? 'ref' : named.hasPort ? undefined : named.key;
  if (key === undefined || !clouds.targetKeys.includes(kind)) return;
  const value = (ref as Readonly<Record<string, unknown>>)[kind];
  const [fault] = clouds.target(kind).faults(value, { region: place.region, isLedTo: true });
  // The adapter can name the listeners of a load balancer.
  if (fault !== undefined && fault.cloudKnows !== true)
    throw argumentError('ensureTarget', key, { ...fault, remedy: fault.remedy ?? REMEDIES[fault.code] });
}

/** @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_PREFIX` with the position in the list */
export function checkBlocks(call: string, key: string, given: readonly string[]): void {
  checkArgument(call, key, texts, given);
  for (const [at, block] of given.entries()) {
    try {
      parsePrefix(block);
    } catch (error) {
      throw isPosternError(error) ? argumentError(call, `${key}[${at}]`, error) : error;
    }
  }
}

/** @throws {InvalidInputError} `INVALID_INPUT`, `WRONG_KIND` */
export function checkLink(call: string, place: Place, given: LinkOrId): void {
  const { provider, clouds } = place;
  checkArgument(call, 'link', linkOrIdForm(clouds), given);
  const fault = otherKindFault(clouds, provider, typeof given === 'string' ? given : given.id, 'link');
  if (fault !== undefined) throw argumentError(call, 'link', fault);
}

/** @throws {InvalidInputError} `INVALID_INPUT`, `WRONG_KIND` */
export function checkRoute(
  call: string,
  place: Place & Pick<Driver, 'serves'>,
  given: { readonly gateway: string | GatewaySpec; readonly key: string },
): void {
  const { provider, serves, clouds } = place;
  checkArgument(call, 'gateway', gatewayForm(clouds), given.gateway);
  const id = typeof given.gateway === 'string' ? given.gateway : gatewayId(given.gateway);
  const fault = otherKindFault(clouds, provider, id, 'gateway');
  if (fault !== undefined) throw argumentError(call, 'gateway', fault);
  checkArgument(call, 'key', text, given.key);
  const kind = typeof given.gateway === 'string' ? serves.gateways[0] : clouds.gatewayKind(given.gateway);
  if (kind !== undefined && !clouds.gateway(kind).keys.test(given.key)) {
    const message = `${JSON.stringify(given.key)} is not a valid route key`;
    const remedy = `Write a key of ${clouds.gateway(kind).title}, such as 'ANY /orders/{proxy+}'.`;
    throw argumentError(call, 'key', { message, remedy: routeKeyRemedy(given.key) ?? remedy });
  }
}

/** @throws {InvalidInputError} `INVALID_INPUT`, `WRONG_KIND` */
export function checkRouteRequest(
  driver: Place & Pick<Driver, 'serves'>,
  given: { readonly gateway: string | GatewaySpec; readonly key: string; readonly target: LinkTarget },
): void {
  checkRoute('ensureRoute', driver, given);
  checkArgument('ensureRoute', 'target', linkTargetForm(driver.clouds), given.target);
}
