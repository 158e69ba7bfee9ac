import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { listener } from './listener.js';
import { aws } from '../world.js';
import { edit } from '../edits.js';

const redirect = { kind: 'redirect', statusCode: '301' };
const forwards = { kind: 'forward', targetGroupIds: [GROUP] };
const rule = (priority: number, values: readonly string[], action: object) => ({
  id: `rule-${priority}`,
  priority,
  conditions: [{ kind: 'path', values }],
  actions: [action],
});
/** The route has a parameter. */
const byId = edit({ 'integration.routes': { 'ANY /orders/{id}': 'orders' } });
checkTable(targetAnswers, {
  forwards: [aws(), 'pass FORWARDS'],
  'a rule forwards, the default is a fixed 404': [
    aws(
      listener({
        actions: [{ kind: 'fixed-response', statusCode: '404' }],
        rules: [rule(10, ['/orders*'], { kind: 'forward', targetGroupIds: [GROUP] })],
      }),
    ),
    'pass FORWARDS',
  ],
  'a rule redirects what the default would forward': [
    aws(listener({ rules: [rule(10, ['/orders*'], redirect)] })),
    'error RULE_ANSWERS',
    {
      subject: 'target orders, rule 10',
      says: ['rule 10 (path /orders*)', 'ANY /orders', 'redirect 301'],
      evidence: 'rule-10',
      remedy: 'add a rule before it that forwards ANY /orders',
    },
  ],
  'another rule has priority over it': [
    aws(
      listener({
        rules: [
          rule(10, ['/orders*'], redirect),
          rule(5, ['/orders', '/stock'], { kind: 'forward', targetGroupIds: [GROUP] }),
        ],
      }),
    ),
    'pass FORWARDS',
    { evidence: 'rule-5' },
  ],
  'the rule that redirects is for other paths: patterns are case-sensitive': [
    aws(listener({ rules: [rule(10, ['/Orders*', '/orders/*', '/order?s'], redirect)] })),
    'pass FORWARDS',
  ],
  'the rule that forwards is for other paths': [
    aws(
      listener({
        actions: [{ kind: 'fixed-response', statusCode: '404' }],
        rules: [rule(10, ['/stock'], { kind: 'forward', targetGroupIds: [GROUP] })],
      }),
    ),
    'error LISTENER_ANSWERS',
    'fixed-response 404',
  ],
  'only some of the calls match': [
    aws(listener({ rules: [rule(10, ['/orders/9*'], redirect)] }), byId),
    'unknown error RULE_MAY_ANSWER',
    { says: ['ANY /orders/{id}', 'rule 10 (path /orders/9*) (redirect 301)'], remedy: 'before rule 10' },
  ],
  'the host of calls is not known': [
    aws(
      listener({
        rules: [{ id: 'r', priority: 1, conditions: [{ kind: 'host', values: ['a.b'] }], actions: [redirect] }],
      }),
    ),
    'unknown RULE_MAY_ANSWER',
    'rule 1 (host a.b)',
  ],
  'a rule compares a header that the gateway writes': [
    aws(
      listener({
        rules: [{ id: 'r', priority: 1, conditions: [{ kind: 'header', name: 'x-key' }], actions: [redirect] }],
      }),
      { 'integration.settings': { 'ANY /orders': { parameters: { header: { 'X-Key': "'k'" } } } } },
    ),
    'unknown RULE_MAY_ANSWER',
    {
      says: 'rule 1 (header x-key)',
      remedy: 'Compare the value of header x-key in the rule with the one that the gateway',
    },
  ],
  'a rule for all source addresses of the link': [
    aws(
      listener({
        rules: [
          { id: 'r', priority: 1, conditions: [{ kind: 'source', values: ['10.0.0.0/16'] }], actions: [redirect] },
        ],
      }),
    ),
    'error RULE_ANSWERS',
    'rule 1 (source 10.0.0.0/16)',
  ],
  'a rule for source addresses outside of the link': [
    aws(
      listener({
        rules: [
          { id: 'r', priority: 1, conditions: [{ kind: 'source', values: ['10.9.0.0/16'] }], actions: [redirect] },
        ],
      }),
    ),
    'pass FORWARDS',
  ],
  'the default forwards, and its rules were not read': [
    aws(listener({ rules: undefined })),
    'unknown ACTIONS_NOT_READ',
    { evidence: 'elasticloadbalancing:DescribeRules' },
  ],
  'a rule nearly matches: paths are case-sensitive': [
    aws(
      listener({
        actions: [{ kind: 'fixed-response', statusCode: '404' }],
        rules: [rule(5, ['/stock'], forwards), rule(10, ['/Orders/*'], forwards), rule(20, ['/other'], forwards)],
      }),
      { 'integration.routes': { 'ANY /orders/{proxy+}': 'orders' } },
    ),
    'error LISTENER_ANSWERS',
    {
      says: [
        'ANY /orders/{proxy+} arrives as ANY /orders/…',
        'the closest match, rule 10 (path /Orders/*), needs path /Orders/*',
      ],
      remedy: 'a rule that matches these calls',
    },
  ],
  'calls of one stage of two arrive with its name': [
    aws(
      listener({
        actions: [{ kind: 'fixed-response', statusCode: '404' }],
        rules: [rule(10, ['/orders/*'], forwards)],
      }),
      {
        'integration.routes': { 'ANY /orders/{proxy+}': 'orders' },
        'targetSpec.path': 'keep',
        customDomains: [],
        'gateways.api-1.stages': [
          { name: '$default', autoDeploy: true },
          { name: 'prod', autoDeploy: true },
        ],
      },
    ),
    'error LISTENER_ANSWERS',
    {
      says: [
        'calls of ANY /orders/{proxy+} on stage prod do not reach',
        'ANY /orders/{proxy+} on stage prod arrives as ANY /prod/orders/…',
      ],
      remedy: 'Remove path: keep from integrations.orders.targets.orders. Or: Add a rule',
    },
  ],
  'an integration of others sends another path than that of its route': [
    aws(
      listener({
        actions: [{ kind: 'fixed-response', statusCode: '404' }],
        rules: [rule(10, ['/orders*'], forwards)],
      }),
      { 'integration.owner': 'external', 'gateways.api-1.routes.0.writtenPath': '/v2/{any+}' },
    ),
    'error LISTENER_ANSWERS',
    { says: 'ANY /orders arrives as ANY /v2/…', remedy: 'Add a rule that matches these calls' },
  ],
  'the listener requires a login': [
    aws(listener({ actions: [{ kind: 'authenticate', statusCode: '302' }, forwards], rules: [] })),
    'error LISTENER_ANSWERS',
    { says: 'authenticate 302', remedy: 'Remove the login' },
  ],
  'a rule refuses callers that have not logged in': [
    aws(
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
    'error RULE_ANSWERS',
    'authenticate 401',
  ],
  'redirects callers to an address that they cannot reach': [
    aws(listener({ actions: [redirect], rules: [] })),
    'error LISTENER_ANSWERS',
    { says: 'redirect 301', evidence: LISTENER, remedy: 'redirects to, with tls' },
  ],
  'a fixed answer': [
    aws(listener({ actions: [{ kind: 'fixed-response', statusCode: '503' }], rules: [] })),
    'error LISTENER_ANSWERS',
    { remedy: 'forward to a target group' },
  ],
  'its rules were not read': [
    aws(listener({ actions: [redirect], rules: undefined })),
    'unknown ACTIONS_NOT_READ',
    { evidence: 'elasticloadbalancing:DescribeRules' },
  ],
  'its actions were not read': [aws(listener({ actions: undefined })), 'unknown ACTIONS_NOT_READ'],
  'a login comes first that allows callers without one': [
    aws(
      listener({
        actions: [
          { kind: 'authenticate', letsThrough: true },
          { kind: 'forward', targetGroupIds: [GROUP] },
        ],
      }),
    ),
    'pass FORWARDS',
  ],
  'a login comes first, and an older snapshot does not contain how it handles callers without one': [
    aws(listener({ actions: [{ kind: 'authenticate' }, { kind: 'forward', targetGroupIds: [GROUP] }] })),
    'unknown ACTIONS_NOT_READ',
  ],
});
