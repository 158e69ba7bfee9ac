import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../../src/do/model/network.js';
import { judgePlan } from '../../../../src/check/judge/judge-plan.js';
import { check } from '../../../../src/check/checks/run.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { expectSample } from '../../expect-sample.js';
import { checkTable, outcomesOf } from '../run-check.js';
import { alibaba, awsWorld, type World } from '../world.js';
import { the } from './aws-rows.js';
import { CLOUDS } from '../../../clouds.js';

const [EARLY, LATE] = ['2026-06-01T00:10:00.000Z', '2026-06-01T00:20:00.000Z'];
const ANSWERED = { refused: 0, sentAt: LATE, answered: 2, answeredAt: LATE };
const REFUSED = { sent: 0, sentAt: undefined, refused: 3, refusedAt: LATE, answered: 0 };

/** What both interfaces of the link sent to each address of the load balancer, on the port of its listener. */
const flows = (flow: Partial<Flow>, change?: (world: World) => void): (() => World) => {
  return () =>
    awsWorld((world) => {
      for (const id of ['eni-link-a', 'eni-link-b']) {
        const all = ['10.0.11.5', '10.0.12.5'].map((to) => ({
          to,
          port: 443,
          sent: 2,
          sentAt: LATE,
          refused: 0,
          answered: 0,
          ...flow,
        }));
        world.the('interfaces', id).flows = all;
      }
      change?.(world);
    });
};
const ungranted = (world: World): void => {
  world.region.securityGroups = [];
  world.withhold('securityGroups', 'ec2:DescribeSecurityGroups');
};
const closeLink = (world: World): void => void world.the('securityGroups', 'sg-link').rules.splice(0);
const close = (world: World): void => void world.the('securityGroups', 'sg-lb').rules.splice(0);

checkTable(the('path/flow-log'), {
  'no flow log': [() => awsWorld(), 'nothing'],
  'a flow log without calls to the target': [flows({ port: 444 }), 'nothing'],
  answers: [flows(ANSWERED), 'pass PASSED', { evidence: ['eni-link-a'] }],
  'answers since calls were refused': [
    flows({ ...ANSWERED, refused: 1, refusedAt: EARLY }),
    'pass PASSED',
    { evidence: ['eni-link-a'] },
  ],
  'refused calls': [
    flows(REFUSED),
    'warning FLOW_REFUSED',
    { says: ['eni-link-a refused calls to 10.0.11.5 on port 443 (3 records'], remedy: ['rule may have changed'] },
  ],
  'refused calls, and answers before': [
    flows({ ...REFUSED, answered: 1, answeredAt: EARLY }),
    'warning FLOW_REFUSED',
    { says: `the last at ${LATE}` },
  ],
  'one call without an answer': [
    flows({ sent: 1 }),
    'warning FLOW_UNANSWERED',
    { says: 'got no answer (1 record in the last hour', remedy: '10.0.11.5 on port 443' },
  ],
  'calls without an answer after the last answer': [
    flows({ ...ANSWERED, answeredAt: EARLY }),
    'warning FLOW_UNANSWERED',
    { says: [`the last at ${LATE}`, `the last answer came at ${EARLY}`] },
  ],
  'an answer whose record ends before that of the call': [
    flows({ ...ANSWERED, answeredAt: '2026-06-01T00:19:00.000Z' }),
    'pass PASSED',
    { evidence: ['eni-link-a'] },
  ],
  'calls that were refused as late as an answer came': [
    flows({ ...ANSWERED, refused: 1, refusedAt: LATE }),
    'warning FLOW_REFUSED',
    { says: LATE },
  ],
  'a path that is stopped': [flows(REFUSED, close), 'nothing'],
  'an address that was refused, of a path that is unknown': [flows(REFUSED, ungranted), 'warning FLOW_REFUSED'],
});

checkTable(the('path/security-group'), {
  'groups that may not be read': [flows({ port: 444 }, ungranted), 'unknown RULES_UNDECIDED'],
  'groups that may not be read, and answers': [flows(ANSWERED, ungranted), 'pass PASSED', { evidence: ['sg-link'] }],
  'answers do not open what is known to be closed, and closed it is not known to be': [
    flows(ANSWERED, closeLink),
    'unknown FLOW_CONTRADICTS',
    {
      says: ['no rule of sg-link allows', `show answers from 10.0.11.5 on port 443, the last at ${LATE}`],
      evidence: 'sg-link',
    },
  ],
  'no answer leaves closed what is known to be closed': [flows({ sent: 1 }, closeLink), 'error NO_RULE'],
  'answers before calls were refused do so, too': [
    flows({ ...REFUSED, answered: 1, answeredAt: EARLY }, closeLink),
    'error NO_RULE',
  ],
  'answers at another port do so, too': [flows({ ...ANSWERED, port: 444 }, closeLink), 'error NO_RULE'],
});

// docs/trust.md: no flow log of Alibaba Cloud is read. A snapshot that has one is judged as one of AWS.
describe('on Alibaba Cloud', () => {
  const closed = (flow: Partial<Flow>): (() => World) =>
    alibaba((world: World) => {
      for (const id of ['eni-link-j', 'eni-link-k'])
        world.the('interfaces', id).flows = [
          { to: '10.0.20.5', port: 8080, sent: 2, sentAt: LATE, refused: 0, answered: 0, ...flow },
        ];
      Object.assign(world.the('securityGroups', 'sg-link'), { rules: [], intraGroup: 'deny' });
    });
  checkTable(the('path/security-group'), {
    'answers of a group that seems closed': [closed(ANSWERED), 'unknown FLOW_CONTRADICTS'],
    'no answer leaves it closed': [closed({}), 'error NO_RULE'],
  });
});

it('answers at the load balancer prove nothing of its targets', () => {
  const unread = flows(ANSWERED, (world) => {
    world.region.targetGroups = [];
    world.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetHealth');
  });
  expect(outcomesOf(the('path/load-balancer'), unread()).map(({ verdict }) => verdict)).toContain('unknown');
});

it('a warning is shown as in docs/checks.md', async () => {
  const { snapshot, spec } = flows(REFUSED)();
  const found = check(snapshot, spec, { clouds: CLOUDS }).findings.find((one) => one.check === 'path/flow-log');
  await expectSample(found!);
});

it('a plan is judged without flow logs', () => {
  const open = ({ snapshot, spec }: World): number =>
    judgePlan(diff(snapshot, spec, { clouds: CLOUDS }), snapshot, spec, { clouds: CLOUDS }).otherFindings ?? 0;
  expect(open(flows(ANSWERED, ungranted)())).toBe(open(awsWorld(ungranted)));
  expect(open(flows(REFUSED)())).toBe(open(awsWorld()));
});
