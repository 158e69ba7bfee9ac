import { readFileSync } from 'node:fs';
import type { RegionSnapshot } from '../../../src/do/snapshot/snapshot.js';

const TEXT = readFileSync(new URL('alibaba-region.json', import.meta.url), 'utf8');

/**
 * A VPC with two zones. The integration instance is in `vsw-j` and `vsw-k`, the ECS instance `i-1` and the CLB instance
 * `lb-1`, with the same ECS instance behind it, in `vsw-app`, whose block is accessible.
 */
export function alibabaRegion(): RegionSnapshot {
  return JSON.parse(TEXT) as RegionSnapshot;
}
