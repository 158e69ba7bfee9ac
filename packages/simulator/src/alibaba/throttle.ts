import type { GatedCall } from '../simulation/dispatch/gate.js';
import type { Bucket } from '../simulation/dispatch/token-buckets.js';
import type { Alibaba } from './dispatch.js';

/**
 * Calls a second of one user to one action. Fifty are documented for CloudAPI's writes; for the rest no figure is
 * published, and they get twice as many here.
 * @see https://help.aliyun.com/document_detail/43604.html
 */
const CLOUD_API_WRITES_PER_SECOND = 50;
const OTHERS_PER_SECOND = 100;

/** One bucket per region and action. The calls of a second may be made at once. */
export function bucketsOf({ operation, region }: GatedCall<Alibaba>): readonly Bucket[] {
  const { product, name, kind } = operation;
  const usual = product === 'CloudAPI' && kind === 'write' ? CLOUD_API_WRITES_PER_SECOND : OTHERS_PER_SECOND;
  const perSecond = operation.perSecond ?? usual;
  return [{ key: `${region}/${product}/${name}`, perSecond, burst: perSecond }];
}
