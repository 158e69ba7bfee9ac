import type { AlibabaOption } from '../../planner/option.js';
import { ALIBABA_APIG } from '../planner.js';

/** What `advise` knows of Cloud-native API Gateway. */
export const cloudNative: { readonly options: readonly AlibabaOption[] } = { options: [ALIBABA_APIG] };
