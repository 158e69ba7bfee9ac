import { CLOUDS, type CloudName, type CloudTraits } from './cloud-table.js';

/** Whether a cloud is one that a spec can name. */
export function isCloudName(text: unknown): text is CloudName {
  return typeof text === 'string' && Object.hasOwn(CLOUDS, text);
}

/** The clouds that a spec can name. */
export function cloudNames(): readonly CloudName[] {
  return Object.keys(CLOUDS) as CloudName[];
}

/** The traits of an unknown cloud: nothing is assumed. */
const UNKNOWN: CloudTraits = {
  ...CLOUDS.alibaba,
  readsTargetHealth: 'the permission to read the health of targets',
  routersAreListed: true,
  groupRulesHavePriorities: false,
  publicBalancersStandOutside: false,
  reserves: undefined,
};

/** How the cloud of a region, a link or a spec behaves. */
export function cloudTraits({ provider }: { readonly provider: string }): CloudTraits {
  return isCloudName(provider) ? CLOUDS[provider] : UNKNOWN;
}
