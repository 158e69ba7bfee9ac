import type { Invocation } from '../../invocation.js';
import { changeAllowlist } from '../../links/allowlist.js';
import type { PlaceOptions } from '../../links/place.js';

/** `postern revoke`: removes blocks from a link's allowlist. */
export function run(invocation: Invocation<PlaceOptions>): Promise<number> {
  return changeAllowlist('revoke', invocation);
}
