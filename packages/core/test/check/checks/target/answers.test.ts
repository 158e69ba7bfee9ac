import { describe } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { listener } from './listener.js';
import { type World, aws } from '../world.js';

describe('target/answers', () => {
  const redirect = { kind: 'redirect', statusCode: '301' };
  const forwards = { kind: 'forward', targetGroupIds: [GROUP] };
  const rule = (priority: number, values: readonly string[], action: object) => ({
    id: `rule-${priority}`,
    priority,
    conditions: [{ kind: 'path', values }],
    actions: [action],
  });
  /** The route has a parameter. */
  const byId = ({ integration }: World) => {
    Object.assign(integration, { routes: { 'ANY /orders/{id}': 'orders' } });
  };
  checkTable(targetAnswers, [
    { why: 'forwards', world: aws(), verdict: 'pass' },
    {
      why: 'a rule forwards, the default is a fixed 404',
      world: aws(
        listener({
          actions: [{ kind: 'fixed-response', statusCode: '404' }],
          rules: [rule(10, ['/orders*'], { kind: 'forward', targetGroupIds: [GROUP] })],
        }),
      ),
      verdict: 'pass',
    },
    {
      why: 'a rule redirects what the default would forward',
      world: aws(listener({ rules: [rule(10, ['/orders*'], redirect)] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, rule 10',
      says: ['rule 10 (path /orders*)', 'ANY /orders', 'redirect 301'],
      evidence: ['rule-10'],
      remedy: ['add a rule before it that forwards ANY /orders'],
    },
    {
      why: 'another rule has priority over it',
      world: aws(
        listener({
          rules: [
            rule(10, ['/orders*'], redirect),
            rule(5, ['/orders', '/stock'], { kind: 'forward', targetGroupIds: [GROUP] }),
          ],
        }),
      ),
      verdict: 'pass',
      evidence: ['rule-5'],
    },
    {
      why: 'the rule that redirects is for other paths: patterns are case-sensitive',
      world: aws(listener({ rules: [rule(10, ['/Orders*', '/orders/*', '/order?s'], redirect)] })),
      verdict: 'pass',
    },
    {
      why: 'the rule that forwards is for other paths',
      world: aws(
        listener({
          actions: [{ kind: 'fixed-response', statusCode: '404' }],
          rules: [rule(10, ['/stock'], { kind: 'forward', targetGroupIds: [GROUP] })],
        }),
      ),
      verdict: 'fail',
      says: ['fixed-response 404'],
    },
    {
      why: 'only some of the calls match',
      world: aws((world) => (listener({ rules: [rule(10, ['/orders/9*'], redirect)] })(world), byId(world))),
      verdict: 'unknown',
      code: 'RULE_MAY_ANSWER',
      severity: 'error',
      says: ['ANY /orders/{id}', 'rule 10 (path /orders/9*) (redirect 301)'],
      remedy: ['before rule 10'],
    },
    {
      why: 'the host of calls is not known',
      world: aws(
        listener({
          rules: [{ id: 'r', priority: 1, conditions: [{ kind: 'host', values: ['a.b'] }], actions: [redirect] }],
        }),
      ),
      verdict: 'unknown',
      says: ['rule 1 (host a.b)'],
    },
    {
      why: 'a rule for all source addresses of the link',
      world: aws(
        listener({
          rules: [
            { id: 'r', priority: 1, conditions: [{ kind: 'source', values: ['10.0.0.0/16'] }], actions: [redirect] },
          ],
        }),
      ),
      verdict: 'fail',
      says: ['rule 1 (source 10.0.0.0/16)'],
    },
    {
      why: 'a rule for source addresses outside of the link',
      world: aws(
        listener({
          rules: [
            { id: 'r', priority: 1, conditions: [{ kind: 'source', values: ['10.9.0.0/16'] }], actions: [redirect] },
          ],
        }),
      ),
      verdict: 'pass',
    },
    {
      why: 'the rules of an older snapshot have unknown conditions',
      world: aws(listener({ rules: undefined, ruleActions: [redirect] })),
      verdict: 'unknown',
      says: ['unknown conditions'],
    },
    {
      why: 'an older snapshot that has no rules',
      world: aws(listener({ rules: undefined, ruleActions: [] })),
      verdict: 'pass',
    },
    {
      why: 'the default forwards, and its rules were not read',
      world: aws(listener({ rules: undefined })),
      verdict: 'unknown',
      code: 'ACTIONS_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    {
      why: 'a rule nearly matches: paths are case-sensitive',
      world: aws((world) => {
        const fixed = { kind: 'fixed-response', statusCode: '404' };
        listener({ actions: [fixed], rules: [rule(10, ['/Orders/*'], forwards), rule(20, ['/stock'], forwards)] })(
          world,
        );
        Object.assign(world.integration, { routes: { 'ANY /orders/{proxy+}': 'orders' } });
      }),
      verdict: 'fail',
      says: [
        'ANY /orders/{proxy+} arrives as ANY /orders/…',
        'the closest match, rule 10 (path /Orders/*), needs path /Orders/*',
      ],
      remedy: ['a rule that matches these calls'],
    },
    {
      why: 'the listener requires a login',
      world: aws(listener({ actions: [{ kind: 'authenticate', statusCode: '302' }, forwards], rules: [] })),
      verdict: 'fail',
      severity: 'error',
      says: ['authenticate 302'],
      remedy: ['Remove the login'],
    },
    {
      why: 'a rule refuses callers that have not logged in',
      world: aws(
        listener({
          rules: [
            {
              id: 'r',
              priority: 1,
              conditions: [],
              actions: [{ kind: 'authenticate', statusCode: '401' }, forwards],
            },
          ],
        }),
      ),
      verdict: 'fail',
      says: ['authenticate 401'],
    },
    {
      why: 'redirects callers to an address that they cannot reach',
      world: aws(listener({ actions: [redirect], rules: [] })),
      verdict: 'fail',
      severity: 'error',
      says: ['redirect 301'],
      evidence: [LISTENER],
      remedy: ['redirects to, with tls'],
    },
    {
      why: 'a fixed answer',
      world: aws(listener({ actions: [{ kind: 'fixed-response', statusCode: '503' }], rules: [] })),
      verdict: 'fail',
      remedy: ['forward to a target group'],
    },
    {
      why: 'its rules were not read',
      world: aws(listener({ actions: [redirect], rules: undefined })),
      verdict: 'unknown',
      code: 'ACTIONS_NOT_READ',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    {
      why: 'its actions were not read',
      world: aws(listener({ actions: undefined })),
      verdict: 'unknown',
      code: 'ACTIONS_NOT_READ',
    },
    {
      why: 'a login comes first that allows callers without one',
      world: aws(
        listener({
          actions: [
            { kind: 'authenticate', letsThrough: true },
            { kind: 'forward', targetGroupIds: [GROUP] },
          ],
        }),
      ),
      verdict: 'pass',
    },
    {
      why: 'a login comes first, and an older snapshot does not contain how it handles callers without one',
      world: aws(listener({ actions: [{ kind: 'authenticate' }, { kind: 'forward', targetGroupIds: [GROUP] }] })),
      verdict: 'unknown',
      code: 'ACTIONS_NOT_READ',
    },
  ]);
});
