import type { Clouds } from './cloud/clouds.js';
import type { TargetKind } from './cloud/target-kind.js';
import type { LinkKind } from '../model/link.js';
import type { Target, TargetRef, TargetTls } from '../model/target.js';

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
export function addressedBy(clouds: Clouds, kind: LinkKind): TargetKind['addressed'] {
  for (const key of clouds.link(kind).targets) {
    const { addressed } = clouds.target(key);
    if (addressed !== undefined) return addressed;
  }
  return undefined;
}
