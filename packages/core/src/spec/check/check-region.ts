import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { regionFault } from '../../ground/text/region-fault.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedLink, CheckedSpec } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';

/** Reports a region that its cloud cannot have, where it is written: at the link, or once under `defaults`. */
export function checkRegion(
  link: CheckedLink,
  input: CheckedSpec,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): void {
  const region = link.region ?? input.defaults?.region;
  const names = clouds.named(link.provider)?.regions;
  if (region === undefined || names === undefined) return;
  const fault = regionFault(names, region);
  const at: KeyPath = link.region === undefined ? ['defaults', 'region'] : [...path, 'region'];
  if (fault === undefined || problems.some((one) => one.path.join() === at.join())) return;
  problems.push({ code: 'INVALID_SPEC', message: fault.message, remedy: fault.remedy, path: at });
}
