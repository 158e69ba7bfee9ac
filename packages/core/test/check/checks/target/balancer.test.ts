import { describe, expect, it } from 'vitest';
import { targetAnswers } from '../../../../src/check/checks/target/answers.js';
import { balancerActive } from '../../../../src/check/checks/target/balancer-active.js';
import { targetIntranet } from '../../../../src/check/checks/target/intranet.js';
import { targetListener } from '../../../../src/check/checks/target/listener.js';
import { targetPrivateLink } from '../../../../src/check/checks/target/private-link.js';
import { targetProtocol } from '../../../../src/check/checks/target/protocol.js';
import { diff } from '../../../../src/do/plan/diff.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { newV1World, restV1World, webSocketWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';
import { useOldLink } from './backends.js';

const listener =
  (changes: object) =>
  ({ the }: World) => {
    Object.assign(the('listeners', LISTENER), changes);
  };

describe('target/balancer-active', () => {
  const state = (changes: object) => awsWorld(({ the }) => Object.assign(the('loadBalancers', BALANCER), changes));
  checkTable(balancerActive, [
    { why: 'active', world: () => awsWorld(), verdict: 'pass', evidence: [BALANCER] },
    { why: 'active', world: () => alibabaWorld(), verdict: 'pass', evidence: ['lb-1'] },
    {
      why: 'failed',
      world: () => state({ state: 'failed', active: false }),
      verdict: 'fail',
      severity: 'error',
      evidence: [BALANCER],
      remedy: ['Bring'],
    },
    {
      why: 'a state that is not documented',
      world: () => state({ state: 'odd', active: undefined }),
      verdict: 'unknown',
    },
    {
      why: 'the load balancer of the authorization does not exist',
      world: () => alibabaWorld(({ remove }) => remove('loadBalancers', 'lb-1')),
      verdict: 'fail',
      subject: 'target stock',
      evidence: ['lb-1'],
    },
    {
      why: 'could not be read',
      world: () => alibabaWorld(({ withhold }) => withhold('loadBalancers', 'slb:DescribeLoadBalancerAttribute')),
      verdict: 'unknown',
      subject: 'target stock',
      evidence: ['slb:DescribeLoadBalancerAttribute'],
    },
    {
      why: 'of AWS, could not be read',
      world: () =>
        awsWorld(({ withhold, targetSpec }) => {
          targetSpec.ref = { listener: LISTENER };
          withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers', BALANCER);
        }),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeLoadBalancers'],
    },
  ]);
});

