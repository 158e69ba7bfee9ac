import { RATE_UNITS } from '../../mapping/route-match.js';
import type { SourceThrottle } from '../../source/source.js';
import { say, type Found, type HandoverRule } from '../rule.js';
import { aboutAll, type AssessView, type Published } from '../view.js';

function* eachUse<T extends { readonly uses: SourceThrottle['uses'] }>(
  view: AssessView,
  policies: readonly T[],
  found: (policy: T, stage: string, apis: readonly Published[]) => Iterable<Found>,
): Iterable<Found> {
  for (const policy of policies)
    for (const [stage, apis] of view.reached(policy.uses)) yield* found(policy, stage, apis);
}

/** What a limit for each API becomes; the same for a plug-in and for a policy of the older form. */
export function* limitItems(
  {
    source,
    stage,
    apis,
  }: {
    readonly source: { readonly kind: 'throttle' | 'plugin'; readonly id: string; readonly name: string };
    readonly stage: string;
    readonly apis: readonly Published[];
  },
  {
    unit,
    perApi,
    perUser,
    perApp,
    special,
  }: Pick<SourceThrottle, 'unit' | 'perApi' | 'perUser' | 'perApp'> & { readonly special: number },
): Iterable<Found> {
  const about = aboutAll(source, stage, apis);
  const per = RATE_UNITS[unit];
  if (perApi !== undefined) {
    yield per === undefined
      ? say.unknown('LIMIT_UNIT', about, {
          affects: ['callers'],
          who: 'platform',
          message: `${source.name} allows ${perApi} calls in one ${unit.toLowerCase()}. Whether RateLimit has this unit is [U].`,
          remedy: 'Give a limit for a minute, or waive the limit.',
        })
      : say.changed('LIMIT_PER_API', about, {
          target: `policy RateLimit ${perApi} per ${per.toLowerCase()}`,
          affects: ['callers'],
          who: 'platform',
          message: `${source.name} allows ${perApi} calls of each API in one ${unit.toLowerCase()}. RateLimit gives each node of the gateway an equal part of the limit, rounded up, and answers 429 without X-Ca-Error-Code.`,
        });
  }
  const dimensions = [...(perUser === undefined ? [] : ['user']), ...(perApp === undefined ? [] : ['app'])];
  if (dimensions.length > 0) {
    yield say.changed('LIMIT_PER_CALLER', about, {
      target: 'plug-in cluster-key-rate-limit (needs Redis), or key-rate-limit',
      affects: ['callers'],
      who: 'platform',
      message: `${source.name} limits calls for each ${dimensions.join(' and ')}. RateLimit does not: a plug-in of the market does, and counts over all nodes only with Redis.`,
      remedy: 'Install the plug-in on the target, and set its limits.',
    });
  }
  if (special > 0) {
    yield say.blocked('LIMIT_SPECIAL', about, {
      affects: ['callers'],
      who: 'platform',
      message: `${source.name} has limits of their own for ${special} apps or users. APIG has none [I].`,
      remedy: 'Use one limit for all callers. A waiver means that the general limit holds for these, too.',
    });
  }
}

const throttle: HandoverRule = {
  id: 'throttle/policy',
  classic: 'a throttling policy: for each API, user and app',
  apig: 'RateLimit for each API; plug-ins for the others; none for limits of single apps',
  codes: { LIMIT_PER_API: 'changed', LIMIT_PER_CALLER: 'changed', LIMIT_UNIT: 'unknown', LIMIT_SPECIAL: 'blocked' },
  *find(view) {
    yield* eachUse(view, view.source.throttles, (policy, stage, apis) =>
      limitItems(
        { source: { kind: 'throttle', id: policy.id, name: policy.name }, stage, apis },
        { ...policy, special: policy.special.length },
      ),
    );
  },
};

const ipControl: HandoverRule = {
  id: 'ip-control/policy',
  classic: 'an IP access control policy',
  apig: 'IpAccessControl; none for entries that hold for one app',
  codes: { IP_CONTROL_KEPT: 'exact', IP_CONTROL_OF_APP: 'blocked' },
  *find(view) {
    yield* eachUse(view, view.source.ipControls, function* ({ id, name, allows, entries }, stage, apis) {
      const about = aboutAll({ kind: 'ip-control', id, name }, stage, apis);
      const ofApps = entries.filter(({ appId }) => appId !== undefined && appId !== '');
      const blocks = entries.length - ofApps.length;
      yield say.exact('IP_CONTROL_KEPT', about, {
        target: `policy IpAccessControl, ${allows ? 'allows' : 'refuses'} ${blocks} blocks`,
        message: `${name} ${allows ? 'allows' : 'refuses'} ${blocks} blocks of callers; IpAccessControl does the same.`,
      });
      if (ofApps.length > 0) {
        yield say.blocked('IP_CONTROL_OF_APP', about, {
          affects: ['callers'],
          who: 'platform',
          message: `${name} has ${ofApps.length} entries that hold for calls of one app only. IpAccessControl does not know apps.`,
          remedy: 'Write entries that hold for all apps. A waiver leaves these entries out.',
        });
      }
    });
  },
};

const signature: HandoverRule = {
  id: 'signature/backend',
  classic: 'a signature towards the backend',
  apig: 'none',
  codes: { BACKEND_SIGNATURE: 'blocked' },
  *find(view) {
    yield* eachUse(view, view.source.signatures, function* ({ id, name }, stage, apis) {
      yield say.blocked('BACKEND_SIGNATURE', aboutAll({ kind: 'signature', id, name }, stage, apis), {
        affects: ['backend'],
        who: 'backend',
        message: `The gateway signs its calls with ${name}. APIG does not sign calls to backends [I].`,
        remedy:
          'Let the backend trust the security group of the gateway, or a constant header. A waiver means that calls are not signed.',
      });
    });
  },
};

const groupLimit: HandoverRule = {
  id: 'group/traffic-limit',
  classic: 'requests per second of the group, and of the instance',
  apig: 'the spec of the gateway; none for the group',
  codes: { GROUP_LIMIT: 'changed' },
  *find({ source: { group, instance }, aboutGroup }) {
    const limits = [
      ...(group.trafficLimit === undefined || group.trafficLimit === 0
        ? []
        : [`the group allows ${group.trafficLimit} requests per second`]),
      ...(instance?.limit === undefined
        ? []
        : [`the instance ${instance.spec ?? instance.id} allows ${instance.limit}`]),
    ];
    if (limits.length === 0) return;
    yield say.changed('GROUP_LIMIT', aboutGroup, {
      target: 'the spec of the gateway',
      affects: ['callers', 'backend'],
      who: 'platform',
      message: `Now ${limits.join(', and ')}. The target has no limit for a group: its size is the limit.`,
      remedy: 'Choose the spec by the measured peaks, and protect backends with RateLimit.',
    });
  },
};

export const throttleRules: readonly HandoverRule[] = [throttle, ipControl, signature, groupLimit];
