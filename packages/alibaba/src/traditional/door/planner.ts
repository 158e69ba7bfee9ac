import type { AlibabaOption } from '../../planner/option.js';
import { ALIBABA_CONVENTIONAL, ALIBABA_VPC_INTEGRATION } from '../planner.js';

/** What `advise` knows of API Gateway (Traditional). */
export const traditional: { readonly options: readonly AlibabaOption[] } = {
  options: [ALIBABA_VPC_INTEGRATION, ALIBABA_CONVENTIONAL],
};