describe('target/intranet', () => {
  const scheme = (to: 'internet-facing' | undefined) =>
    alibabaWorld(({ the }) => Object.assign(the('loadBalancers', 'lb-1'), { scheme: to }));
  checkTable(targetIntranet, [
    { why: 'internal', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'internet-facing, without an address in the VPC',
      world: () => scheme('internet-facing'),
      verdict: 'fail',
      severity: 'error',
      subject: 'target stock',
      evidence: ['lb-1'],
      remedy: ['internal CLB instance of vpc-h'],
    },
    { why: 'not reported', world: () => scheme(undefined), verdict: 'unknown' },
    { why: 'AWS calls both schemes', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});

describe('target/listener', () => {
  checkTable(targetListener, [
    { why: 'it listens', world: () => awsWorld(), verdict: 'pass', evidence: [LISTENER] },
    { why: 'it listens', world: () => alibabaWorld(), verdict: 'pass', evidence: ['lb-1/http:80'] },
    {
      why: 'stopped',
      world: () =>
        alibabaWorld(({ the }) => {
          the('listeners', 'lb-1/http:80').state = 'stopped';
        }),
      verdict: 'fail',
      severity: 'error',
      evidence: ['lb-1/http:80'],
      remedy: ['Start the listener on port 80 of lb-1'],
    },
    {
      why: 'on another port',
      world: () =>
        alibabaWorld(({ integration }) => {
          Object.assign(integration.targets, { stock: { ref: { instance: 'lb-1', port: 81 } } });
        }),
      verdict: 'fail',
      says: ['port 81', 'HTTP 80'],
      evidence: ['lb-1'],
      remedy: ['create a listener for lb-1'],
    },
    {
      why: 'listeners could not be read',
      world: () =>
        alibabaWorld(({ region }) => {
          region.listeners = [];
          region.gaps.push({
            what: 'listeners of lb-1',
            operation: 'DescribeLoadBalancerAttribute',
            code: 'PERMISSION_DENIED',
            permission: 'slb:DescribeLoadBalancerAttribute',
            of: 'listeners',
            id: 'lb-1',
          });
        }),
      verdict: 'unknown',
      evidence: ['slb:DescribeLoadBalancerAttribute'],
    },
  ]);
});

describe('target/protocol', () => {
  const named =
    (tls: { serverName?: string }) =>
    ({ integration }: World): void => {
      integration.targets = { orders: { ref: { address: '10.0.20.5', port: 443 }, tls } };
      integration.routes = { 'ANY /orders': 'orders' };
    };
  const plain = ({ targetSpec }: World) => {
    delete targetSpec.tls;
  };
  checkTable(targetProtocol, [
    { why: 'HTTPS to HTTPS', world: () => awsWorld(), verdict: 'pass' },
    { why: 'HTTP to HTTP', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'targets with HTTP/1.1',
      world: () => awsWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'HTTP1' })),
      verdict: 'pass',
    },
    {
      why: 'targets with gRPC only',
      world: () => awsWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { protocolVersion: 'GRPC' })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, orders',
      says: ['HTTP/1.1', 'accepts GRPC only', '464'],
      evidence: [GROUP],
      remedy: ['HTTP1'],
    },
    { why: 'TCP passes TLS through', world: () => awsWorld(listener({ protocol: 'TCP' })), verdict: 'pass' },
    {
      why: 'plain HTTP to HTTPS: apply adds tls to the routes',
      world: () => awsWorld(plain),
      verdict: 'fail',
      severity: 'error',
      evidence: [LISTENER],
      remedy: ['integrations.orders.targets.orders.tls', 'postern apply'],
    },
    {
      why: 'plain HTTP to TLS',
      world: () => awsWorld((world) => (plain(world), listener({ protocol: 'TLS' })(world))),
      verdict: 'fail',
    },
    {
      why: 'HTTPS to HTTP',
      world: () => awsWorld(listener({ protocol: 'HTTP', port: 80 })),
      verdict: 'fail',
      says: ['HTTPS'],
      remedy: ['Remove integrations.orders.targets.orders.tls'],
    },
    {
      why: 'UDP does not carry HTTP',
      world: () => awsWorld(listener({ protocol: 'UDP' })),
      verdict: 'fail',
      remedy: ['TCP'],
    },
    {
      why: 'TLS to a plain address: there is no name to verify a certificate against',
      world: () => alibabaWorld(named({ serverName: 'orders.internal' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['integrations.orders.targets.orders.tls'],
      remedy: ['remove tls.serverName'],
    },
    { why: 'TLS without a name', world: () => alibabaWorld(named({})), verdict: 'nothing' },
    {
      why: 'TLS with a name, to the authorization of an address',
      world: () =>
        alibabaWorld((world) => {
          named({ serverName: 'orders.internal' })(world);
          world.copy('targets', 'shop-orders', { id: 'by-hand', kind: 'address', resourceId: '10.0.20.5', port: 443 });
        }),
      verdict: 'nothing',
    },
  ]);

  it('fails where a plan refuses it', () => {
    const { snapshot, spec } = alibabaWorld(named({ serverName: 'orders.internal' }));
    expect(() => diff(snapshot, spec)).toThrow(/cannot have a server name/);
  });
});

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
    { why: 'forwards', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'a rule forwards, the default is a fixed 404',
      world: () =>
        awsWorld(
          listener({
            actions: [{ kind: 'fixed-response', statusCode: '404' }],
            rules: [rule(10, ['/orders*'], { kind: 'forward', targetGroupIds: [GROUP] })],
          }),
        ),
      verdict: 'pass',
    },
    {
      why: 'a rule redirects what the default would forward',
      world: () => awsWorld(listener({ rules: [rule(10, ['/orders*'], redirect)] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'target orders, rule 10',
      says: ['rule 10 (path /orders*)', 'ANY /orders', 'redirect 301'],
      evidence: ['rule-10'],
      remedy: ['add a rule before it that forwards ANY /orders'],
    },
    {
      why: 'another rule has priority over it',
      world: () =>
        awsWorld(
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
      world: () => awsWorld(listener({ rules: [rule(10, ['/Orders*', '/orders/*', '/order?s'], redirect)] })),
      verdict: 'pass',
    },
    {
      why: 'the rule that forwards is for other paths',
      world: () =>
        awsWorld(
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
      world: () => awsWorld((world) => (listener({ rules: [rule(10, ['/orders/9*'], redirect)] })(world), byId(world))),
      verdict: 'unknown',
      severity: 'error',
      says: ['cannot determine whether', 'ANY /orders/{id}', 'rule 10 (path /orders/9*) (redirect 301)'],
      remedy: ['before rule 10'],
    },
    {
      why: 'the host of calls is not known',
      world: () =>
        awsWorld(
          listener({
            rules: [{ id: 'r', priority: 1, conditions: [{ kind: 'host', values: ['a.b'] }], actions: [redirect] }],
          }),
        ),
      verdict: 'unknown',
      says: ['rule 1 (host a.b)'],
    },
    {
      why: 'a rule for all source addresses of the link',
      world: () =>
        awsWorld(
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
      world: () =>
        awsWorld(
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
      world: () => awsWorld(listener({ rules: undefined, ruleActions: [redirect] })),
      verdict: 'unknown',
      says: ['unknown conditions'],
    },
    {
      why: 'an older snapshot that has no rules',
      world: () => awsWorld(listener({ rules: undefined, ruleActions: [] })),
      verdict: 'pass',
    },
    {
      why: 'the default forwards, and its rules were not read',
      world: () => awsWorld(listener({ rules: undefined })),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    {
      why: 'a rule nearly matches: paths are case-sensitive',
      world: () =>
        awsWorld((world) => {
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
      world: () => awsWorld(listener({ actions: [{ kind: 'authenticate', statusCode: '302' }, forwards], rules: [] })),
      verdict: 'fail',
      severity: 'error',
      says: ['authenticate 302'],
      remedy: ['Remove the login'],
    },
    {
      why: 'a rule refuses callers that have not logged in',
      world: () =>
        awsWorld(
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
      world: () => awsWorld(listener({ actions: [redirect], rules: [] })),
      verdict: 'fail',
      severity: 'error',
      says: ['redirect 301'],
      evidence: [LISTENER],
      remedy: ['redirects to, with tls'],
    },
    {
      why: 'a fixed answer',
      world: () => awsWorld(listener({ actions: [{ kind: 'fixed-response', statusCode: '503' }], rules: [] })),
      verdict: 'fail',
      remedy: ['forward to a target group'],
    },
    {
      why: 'its rules were not read',
      world: () => awsWorld(listener({ actions: [redirect], rules: undefined })),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    { why: 'its actions were not read', world: () => awsWorld(listener({ actions: undefined })), verdict: 'unknown' },
    {
      why: 'a login comes first that allows callers without one',
      world: () =>
        awsWorld(
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
      world: () =>
        awsWorld(listener({ actions: [{ kind: 'authenticate' }, { kind: 'forward', targetGroupIds: [GROUP] }] })),
      verdict: 'unknown',
    },
  ]);
});

describe('target/private-link', () => {
  const enforced = (to: boolean | undefined) => (world: World) => {
    useOldLink(world);
    Object.assign(world.the('loadBalancers', BALANCER), { privateLinkEnforced: to });
  };
  /** The load balancer enforces its groups, whose inbound rules allow these blocks. */
  const inbound =
    (privateLinkEnforced: boolean | undefined, ...cidrBlocks: readonly string[]) =>
    ({ the }: World) => {
      Object.assign(the('loadBalancers', BALANCER), { privateLinkEnforced });
      the('securityGroups', 'sg-lb').rules = cidrBlocks.map((cidrBlock) => ({
        direction: 'in',
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrBlock,
      }));
    };
  checkTable(targetPrivateLink, [
    { why: 'off', world: () => awsWorld(enforced(false)), verdict: 'pass' },
    {
      why: 'on: the address of the gateway is not known',
      world: () => awsWorld(enforced(true)),
      verdict: 'fail',
      severity: 'error',
      evidence: [BALANCER],
      remedy: ['--enforce-security-group-inbound-rules-on-private-link-traffic off'],
    },
    { why: 'not reported', world: () => awsWorld(enforced(undefined)), verdict: 'unknown' },
    {
      why: 'on: no rule allows the port from an address',
      world: () => restV1World(inbound(true)),
      verdict: 'fail',
      says: ['no rule of theirs allows port 443', 'every call fails'],
    },
    {
      why: 'on: rules allow the port from some addresses',
      world: () => restV1World(inbound(true, '10.0.0.0/8')),
      verdict: 'fail',
      says: ['the address of the gateway cannot be determined'],
    },
    {
      why: 'on: a rule allows the port from every address',
      world: () => restV1World(inbound(true, '0.0.0.0/0')),
      verdict: 'pass',
      says: ['allow port 443 from every address'],
    },
    { why: 'off: the rules do not matter', world: () => restV1World(inbound(false)), verdict: 'pass' },
    {
      why: 'not reported: a rule allows the port from every address',
      world: () => webSocketWorld(inbound(undefined, '0.0.0.0/0')),
      verdict: 'pass',
    },
    {
      why: 'on: the rules could not be read',
      world: () =>
        restV1World((world) => {
          inbound(true, '0.0.0.0/0')(world);
          world.withhold('securityGroups', 'ec2:DescribeSecurityGroups');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    { why: 'on: a link that is to be created', world: () => newV1World(inbound(true)), verdict: 'fail' },
    {
      why: 'no groups',
      world: () =>
        awsWorld((world) => {
          enforced(true)(world);
          world.the('loadBalancers', BALANCER).securityGroupIds = [];
        }),
      verdict: 'pass',
    },
    { why: 'V2 links do not use PrivateLink', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});
