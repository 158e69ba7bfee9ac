import { type LinkKindRules } from '@postern/core/kinds';
import { blockRefusals } from './blocks.js';
import { priceOf } from './price.js';
import { instanceRefusals } from './request.js';
import { backendRefusals, plainTarget } from './targets.js';

/** VPC integration instances of Alibaba Cloud's API Gateway (Traditional). */
export const INTEGRATION_INSTANCE: LinkKindRules = {
  kind: 'integration-instance',
  provider: 'alibaba',
  requestRefusals: instanceRefusals,
  targetRefusals: backendRefusals,
  plainTarget,
  blockRefusals,
  price: priceOf,
};
