import type { LookUp } from '../../model/spec.js';
import type { Problem } from '../problems/problem.js';
import type { Path } from '../source/plain-value.js';

/** What ids begin with on each cloud. */
const KINDS: Readonly<Record<'aws' | 'alibaba', Readonly<Record<string, string>>>> = {
  aws: {
    subnet: 'subnet',
    sg: 'security group',
    vpc: 'network (VPC)',
    rtb: 'route table',
    acl: 'network ACL',
    eni: 'network interface',
    igw: 'internet gateway',
  },
  alibaba: {
    vsw: 'subnet (vSwitch)',
    sg: 'security group',
    vpc: 'network (VPC)',
    vtb: 'route table',
    nacl: 'network ACL',
    eni: 'network interface',
    apigateway: 'gateway instance',
    i: 'server (ECS)',
    lb: 'load balancer (CLB)',
    alb: 'load balancer (ALB)',
    nlb: 'load balancer (NLB)',
  },
};

/** Refuses IDs whose prefix differs from `prefix`, and IDs that occur twice in a list. Look-ups pass. */
export function checkIds(
  provider: 'aws' | 'alibaba',
  ids: readonly LookUp[] | undefined,
  prefix: string,
  path: Path,
  problems: Problem[],
  single = false,
): void {
  const kinds = KINDS[provider];
  const seen = new Set<string>();
  for (const [at, id] of (ids ?? []).entries()) {
    if (typeof id !== 'string') continue;
    const place = single ? path : [...path, at];
    const found = /^([a-z]+)-/.exec(id)?.[1] ?? '';
    if (seen.has(id)) {
      problems.push({
        code: 'INVALID_SPEC',
        message: 'the same ID is listed twice',
        remedy: 'Remove one of the two.',
        path: place,
      });
    }
    seen.add(id);
    if (found === prefix) continue;
    const due = `a ${kinds[prefix] ?? prefix}`;
    if (Object.hasOwn(kinds, found)) {
      const message = `expected the ID of ${due}, got the ID of a ${kinds[found] ?? found}`;
      problems.push({ code: 'WRONG_KIND', message, remedy: `Write the ID of ${due}.`, path: place });
    } else {
      const remedy = `Write ${prefix}-…, or { name: … } to look it up by its name.`;
      problems.push({ code: 'INVALID_SPEC', message: `not the ID of ${due}`, remedy, path: place });
    }
  }
}
