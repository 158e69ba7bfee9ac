import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { KeyForm } from '../../do/kinds/cloud/spec-keys.js';
import { parseAddress } from '../../cidr/address.js';
import type { LinkSpec, TargetSpec } from '../../do/spec.js';
import type { TargetRef } from '../../do/model/target.js';
import { canonicalBlocks, problemFrom } from '../check/check-blocks.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedTarget } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { pick } from './pick.js';

/** A target with its defaults; what is wrong with it is added to `problems`. */
export function resolveTarget(
  target: CheckedTarget,
  link: LinkSpec | undefined,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): TargetSpec {
  // The schema requires exactly one.
  const key = clouds.targetKeys.find((one) => target[one] !== undefined) as string;
  const { form, hasPort, faults } = clouds.target(key);
  const kinds = link && clouds.linkOf(link).targets;
  const isLedTo = kinds?.includes(key) === true;
  if (link && kinds && !isLedTo) {
    const withPort = kinds.some((kind) => clouds.target(kind).hasPort) ? ', with a port' : '';
    const message = `links of ${link.provider} do not support targets of this kind`;
    problems.push({ code: 'WRONG_KIND', message, remedy: `Write ${kinds.join(' or ')}${withPort}.`, path });
  }
  const region = isLedTo ? link?.region || undefined : undefined;
  for (const fault of faults(target[key], { region, isLedTo }))
    problems.push({ ...fault, path: [...path, key, ...fault.path] });
  checkAddresses(target[key], form, [...path, key], problems);
  const { admits } = target;
  const ref = { [key]: target[key], ...(hasPort ? { port: target.port ?? 0 } : {}) };
  return {
    ref: ref as unknown as TargetRef,
    ...(admits === undefined ? {} : { admits: canonicalBlocks(admits, [...path, 'admits'], problems) }),
    ...pick(target, ['tls', 'path']),
  };
}

/** Reports what is not an address, in a key that takes one or several. */
function checkAddresses(value: unknown, form: KeyForm, path: KeyPath, problems: Problem[]): void {
  if (typeof form === 'object' && 'listOf' in form) {
    for (const [at, one] of (value as readonly unknown[]).entries())
      checkAddresses(one, form.listOf, [...path, at], problems);
  }
  if (form !== 'IP address') return;
  try {
    parseAddress(value as string);
  } catch (error) {
    problems.push(problemFrom(error, path));
  }
}
