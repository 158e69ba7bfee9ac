import { changeAllowlist } from '../change-allowlist.js';
import type { PlaceOptions } from '../find-link.js';
import type { Invocation } from '../io.js';

/** `postern allow`: lets a link reach blocks, on the ports of its targets. */
export function run(invocation: Invocation<PlaceOptions>): Promise<number> {
  return changeAllowlist('allow', invocation);
}
