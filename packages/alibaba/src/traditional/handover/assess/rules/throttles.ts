import { RATE_UNITS } from '../../mapping/route-match.js';
import type { SourceThrottle } from '../../source/source.js';
import { blocked, changed, exact, handoverRule, unknown, type Found, type HandoverRule, type Say } from '../rule.js';
import { aboutAll, type AssessView, type Published } from '../view.js';

function* eachUse<T extends { readonly uses: SourceThrottle['uses'] }>(
  view: AssessView,
  policies: readonly T[],
  found: (policy: T, stage: string, apis: readonly Published[]) => Iterable<Found>,
): Iterable<Found> {
  for (const policy of policies)
    for (const [stage, apis] of view.reached(policy.uses)) yield* found(policy, stage, apis);
}

/** What limits become: the same for a plug-in and for a policy of the older form. */
export const LIMITS = {
  LIMIT_PER_API: changed(
    '{name} allows {perApi} calls of each API in one {unit}. RateLimit gives each node of the gateway an equal part of the limit, rounded up, and answers 429 without X-Ca-Error-Code.',
    { target: 'policy RateLimit {perApi} per {per}', affects: ['callers'], who: 'platform' },
  ),
  LIMIT_PER_CALLER: changed(
    '{name} limits calls for each {callers:and}. RateLimit does not: a plug-in of the market does, and counts over all nodes only with Redis.',
    {
      target: 'plug-in cluster-key-rate-limit (needs Redis), or key-rate-limit',
      affects: ['callers'],
      who: 'platform',
      remedy: 'Install the plug-in on the target, and set its limits.',
    },
  ),
  LIMIT_UNIT: unknown('{name} allows {perApi} calls in one {unit}. Whether RateLimit has this unit is [U].', {
    affects: ['callers'],
    who: 'platform',
    remedy: 'Give a limit for a minute, or waive the limit.',
  }),
  LIMIT_SPECIAL: blocked(
    '{name} has limits of their own for {count} {count?app or user:apps or users}. APIG has none [I].',
    {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Use one limit for all callers. A waiver means that the general limit holds for these, too.',
    },
  ),
};

/** A policy or a plug-in with limits, and the APIs that it applies to. */
interface Limiting extends Pick<SourceThrottle, 'unit' | 'perApi' | 'perUser' | 'perApp'> {
  readonly source: { readonly kind: 'throttle' | 'plugin'; readonly id: string; readonly name: string };
  readonly stage: string;
  readonly apis: readonly Published[];
  /** How many apps or users have limits of their own. */
  readonly special: number;
}

/** What a limit for each API becomes, and one for each caller. */
export function* limitItems(say: Say<typeof LIMITS>, limiting: Limiting): Iterable<Found> {
  const { source, stage, apis, perApi, perUser, perApp, special } = limiting;
  const { name } = source;
  const about = aboutAll(source, stage, apis);
  const unit = limiting.unit.toLowerCase();
  const per = RATE_UNITS[limiting.unit]?.toLowerCase();
  if (perApi !== undefined) {
    yield per === undefined
      ? say.LIMIT_UNIT(about, { name, perApi, unit })
      : say.LIMIT_PER_API(about, { name, perApi, unit, per });
  }
  const callers = [...(perUser === undefined ? [] : ['user']), ...(perApp === undefined ? [] : ['app'])];
  if (callers.length > 0) yield say.LIMIT_PER_CALLER(about, { name, callers });
  if (special > 0) yield say.LIMIT_SPECIAL(about, { name, count: special });
}

const throttle = handoverRule({
  id: 'throttle/policy',
  classic: 'a throttling policy: for each API, user and app',
  apig: 'RateLimit for each API; plug-ins for the others; none for limits of single apps',
  codes: LIMITS,
  *find(view, say) {
    yield* eachUse(view, view.source.throttles, (policy, stage, apis) => {
      const { id, name, special } = policy;
      return limitItems(say, {
        ...policy,
        source: { kind: 'throttle', id, name },
        stage,
        apis,
        special: special.length,
      });
    });
  },
});

/** What a list of callers becomes that names apps. */
export const IP_CONTROL_OF_APP = blocked(
  '{what} has [{count} ]entries that hold for calls of one app only. IpAccessControl does not know apps.',
  {
    affects: ['callers'],
    who: 'platform',
    remedy: 'Write entries that hold for all apps. A waiver leaves these entries out.',
  },
);

const ipControl = handoverRule({
  id: 'ip-control/policy',
  classic: 'an IP access control policy',
  apig: 'IpAccessControl; none for entries that hold for one app',
  codes: {
    IP_CONTROL_KEPT: exact(
      '{name} {allows?allows:refuses} {blocks} blocks of callers; IpAccessControl does the same.',
      { target: 'policy IpAccessControl, {allows?allows:refuses} {blocks} blocks' },
    ),
    IP_CONTROL_OF_APP,
  },
  *find(view, say) {
    yield* eachUse(view, view.source.ipControls, function* ({ id, name, allows, entries }, stage, apis) {
      const about = aboutAll({ kind: 'ip-control', id, name }, stage, apis);
      const ofApps = entries.filter(({ appId }) => appId !== undefined && appId !== '');
      yield say.IP_CONTROL_KEPT(about, { name, allows, blocks: entries.length - ofApps.length });
      if (ofApps.length > 0) yield say.IP_CONTROL_OF_APP(about, { what: name, count: ofApps.length });
    });
  },
});

const signature = handoverRule({
  id: 'signature/backend',
  classic: 'a signature towards the backend',
  apig: 'none',
  codes: {
    BACKEND_SIGNATURE: blocked('The gateway signs its calls with {name}. APIG does not sign calls to backends [I].', {
      affects: ['backend'],
      who: 'backend',
      remedy:
        'Let the backend trust the security group of the gateway, or a constant header. A waiver means that calls are not signed.',
    }),
  },
  *find(view, say) {
    yield* eachUse(view, view.source.signatures, function* ({ id, name }, stage, apis) {
      yield say.BACKEND_SIGNATURE(aboutAll({ kind: 'signature', id, name }, stage, apis), { name });
    });
  },
});

const groupLimit = handoverRule({
  id: 'group/traffic-limit',
  classic: 'requests per second of the group, and of the instance',
  apig: 'the spec of the gateway; none for the group',
  codes: {
    GROUP_LIMIT: changed(
      [
        'Now the group allows {group} requests per second, and the instance {instance} allows {limit}. The target has no limit for a group: its size is the limit.',
        'Now the group allows {group} requests per second. The target has no limit for a group: its size is the limit.',
        'Now the instance {instance} allows {limit}. The target has no limit for a group: its size is the limit.',
      ],
      {
        target: 'the spec of the gateway',
        affects: ['callers', 'backend'],
        who: 'platform',
        remedy: 'Choose the spec by the measured peaks, and protect backends with RateLimit.',
      },
    ),
  },
  *find({ source: { group, instance }, aboutGroup }, say) {
    const { limit } = instance ?? {};
    const own = group.trafficLimit === 0 ? undefined : group.trafficLimit;
    if (own === undefined && limit === undefined) return;

    yield say.GROUP_LIMIT(aboutGroup, { group: own, instance: instance?.spec ?? instance?.id, limit });
  },
});

export const throttleRules: readonly HandoverRule[] = [throttle, ipControl, signature, groupLimit];
