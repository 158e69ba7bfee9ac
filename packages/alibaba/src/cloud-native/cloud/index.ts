import type { LinkKindRules } from '@postern/core/internal/kinds';
import { gatewayRefusals } from './request.js';
import { sourcesOf } from './sources.js';
import { endpointsOfRef, isService, parseServiceRef, serviceRefusals, unwrittenService } from './targets.js';
import type { LinkPrice, LinkRequest } from '@postern/core/internal/adapter';
import { CLOUD_NATIVE_PRICES_OF, CLOUD_NATIVE_TYPES } from './types.js';

/** The smallest type with an SLA. */
export const DEFAULT_GATEWAY_SPEC = CLOUD_NATIVE_TYPES[0].name;

/** From where callers reach a new gateway where a spec does not say it: as an integration instance, from the internet. */
export const DEFAULT_GATEWAY_ACCESS = 'internet';

/**
 * What a gateway costs, and on which terms: type, VPC, vSwitches and access cannot be changed, and no operation of the
 * service resizes one (ForceNew in Terraform's provider, resource_alicloud_apig_gateway.go).
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/billing-overview
 */
function gatewayPrice({ native }: Pick<LinkRequest, 'native'>): LinkPrice {
  const asked = native?.['spec'];
  const spec = typeof asked === 'string' ? asked : DEFAULT_GATEWAY_SPEC;
  const hour = CLOUD_NATIVE_TYPES.find(({ name }) => name === spec)?.hour;
  return {
    summary:
      hour === undefined
        ? `${spec}, pay-as-you-go: see the price list, none is known here`
        : `${spec}, pay-as-you-go: about USD ${hour} an hour in the mainland of China (list price of ${CLOUD_NATIVE_PRICES_OF}), and the data that is processed`,
    terms: [
      'It is billed from its creation until it is deleted, whether it is used or not.',
      'Its type, VPC, vSwitches, and from where callers reach it can never be changed.',
    ],
  };
}

/** Gateways of Alibaba Cloud's Cloud-native API Gateway: each has nodes in vSwitches of one VPC. */
export const APIG_GATEWAY: LinkKindRules = {
  kind: 'apig-gateway',
  provider: 'alibaba',
  requestRefusals: gatewayRefusals,
  targetRefusals: serviceRefusals,
  endpointsOf: endpointsOfRef,
  isRegistered: (target, ref, link) => {
    const parsed = 'nacos' in ref ? parseServiceRef(ref) : undefined;
    return parsed?.kind === 'nacos' && isService(target, parsed, sourcesOf(link) ?? []);
  },
  unwritten: unwrittenService,
  price: gatewayPrice,
};
