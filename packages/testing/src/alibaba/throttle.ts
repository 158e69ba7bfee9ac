import { TokenBuckets } from '../simulation/token-buckets.js';
import type { AnyAlibabaOperation } from './operation.js';

/**
 * Calls a second of one user to one action. Fifty are documented for CloudAPI's writes; for the rest no figure is
 * published, and they get twice as many here.
 * @see https://help.aliyun.com/document_detail/43604.html
 */
const CLOUD_API_WRITES_PER_SECOND = 50;
const OTHERS_PER_SECOND = 100;

/** One bucket per region and action, in simulated time. A second's worth may come at once. */
export class AlibabaThrottle {
  readonly #buckets = new TokenBuckets();

  /** Takes what the call costs. False: the service throttles it. */
  admits({ product, name, kind, perSecond }: AnyAlibabaOperation, region: string, now: number): boolean {
    const usual = product === 'CloudAPI' && kind === 'write' ? CLOUD_API_WRITES_PER_SECOND : OTHERS_PER_SECOND;
    const rate = perSecond ?? usual;
    return this.#buckets.take(`${region}/${product}/${name}`, { perSecond: rate, burst: rate }, now);
  }

  /** All buckets full. */
  reset(): void {
    this.#buckets.reset();
  }
}
