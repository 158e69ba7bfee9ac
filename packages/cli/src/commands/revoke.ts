import { changeAllowlist } from '../change-allowlist.js';
import type { PlaceOptions } from '../find-link.js';
import type { Invocation } from '../io.js';

/** `postern revoke`: takes blocks from a link's allowlist. */
export function run(invocation: Invocation<PlaceOptions>): Promise<number> {
  return changeAllowlist('revoke', invocation);
}
