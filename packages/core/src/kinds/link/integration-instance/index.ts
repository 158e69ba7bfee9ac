import type { LinkKindRules } from '../link-kind.js';
import { blockRefusals } from './blocks.js';
import { priceOf } from './price.js';
import { instanceRefusals } from './request.js';
import { backendRefusals, plainTarget } from './targets.js';

/** VPC integration instances of Alibaba Cloud's API Gateway (Traditional). */
export const INTEGRATION_INSTANCE: LinkKindRules = {
  kind: 'integration-instance',
  provider: 'alibaba',
  traits: {
    // Instances are billed by the hour: https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
    linksCostMoney: true,
    // A VPC access authorization: https://www.alibabacloud.com/help/doc-detail/179362.htm
    targetsAreResources: true,
    // Accessible blocks are added to an instance that is there.
    allowlistNeedsCreation: false,
    allowlistHasPorts: false,
  },
  requestRefusals: instanceRefusals,
  targetRefusals: backendRefusals,
  plainTarget,
  blockRefusals,
  price: priceOf,
};
