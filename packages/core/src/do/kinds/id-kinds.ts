import type { Cloud } from './cloud/cloud.js';
import type { Clouds } from './cloud/clouds.js';
import type { IdKinds } from './cloud/spec-keys.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { FollowedRef, TargetRef, Target, TargetTls } from '../model/target.js';
import type { LinkKind } from '../model/link.js';
import type { TargetKind } from './cloud/target-kind.js';
import { readAddress } from '../../cidr/read-address.js';
import { parsePrefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';

export interface IdFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** Why `id` is not the ID of a resource whose IDs begin with `prefix`; undefined where it may be. */
export function idFault({ kinds }: IdKinds, id: string, prefix: string): IdFault | undefined {
  const found = prefixOf(id);
  if (found === prefix) return undefined;

  const due = `a ${kinds[prefix] ?? prefix}`;
  if (Object.hasOwn(kinds, found)) {
    const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
    return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
  }

  const remedy = `Write ${prefix}-…, or { name: … } to look it up by its name.`;
  return { code: 'INVALID_SPEC', message: `not the ID of ${due}`, remedy };
}

/** Whether a text is the ID of a load balancer, and no name. */
export function isBalancerId(clouds: Clouds, provider: string, text: string): boolean {
  const prefix = clouds.named(provider)?.ids.loadBalancer;
  return prefix !== undefined && text.startsWith(prefix);
}

/**
 * Why `id` is certainly the ID of another kind of resource than `resource`; undefined where it may be one, and on clouds
 * whose IDs are not known.
 */
export function otherKindFault(
  clouds: Clouds,
  provider: string,
  id: string,
  resource: 'subnet' | 'securityGroup' | 'link' | 'gateway',
): IdFault | undefined {
  const cloud = clouds.named(provider);
  const found = prefixOf(id);
  if (cloud === undefined || !Object.hasOwn(cloud.ids.kinds, found)) return undefined;

  const { kinds } = cloud.ids;
  const [prefix, ...others] = prefixesOf(cloud, resource);
  if (found === prefix || others.includes(found)) return undefined;

  const due = `a ${prefix === undefined ? resource : (kinds[prefix] ?? prefix)}`;
  const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
  return { code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.` };
}

/** What IDs of a resource begin with: those of links by their kinds; those of gateways say nothing. */
function prefixesOf(
  { ids, links }: Cloud,
  resource: 'subnet' | 'securityGroup' | 'link' | 'gateway',
): readonly string[] {
  if (resource === 'gateway') return [];
  if (resource === 'link') return [...new Set(Object.values(links).flatMap(({ idPrefix }) => idPrefix ?? []))];

  return [ids[resource] ?? []].flat();
}

function prefixOf(id: string): string {
  return /^([a-z]+)-/.exec(id)?.[1] ?? '';
}

const PORT = 'port';

/** The key of a reference, which is that of a kind of target: `listener`, `address`. Beside it there is a port, or nothing. */
export function targetKey(ref: TargetRef): string {
  return Object.keys(ref).find((key) => key !== PORT) ?? PORT;
}

/** A reference by the keys that core follows. One by another key has none of them. */
export const followed = (ref: TargetRef): FollowedRef => ref as FollowedRef;

/** A reference as text: `listener arn:…`, `listener orders-alb:443`, `instance lb-1:8080`. */
export function targetText(ref: TargetRef): string {
  const key = targetKey(ref);
  const noun = key === 'dnsName' ? 'name' : key;
  const value = (ref as Readonly<Record<string, unknown>>)[key];
  if (!('port' in ref)) return `${noun} ${valueText(value)}`;

  return Array.isArray(value)
    ? `${noun} ${value.join(', ')}, port ${ref.port}`
    : `${noun} ${valueText(value)}:${ref.port}`;
}

/** What a reference names, without its kind: `orders-alb:443`, an ARN, an address. */
function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.join(',');

  const { [PORT]: port, ...others } = value as Readonly<Record<string, unknown>>;
  return [...Object.values(others), ...(port === undefined ? [] : [port])].join(':');
}

/** The attribute that holds the address or the port of an instance of a service on a cloud, where it has services with attributes. */
export function registeredBy(clouds: Clouds, provider: string, of: 'address' | 'port'): string | undefined {
  const kinds = Object.values(clouds.named(provider)?.targets ?? {});
  return kinds.flatMap(({ [`${of}Attribute` as const]: attribute }) => attribute ?? [])[0];
}

/** What a reference names by its key: a machine or load balancer, an address, several of them, or a name. */
export function namedBy(ref: TargetRef): string {
  return valueText((ref as Readonly<Record<string, unknown>>)[targetKey(ref)]);
}

/**
 * Whether a link of a kind creates what a reference means on demand (an authorization), where it does not exist. Otherwise it
 * must exist.
 */
export function isMadeOnDemand(clouds: Clouds, kind: LinkKind, ref: TargetRef): boolean {
  return clouds.link(kind).plans.targetsAreResources && clouds.target(targetKey(ref)).mustExist !== true;
}

/** Why a target cannot be used as declared, and what to do instead. */
export interface NamelessAddress {
  readonly message: string;
  readonly remedy: string;
}

/**
 * The server name that a certificate is checked for is set on an authorization, and an integration instance calls a plain address
 * without one. `target` is undefined if it does not exist yet: an address is not authorized then. Undefined: no objection.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-setvpcaccess
 */
export function namelessAddress(
  clouds: Clouds,
  kind: LinkKind,
  ref: TargetRef,
  tls: TargetTls | undefined,
  target: Pick<Target, 'id'> | undefined,
): NamelessAddress | undefined {
  const { address, port } = ref;
  if (address === undefined || tls?.serverName === undefined || tls.serverName === '') return undefined;

  const plain = `${String(address)}:${port}`;
  if (target !== undefined && target.id !== plain) return undefined;

  const named = addressedBy(clouds, kind)?.called;
  return {
    message: `a plain address (${plain}) cannot have a server name`,
    remedy:
      named === undefined
        ? 'Remove tls.serverName.'
        : `Write ${named} that has this address, or remove tls.serverName.`,
  };
}

/** What a link of a kind leads to that has addresses: how a spec names it, and what it is. */
function addressedBy(clouds: Clouds, kind: LinkKind): TargetKind['addressed'] {
  for (const key of clouds.link(kind).targets) {
    const { addressed } = clouds.target(key);
    if (addressed !== undefined) return addressed;
  }
  return undefined;
}

/** Private by RFC 1918, RFC 6598 (used inside Alibaba Cloud) and RFC 4193. */
const BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];
let known: PrefixSet | undefined;

/** Whether a host is an address, and no name. */
export function isAddress(host: string): boolean {
  return readAddress(host) !== undefined;
}

/** Whether a host is a private address. Names are not; whether they are private, private domains say. */
export function isPrivate(host: string): boolean {
  const address = readAddress(host);
  known ??= PrefixSet.of(BLOCKS.map((text) => parsePrefix(text)));
  return address !== undefined && known.has(address);
}
