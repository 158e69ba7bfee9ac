import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { TargetKey } from '../../do/kinds/target-key.js';
import { parseAddress } from '../../cidr/address.js';
import type { LinkSpec, TargetSpec } from '../../do/spec.js';
import type { TargetRef } from '../../do/model/target.js';
import { checkInstance } from '../check/check-alibaba.js';
import { arnFault } from '../../do/kinds/arn-fault.js';
import { canonicalBlocks, problemFrom } from '../check/check-blocks.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedTarget } from '../schema/spec-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { pick } from './pick.js';

/** References with a separate port. */
const NEEDS_PORT: ReadonlySet<TargetKey> = new Set<TargetKey>(['instance', 'address', 'addresses', 'dnsName']);

/** A target with its defaults; what is wrong with it is added to `problems`. */
export function resolveTarget(
  target: CheckedTarget,
  link: LinkSpec | undefined,
  clouds: Clouds,
  path: KeyPath,
  problems: Problem[],
): TargetSpec {
  const kinds = link && clouds.linkOf(link).targets;
  const fits = kinds?.some((kind) => target[kind] !== undefined) === true;
  if (link && kinds && !fits) {
    const withPort = kinds.some((kind) => NEEDS_PORT.has(kind)) ? ', with a port' : '';
    const message = `links of ${link.provider} do not support targets of this kind`;
    problems.push({ code: 'WRONG_KIND', message, remedy: `Write ${kinds.join(' or ')}${withPort}.`, path });
  }
  const region = fits ? link?.region || undefined : undefined;
  const check = (text: string, kind: Parameters<typeof arnFault>[1], at: KeyPath): void => {
    const fault = arnFault(text, kind, region);
    if (fault) problems.push({ ...fault, path: at });
  };
  if (typeof target.listener === 'string') check(target.listener, 'listener', [...path, 'listener']);
  else if (target.listener?.loadBalancer.startsWith('arn:')) {
    check(target.listener.loadBalancer, 'load balancer', [...path, 'listener', 'loadBalancer']);
  }
  if (target.service !== undefined) check(target.service, 'Cloud Map service', [...path, 'service']);
  const addresses: readonly (readonly [KeyPath, string])[] = [
    ...(target.address === undefined ? [] : [[[...path, 'address'], target.address] as const]),
    ...(target.addresses ?? []).map((text, at) => [[...path, 'addresses', at], text] as const),
  ];
  for (const [at, text] of addresses) {
    try {
      parseAddress(text);
    } catch (error) {
      problems.push(problemFrom(error, at));
    }
  }
  if (fits) checkInstance(target, path, problems);
  const { admits } = target;
  return {
    ref: targetRef(target),
    ...(admits === undefined ? {} : { admits: canonicalBlocks(admits, [...path, 'admits'], problems) }),
    ...pick(target, ['tls', 'path']),
  };
}

function targetRef(target: CheckedTarget): TargetRef {
  if (target.listener !== undefined) return { listener: target.listener };
  if (target.service !== undefined) return { service: target.service };
  if (target.instance !== undefined) return { instance: target.instance, port: target.port ?? 0 };
  if (target.addresses !== undefined) return { addresses: target.addresses, port: target.port ?? 0 };
  if (target.dnsName !== undefined) return { dnsName: target.dnsName, port: target.port ?? 0 };
  return { address: target.address ?? '', port: target.port ?? 0 };
}
