import type { GroupTarget, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { unhealthyTargetsAnswer } from './fail-open.js';

/**
 * The state of a group. `well`: a target is healthy, or the group has a function. `answering`: no target is
 * healthy, but calls are forwarded to all targets, and answered. `dead`: neither. `unread`: its targets were
 * not read. `unknown`: a state that the cloud does not document.
 */
export function stateOf({ kind, targets }: TargetGroup): 'well' | 'answering' | 'dead' | 'unread' | 'unknown' {
  if (targets === undefined) return 'unread';
  if (kind === 'lambda') return targets.length > 0 ? 'well' : 'dead';
  if (targets.some(isHealthy)) return 'well';
  if (targets.some(({ health }) => health === 'unknown')) return 'unknown';
  return unhealthyTargetsAnswer(targets) ? 'answering' : 'dead';
}

/** Whether a load balancer sends calls to it. */
export function isHealthy({ health }: GroupTarget): boolean {
  return health === 'healthy' || health === 'unavailable';
}

/** What is missing where the health of a group's targets was not read. */
export function healthMissing(region: RegionIndex, id: string): Missing {
  const permission = region.clouds.network(region.region).readsTargetHealth;
  return (
    region.missing('targetGroups', id) ?? {
      what: `the health of the targets of ${nameOfGroup(id)}`,
      remedy: `Allow ${permission} for these credentials, then take the snapshot again.`,
      permission,
    }
  );
}

/** The missing fact where the cloud reports an undocumented health state for a target. */
export function wordMissing(id: string): Missing {
  const name = nameOfGroup(id);
  return {
    what: `the health of the targets of ${name}`,
    remedy: `Check the targets of ${name} in the console of the cloud.`,
  };
}

/** A target group as evidence: `2 targets: i-1:8080 unhealthy (Target.Timeout), …`. */
export function groupEvidence({ id, name, targets = [] }: TargetGroup): Evidence {
  const shown = targets.slice(0, 5).map(({ id: target, port, zone, health, reason }) => {
    const where = zone === undefined ? '' : ` in ${zone}`;
    return `${target}${port === undefined ? '' : `:${port}`}${where} ${health}${reason === undefined ? '' : ` (${reason})`}`;
  });
  const more = targets.length > shown.length ? `, and ${targets.length - shown.length} more` : '';
  return { kind: 'target group', id, text: `${name ?? nameOfGroup(id)}: ${shown.join(', ') || 'no targets'}${more}` };
}

/** `orders` of `arn:…:targetgroup/orders/73e2d6bc24d8a067`. */
export function nameOfGroup(id: string): string {
  return id.split(':targetgroup/')[1]?.split('/')[0] ?? id;
}
