import type { Clouds } from './cloud/clouds.js';
import type { TargetKind } from './cloud/target-kind.js';
import type { LinkKind } from '../model/link.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';
import { readAddress } from '../../cidr/read-address.js';
import { parsePrefix } from '../../cidr/prefix.js';
import { PrefixSet } from '../../cidr/prefix-set.js';

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
