import type { Io } from '../process/io.js';

/** The environment variables in which each cloud's own tools look up a region. */
const REGION_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  aws: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  alibaba: ['ALIBABA_CLOUD_REGION_ID', 'ALIBABACLOUD_REGION_ID', 'ALICLOUD_REGION'],
};

/** The region that the usual variables name. */
export function regionOfEnvironment(io: Io, provider = 'aws'): string | undefined {
  const names = Object.hasOwn(REGION_VARIABLES, provider) ? (REGION_VARIABLES[provider] ?? []) : [];
  return names.map((name) => io.env[name]).find((value) => value !== undefined && value !== '');
}

/** Where neither an option nor the environment names a region: that of a new spec, or of one whose text alone is read. */
export const FIRST_REGIONS: Readonly<Record<string, string>> = { aws: 'eu-west-1', alibaba: 'cn-hangzhou' };

/** The remedy for a region that is missing: which variable names one. */
export function regionRemedy(provider: string): string {
  return `Add --region, or set ${REGION_VARIABLES[provider]?.[0] ?? 'the variable of the region'}.`;
}
