import { ALIBABA_REGIONS } from './alibaba-regions.js';
import { AWS_REGIONS } from './aws-regions.js';

/** How the clouds that are built in name their regions, for adapters and programs that have no set of clouds yet. */
export const REGION_NAMES = { aws: AWS_REGIONS, alibaba: ALIBABA_REGIONS } as const;
