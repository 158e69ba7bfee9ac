import { parsePrefix } from '@postern/core/cidr';
import { localBlockErrors } from '../cloud/integration-instance/blocks.js';
import { connectBlocks } from './connect-blocks.js';
import type { InstanceOutput } from './instance.js';

/**
 * Refuses blocks that an existing instance can never reach.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `CIDR_RESERVED`, `CIDR_CONFLICT`
 */
export function requireReachable(blocks: readonly string[], instance: InstanceOutput): void {
  for (const text of blocks) {
    const [error] = localBlockErrors(text, parsePrefix(text), instance.InstanceCidrBlock);
    if (error !== undefined) throw error;
  }
}

/** Which blocks an instance may reach already. */
export function reachedBlocks(instance: InstanceOutput): ReadonlySet<string> {
  return new Set(connectBlocks(instance));
}
