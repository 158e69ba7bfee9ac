import { definePlanner } from '@postern/core/planner';
import { ALIBABA_APIG, ALIBABA_CONVENTIONAL, ALIBABA_VPC_INTEGRATION } from './options.js';

/** What `advise` knows of Alibaba Cloud. */
export const planner = definePlanner({
  cloud: 'alibaba',
  options: [ALIBABA_VPC_INTEGRATION, ALIBABA_CONVENTIONAL, ALIBABA_APIG],
  // PrivateLink of Alibaba Cloud; no page says how links reach backends of another account by it [U].
  otherAccounts: { hop: 'PrivateLink endpoint' },
});
