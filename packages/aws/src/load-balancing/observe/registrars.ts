import { unlessGone, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { DiscoveryService, Listener, Registrar, TargetGroup } from '@postern/core/internal/snapshot';
import type { Session } from '../../client/session.js';
import { listEcsServices, toServiceRegistrar } from '../registrar/ecs-service.js';
import {
  launchFailureOf,
  listScalingGroups,
  securityGroupsOf,
  targetGroupsOf,
  toGroupRegistrar,
} from '../registrar/scaling-group.js';
import { stopReasonOf } from '../registrar/stop-reason.js';

/** Where registrars register: what was read of it. */
export interface Registered {
  readonly targetGroups: readonly TargetGroup[] | undefined;
  readonly services: readonly DiscoveryService[] | undefined;
  readonly listeners: readonly Listener[];
}

/**
 * What registers targets by itself: ECS services and Auto Scaling groups. A group that sends calls to a healthy target needs no
 * explanation: they are read only where one has no healthy target, a Cloud Map service has no instance, or an action has several groups,
 * whose weights a service may write; and with `all`. Auto Scaling registers instances only. `undefined`: nothing was read.
 */
export async function observeRegistrars(
  session: Session,
  registered: Registered,
  all: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Registrar[] | undefined> {
  const groups = (registered.targetGroups ?? []).filter((group) => all || isWithoutHealthy(group));
  const services = (registered.services ?? []).filter(({ instances }) => all || instances?.length === 0);
  const ids = new Set([...[...groups, ...services].map(({ id }) => id), ...registered.listeners.flatMap(sharedGroups)]);
  const isNamed = (id: string): boolean => all || ids.has(id);
  const read = await Promise.all([
    all || ids.size > 0 ? readServices(session, isNamed, gaps, ctx) : undefined,
    all || groups.some(({ kind }) => kind === 'instance') ? readScalingGroups(session, isNamed, gaps, ctx) : undefined,
  ]);
  return read.every((some) => some === undefined) ? undefined : read.flatMap((some) => some ?? []);
}

/** The groups that share the calls of an action. */
function sharedGroups({ actions = [], rules = [] }: Listener): readonly string[] {
  const all = [...actions, ...rules.flatMap((rule) => rule.actions)];
  return all.flatMap(({ targetGroupIds = [] }) => (targetGroupIds.length > 1 ? targetGroupIds : []));
}

function isWithoutHealthy({ kind, targets }: TargetGroup): boolean {
  const registers = kind === 'instance' || kind === 'address';
  return registers && targets?.every(({ health }) => health !== 'healthy' && health !== 'unavailable') === true;
}

async function readServices(
  session: Session,
  isNamed: (id: string) => boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Registrar[] | undefined> {
  const outputs = await gaps.attempt({ what: 'ECS services', of: 'registrars' }, () => listEcsServices(session, ctx));
  const named = (outputs ?? [])
    .map((output) => ({ output, registrar: toServiceRegistrar(output) }))
    .filter(({ registrar: { targetGroups, registries } }) =>
      [...targetGroups.map((one) => one.targetGroupId), ...registries.map((one) => one.serviceId)].some(isNamed),
    );
  return (
    outputs &&
    Promise.all(
      named.map(async ({ output, registrar }) => ({
        ...registrar,
        stoppedReason: await gaps.attempt(
          { what: `why tasks of ${registrar.id} stop`, of: 'registrars', id: registrar.id },
          () => unlessGone(stopReasonOf(session, output, ctx)),
        ),
      })),
    )
  );
}

async function readScalingGroups(
  session: Session,
  isNamed: (id: string) => boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Registrar[] | undefined> {
  const outputs = await gaps.attempt({ what: 'Auto Scaling groups', of: 'registrars' }, () =>
    listScalingGroups(session, ctx),
  );
  return (
    outputs &&
    Promise.all(
      outputs
        .filter((output) => targetGroupsOf(output).some(isNamed))
        .map(async (output) => {
          const { AutoScalingGroupARN: id } = output;
          const attempt = <T>(what: string, read: () => Promise<T>) =>
            gaps.attempt({ what: `${what} of ${id}`, of: 'registrars', id }, () => unlessGone(read()));
          const [securityGroupIds, stoppedReason] = await Promise.all([
            attempt('launch template', () => securityGroupsOf(session, output, ctx)),
            attempt('activities', () => launchFailureOf(session, output, ctx)),
          ]);
          return { ...toGroupRegistrar(output), securityGroupIds, stoppedReason };
        }),
    )
  );
}
