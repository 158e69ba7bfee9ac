import type { Target } from '@postern/core';

/** Whether a target is an address that is called without an authorization. */
export function isPlain({ id }: Target): boolean {
  return /^\d+(?:\.\d+){3}:\d+$/.test(id);
}
