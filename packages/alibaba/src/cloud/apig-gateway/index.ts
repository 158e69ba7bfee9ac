import type { LinkKindRules } from '@postern/core/kinds';
import { gatewayPrice } from './price.js';
import { gatewayRefusals } from './request.js';
import { endpointsOfRef, serviceRefusals } from './targets.js';

/** Gateways of Alibaba Cloud's Cloud-native API Gateway: each has nodes in vSwitches of one VPC. */
export const APIG_GATEWAY: LinkKindRules = {
  kind: 'apig-gateway',
  provider: 'alibaba',
  requestRefusals: gatewayRefusals,
  targetRefusals: serviceRefusals,
  endpointsOf: endpointsOfRef,
  price: gatewayPrice,
};
