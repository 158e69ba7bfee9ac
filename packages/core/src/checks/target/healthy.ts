import type { GroupTarget, TargetGroup } from '../../model/load-balancer.js';
import type { Check, Missing, RegionIndex } from '../check.js';
import type { Evidence } from '../finding.js';
import { aboutTarget } from '../words/about.js';
import { groupsBehind, listenerOf } from '../words/backend.js';
import { fails, holds, PASS, unsure } from '../words/outcome.js';
import { balancedTargets } from './balancers.js';

/** `target/healthy`. */
export const targetHealthy: Check = {
  id: 'target/healthy',
  title: 'The load balancer has a healthy target',
  severity: 'error',
  about:
    'Without a healthy target behind it a load balancer answers 503, or drops the connection. `unavailable` means that health checks are ' +
    'switched off, and counts as healthy; `unused` means that the target is in a zone where the load balancer does not stand, or in a ' +
    'group that no listener uses.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const found = listenerOf(region, target, backend);
      if (found.is !== 'found') continue;
      const about = aboutTarget(integration, target);
      const name = balancer.name || balancer.id;
      const whether = `${name} has a healthy target`;
      const behind = groupsBehind(region, found.value);
      let missing: Missing | undefined = behind.missing;
      // Mostly the first group has one, and nobody reads about it.
      if (!input.passes && behind.groups.some(([, group]) => group.is === 'found' && takesCalls(group.value))) {
        yield PASS;
        continue;
      }
      let well: TargetGroup | undefined;
      const evidence: Evidence[] = [];
      for (const [id, group] of behind.groups) {
        if (group.is === 'unknown') missing ??= group.missing;
        else if (group.is === 'absent') evidence.push({ kind: 'target group', id, text: 'does not exist' });
        else if (group.value.kind === 'lambda') well ??= group.value;
        else if (group.value.targets === undefined) missing ??= healthMissing(region, id);
        else {
          if (group.value.targets.some(isHealthy)) well ??= group.value;
          else if (group.value.targets.some(({ health }) => health === 'unknown')) missing ??= wordMissing(id);
          evidence.push(groupEvidence(group.value));
        }
      }
      if (well !== undefined) {
        const group = well;
        yield holds(input, about, () => ({
          message: `${name} has a healthy target`,
          evidence: [groupEvidence(group)],
        }));
      } else if (missing !== undefined) yield unsure(about, whether, missing, { evidence });
      else if (evidence.length > 0) {
        const ids = evidence.map(({ id }) => shortId(id)).join(', ');
        yield fails(about, {
          message: `no target behind ${name} is healthy: ${evidence.map(({ text }) => text).join('; ')}`,
          evidence,
          remedy: `Make a target of ${ids} answer its health check, or register one that does.`,
        });
      }
    }
  },
};

function takesCalls({ kind, targets }: TargetGroup): boolean {
  return kind === 'lambda' || targets?.some(isHealthy) === true;
}

/** Whether a load balancer sends calls to it. */
export function isHealthy({ health }: GroupTarget): boolean {
  return health === 'healthy' || health === 'unavailable';
}

/** What is missing where the health of a group's targets was not read. */
export function healthMissing(region: RegionIndex, id: string): Missing {
  return (
    region.missing('targetGroups', id) ?? {
      what: `the health of the targets of ${shortId(id)}`,
      remedy: 'Allow elasticloadbalancing:DescribeTargetHealth for these credentials, then take the snapshot again.',
      permission: 'elasticloadbalancing:DescribeTargetHealth',
    }
  );
}

function wordMissing(id: string): Missing {
  const name = shortId(id);
  return {
    what: `the health of the targets of ${name}`,
    remedy: `Look at the targets of ${name} in the cloud's console.`,
  };
}

/** A target group as evidence: `2 targets: i-1:8080 unhealthy (Target.Timeout), …`. */
export function groupEvidence({ id, name, targets = [] }: TargetGroup): Evidence {
  const shown = targets.slice(0, 5).map(({ id: target, port, zone, health, reason }) => {
    const where = zone === undefined ? '' : ` in ${zone}`;
    return `${target}${port === undefined ? '' : `:${port}`}${where} ${health}${reason === undefined ? '' : ` (${reason})`}`;
  });
  const more = targets.length > shown.length ? `, and ${targets.length - shown.length} more` : '';
  return { kind: 'target group', id, text: `${name ?? shortId(id)}: ${shown.join(', ') || 'no targets'}${more}` };
}

function shortId(id: string): string {
  return id.split(':targetgroup/')[1]?.split('/')[0] ?? id;
}
