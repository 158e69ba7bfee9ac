import { plainAddress, type LinkKindRules } from '@postern/core/internal/kinds';
import { blockRefusals } from './blocks.js';
import { priceOf } from './instance-specs.js';
import { instanceRefusals } from './request.js';
import { backendRefusals } from '../../cloud/target-ref.js';

/** VPC integration instances of Alibaba Cloud's API Gateway (Traditional). */
export const INTEGRATION_INSTANCE: LinkKindRules = {
  kind: 'integration-instance',
  provider: 'alibaba',
  requestRefusals: instanceRefusals,
  targetRefusals: backendRefusals,
  // An instance calls a private address of its network without an authorization.
  // https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
  plainTarget: plainAddress,
  blockRefusals,
  price: priceOf,
};
