import { expect, it } from 'vitest';
import { nameOf } from '../../../src/harness/fuzz.js';
import { prepare, replay } from '../../../src/internal/harness.js';
import { traceText } from '../../../src/harness/trace.js';
import { onTime } from '../on-time.js';
import { ALIBABA_MOVES } from './alibaba.js';
import { AWS_MOVES } from './aws.js';
import { sample } from '../../../../core/test/runs.js';
import type { FoundMove } from './found-move.js';
import { FOUND_STAGES } from './rest-apis/found-stages.js';

/** As FOUND of `../found.verify.test.ts`, of moves. Without events: the scenario itself showed it. */
const FOUND: readonly FoundMove[] = [
  [
    'two integrations of an API that is deployed by hand: the first was held to be elsewhere after the second was deployed',
    'aws move: manual deployment',
    '',
    '',
    1,
  ],
  [
    'a return of routes without the journal ended with an error that was not typed',
    'aws move: rollback with manual deployment',
    'kill-and-lose@135',
    'wait',
    78,
  ],
  [
    'the simulated cloud made a write in a state of the past, and forgot it: the rule of a group was not there',
    'aws move: there and back',
    'throttle@32 expired-token@52 stale@71',
    'GetStages GetRoutes AuthorizeSecurityGroupIngress',
    246,
  ],
  [
    'finish read an integration that it had deleted a moment before, and left a rule for the old link',
    'aws move: there and back',
    'stale@300',
    'GetRoutes',
    47046,
  ],
  [
    'killed before it was recorded that the route of a test is gone, and its deletion had read an older answer: the route stayed',
    'aws move: two routes of one integration',
    'small-pages@44 stale@101 kill-after@108',
    'DescribeTransitGateways GetRoute DeleteIntegration',
    131_545,
  ],
  ...FOUND_STAGES,
  [
    'the harness counted the parts of a saved plan as ends of steps',
    'aws move: a canary, then a batch',
    'edit:route-to-old@11 deny@48 deny@73 truncate@79',
    'DescribeTransitGateways DescribeNetworkAcls DescribeSecurityGroups DescribeNetworkAcls',
    48026,
  ],
  [
    'a return began to narrow while a group had status Success and its former instance; then the group moved',
    'alibaba move: rollback after the switch',
    'expired@168',
    'DescribeApiGroup',
    30,
  ],
  [
    'the route of a test stayed: the deletion read a list that was older than the one that had shown it',
    'aws move: a canary, then a batch',
    'stale@93',
    'GetRoutes',
    1,
  ],
  [
    'a return took a read from before the switch for its end: what the new link needs was removed while calls used it',
    'alibaba move: rollback after the switch',
    'stale@308',
    'DescribeApiGroup',
    1,
  ],
  [
    'a process whose clock was set back wrote down a drain that had ended, and the next one finished at once',
    'aws move: there and back',
    'clock-back@189',
    'GetVpcLinks',
    1056,
  ],
  [
    'a process whose clock was set ahead finished before the drain had ended',
    'aws move: there and back',
    'clock-ahead@327',
    'GetCallerIdentity',
    1,
  ],
  [
    'a run that was killed when it began to return was continued to the drain, and finish refused the move for good',
    'alibaba move: the whole instance',
    'kill-after@74 throttle-after@127 kill@176 expired@365 kill-after@367',
    'DescribeApiGroup DescribeApis DescribeHealthStatus DescribeApiGroup record',
    20101,
  ],
  [
    'a run whose credentials ended while an entry was added put everything back, and the entry came after its removal',
    'alibaba move: rollback after the drain',
    'reset@84 expired@105',
    'DescribeInstances DescribeInstances',
    58,
  ],
  ['the same with one group', 'alibaba move: one group', 'expired@144 kill-after@146', 'DescribeApiGroup record', 1],
  [
    'finish ended an aborted move although a route could not be read, and left the integration that it no longer needs',
    'aws move: abort, finish',
    'truncate@192',
    'GetRoutes',
    1,
  ],
  [
    'the second unit was deployed after a stage that was read as before the first one, whose routes then seemed not to be deployed',
    'aws move: manual deployment',
    'stale@150',
    'GetStages',
    1,
  ],
  [
    'a return removed what was added a moment before while reads did not show it: the block stayed',
    'alibaba move: one group, nothing to widen',
    'html@34 throttle@46 reads-lag@67 truncate@113',
    'DescribeInstances DescribeNetworkInterfaces DescribeApi DescribeInstances',
    2_500_031,
  ],
  [
    'the integration of a test stayed: a read did not show it after its route was deleted',
    'aws move: rollback after the switch',
    'reads-lag@6 late@45',
    'DescribeVpcEncryptionControls DescribeNetworkAcls',
    990_005,
  ],
  [
    'the second unit was deployed while reads did not show the first deployment, whose routes then seemed not to be deployed',
    'aws move: manual deployment',
    'reads-lag@26',
    'GetDomainNames',
    990_022,
  ],
  [
    'the credentials ended after a test had created its route, which counted as refused: its integration stayed',
    'aws move: one route of a shared integration',
    'reads-lag@14 throttle@35 expired@91',
    'ListServiceQuotas GetVpcLinks GetRoutes',
    991_101,
  ],
];

it.each(sample(FOUND, 9))('what trials of moves found does not come back: %s', async (_, name, trace, met, seed) => {
  const scenario = [...AWS_MOVES, ...ALIBABA_MOVES].find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`${name} is not a scenario`);
  const { deeds, events, violation, runs } = await replay(await prepare(onTime(scenario)), trace, seed);
  expect(violation).toBeUndefined();
  expect(runs).toBeGreaterThan(0);
  expect(traceText(events)).toBe(trace);
  expect(
    events
      .map(({ moment }) => deeds[moment])
      .map((deed) => deed && nameOf(deed))
      .join(' '),
  ).toBe(met);
});
