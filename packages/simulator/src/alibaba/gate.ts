import type { GateRules, GatedCall } from '../simulation/dispatch/gate.js';
import type { Alibaba } from './dispatch.js';
import { type ProductName, AlibabaError } from './operation/operation.js';
import { denied, gatewayWords } from './operation/words.js';
import { refusals } from './cloud-native/control/request/parameters.js';
import type { Bucket } from '../simulation/dispatch/dispatcher.js';

/**
 * Calls a second of one user to one action. Fifty are documented for CloudAPI's writes; for the rest no figure is
 * published, and they get twice as many here.
 * @see https://help.aliyun.com/document_detail/43604.html
 */
const CLOUD_API_WRITES_PER_SECOND = 50;
const OTHERS_PER_SECOND = 100;

/** One bucket per region and action. The calls of a second may be made at once. */
function bucketsOf({ operation, region }: GatedCall<Alibaba>): readonly Bucket[] {
  const { product, name, kind } = operation;
  const usual = product === 'CloudAPI' && kind === 'write' ? CLOUD_API_WRITES_PER_SECOND : OTHERS_PER_SECOND;
  const perSecond = operation.perSecond ?? usual;
  return [{ key: `${region}/${product}/${name}`, perSecond, burst: perSecond }];
}

/** A product's name in the journal and in fault rules: `cloudapi`, `ecs`, `vpc`, `slb`, `sts`, `ram`. */
export function journalName(product: ProductName): string {
  return product.toLowerCase();
}

/**
 * The rules between a request and its action on Alibaba Cloud. A write of CloudAPI holds its API group,
 * where the call names one, and the whole request: a second one with the same parameters is a repeated
 * commit. A write of a service of Cloud-native API Gateway holds that service.
 */
export const alibabaGate: GateRules<Alibaba> = {
  serviceOf: ({ product }) => journalName(product),
  Failure: AlibabaError,
  brokenCode: 'InternalError',
  refusal: () => undefined,
  words: ({ operation, caller }) => ({
    throttle: gatewayWords.throttledUser,
    error: gatewayWords.unavailable,
    deny: () => denied(operation, caller),
    expired: gatewayWords.expired,
  }),
  buckets: bucketsOf,
  holds: ({ operation: { product, name, kind }, region, input }) => {
    const { serviceId } = input as Readonly<Record<string, unknown>>;
    if (product === 'APIG' && kind === 'write' && typeof serviceId === 'string') {
      return [{ key: `service:${region}/${serviceId}`, refusal: refusals.lockFailed }];
    }
    if (product !== 'CloudAPI' || kind === 'read') return [];

    const request = { key: `request:${region}/${name}/${JSON.stringify(input)}`, refusal: gatewayWords.repeated };
    const { GroupId: group } = input as Readonly<Record<string, unknown>>;
    return typeof group === 'string'
      ? [request, { key: `group:${region}/${group}`, refusal: gatewayWords.locked }]
      : [request];
  },
};
