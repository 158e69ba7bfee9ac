import { describe } from 'vitest';
import { targetAnswers } from '../../../src/checks/target/answers.js';
import { balancerActive } from '../../../src/checks/target/balancer-active.js';
import { targetCertificate } from '../../../src/checks/target/certificate.js';
import { targetHealthy } from '../../../src/checks/target/healthy.js';
import { targetHealthyZones } from '../../../src/checks/target/healthy-zones.js';
import { targetIntranet } from '../../../src/checks/target/intranet.js';
import { targetListener } from '../../../src/checks/target/listener.js';
import { targetPrivateLink } from '../../../src/checks/target/private-link.js';
import { targetProtocol } from '../../../src/checks/target/protocol.js';
import { BALANCER, CERTIFICATE, GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';
import { useNetworkBalancer, useOldLink } from './backends.js';

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
      why: 'a word that nobody documented',
      world: () => state({ state: 'odd', active: undefined }),
      verdict: 'unknown',
    },
    {
      why: 'the authorisation leads to what is gone',
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
      why: 'it has no address in the VPC',
      world: () => scheme('internet-facing'),
      verdict: 'fail',
      severity: 'error',
      subject: 'target stock',
      evidence: ['lb-1'],
      remedy: ['internal CLB instance of vpc-h'],
    },
    { why: 'not said', world: () => scheme(undefined), verdict: 'unknown' },
    { why: 'AWS calls both', world: () => awsWorld(), verdict: 'nothing' },
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
      remedy: ['give lb-1 a listener'],
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
  const plain = ({ targetSpec }: World) => {
    delete targetSpec.tls;
  };
  checkTable(targetProtocol, [
    { why: 'HTTPS to HTTPS', world: () => awsWorld(), verdict: 'pass' },
    { why: 'HTTP to HTTP', world: () => alibabaWorld(), verdict: 'pass' },
    { why: 'TCP passes TLS on', world: () => awsWorld(listener({ protocol: 'TCP' })), verdict: 'pass' },
    {
      why: 'plain HTTP to HTTPS: apply writes tls into the routes',
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
      why: 'UDP carries no HTTP',
      world: () => awsWorld(listener({ protocol: 'UDP' })),
      verdict: 'fail',
      remedy: ['TCP'],
    },
  ]);
});

describe('target/answers', () => {
  const redirect = { kind: 'redirect', statusCode: '301' };
  checkTable(targetAnswers, [
    { why: 'forwards', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'a rule forwards, the default is a fixed 404',
      world: () =>
        awsWorld(
          listener({
            actions: [{ kind: 'fixed-response', statusCode: '404' }],
            ruleActions: [{ kind: 'forward', targetGroupIds: [GROUP] }],
          }),
        ),
      verdict: 'pass',
    },
    {
      why: 'redirects callers to where they cannot go',
      world: () => awsWorld(listener({ actions: [redirect], ruleActions: [] })),
      verdict: 'fail',
      severity: 'error',
      says: ['redirect 301'],
      evidence: [LISTENER],
      remedy: ['redirects to, with tls'],
    },
    {
      why: 'a fixed answer',
      world: () => awsWorld(listener({ actions: [{ kind: 'fixed-response', statusCode: '503' }], ruleActions: [] })),
      verdict: 'fail',
      remedy: ['forward to a target group'],
    },
    {
      why: 'its rules were not read',
      world: () => awsWorld(listener({ actions: [redirect], ruleActions: undefined })),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeRules'],
    },
    { why: 'its actions were not read', world: () => awsWorld(listener({ actions: undefined })), verdict: 'unknown' },
    {
      why: 'authentication comes first',
      world: () =>
        awsWorld(listener({ actions: [{ kind: 'authenticate' }, { kind: 'forward', targetGroupIds: [GROUP] }] })),
      verdict: 'pass',
    },
  ]);
});

describe('target/certificate', () => {
  const certificate =
    (changes: object) =>
    ({ the }: World) => {
      Object.assign(the('certificates', CERTIFICATE), changes);
    };
  checkTable(targetCertificate, [
    { why: 'covers the name', world: () => awsWorld(), verdict: 'pass', evidence: [CERTIFICATE] },
    { why: 'a wildcard', world: () => awsWorld(certificate({ names: ['*.internal'] })), verdict: 'pass' },
    {
      why: 'a wildcard stands for one label',
      world: () =>
        awsWorld((world) => {
          certificate({ names: ['*.internal'] })(world);
          Object.assign(world.targetSpec, { tls: { serverName: 'a.orders.internal' } });
        }),
      verdict: 'fail',
    },
    {
      why: 'another name',
      world: () => awsWorld(certificate({ names: ['stock.internal'] })),
      verdict: 'fail',
      severity: 'error',
      says: ['orders.internal', 'stock.internal'],
      evidence: [CERTIFICATE],
      remedy: ['stock.internal', 'postern apply'],
    },
    {
      why: 'expired',
      world: () => awsWorld(certificate({ notAfter: '2026-05-31T00:00:00Z', valid: false, nativeState: 'EXPIRED' })),
      verdict: 'fail',
      severity: 'error',
      says: ['expired on 2026-05-31'],
      remedy: ['Renew'],
    },
    {
      why: 'nearly expired',
      world: () => awsWorld(certificate({ notAfter: '2026-06-20T00:00:00Z' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['in 19 days'],
    },
    {
      why: 'revoked',
      world: () => awsWorld(certificate({ valid: false, nativeState: 'REVOKED' })),
      verdict: 'fail',
      says: ['REVOKED'],
    },
    {
      why: 'one of several covers it',
      world: () =>
        awsWorld((world) => {
          world.copy('certificates', CERTIFICATE, { id: 'cert-2', names: ['stock.internal'] });
          listener({ certificateIds: ['cert-2', CERTIFICATE] })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'certificates could not be read',
      world: () => awsWorld(({ withhold }) => withhold('certificates', 'acm:DescribeCertificate')),
      verdict: 'unknown',
      evidence: ['acm:DescribeCertificate'],
    },
    {
      why: 'which ones it has was not read',
      world: () => awsWorld(listener({ certificateIds: undefined })),
      verdict: 'unknown',
    },
    {
      why: 'one of IAM is in no list of Certificate Manager',
      world: () => awsWorld(listener({ certificateIds: ['arn:aws:iam::111122223333:server-certificate/old'] })),
      verdict: 'unknown',
    },
    { why: 'no TLS asked for', world: () => awsWorld(({ targetSpec }) => delete targetSpec.tls), verdict: 'nothing' },
  ]);
});

describe('target/healthy', () => {
  const all = (health: 'healthy' | 'unhealthy' | 'unavailable' | 'unused' | 'unknown', reason?: string) =>
    awsWorld(({ the }) => {
      for (const one of the('targetGroups', GROUP).targets ?? []) Object.assign(one, { health, reason });
    });
  checkTable(targetHealthy, [
    { why: 'healthy', world: () => awsWorld(), verdict: 'pass', evidence: [GROUP] },
    { why: 'healthy', world: () => alibabaWorld(), verdict: 'pass', evidence: ['lb-1:80'] },
    { why: 'health checks are off', world: () => all('unavailable'), verdict: 'pass' },
    {
      why: 'all sick',
      world: () => all('unhealthy', 'Target.Timeout'),
      verdict: 'fail',
      severity: 'error',
      says: ['Target.Timeout', 'i-1:8080'],
      evidence: [GROUP],
      remedy: ['orders'],
    },
    {
      why: 'none registered',
      world: () => awsWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { targets: [] })),
      verdict: 'fail',
      says: ['no targets'],
    },
    { why: 'not known', world: () => all('unknown'), verdict: 'unknown' },
    {
      why: 'health was not read',
      world: () => awsWorld(({ the }) => Object.assign(the('targetGroups', GROUP), { targets: undefined })),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeTargetHealth'],
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups')),
      verdict: 'unknown',
      evidence: ['elasticloadbalancing:DescribeTargetGroups'],
    },
  ]);
});

describe('target/healthy-zones', () => {
  const sick = ({ the }: World) => {
    Object.assign(the('targetGroups', GROUP).targets?.[1] ?? {}, { health: 'unhealthy' });
  };
  checkTable(targetHealthyZones, [
    { why: 'each zone has one', world: () => awsWorld(useNetworkBalancer), verdict: 'pass' },
    {
      why: 'a zone without',
      world: () => awsWorld((world) => (useNetworkBalancer(world), sick(world))),
      verdict: 'fail',
      severity: 'error',
      says: ['euw1-az2'],
      evidence: [GROUP, 'euw1-az2'],
      remedy: ['cross-zone'],
    },
    { why: 'zones help each other', world: () => awsWorld(sick), verdict: 'pass' },
    {
      why: 'whether they do was not read',
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          delete world.the('loadBalancers', BALANCER).crossZone;
        }),
      verdict: 'unknown',
      remedy: ['DescribeTargetGroupAttributes'],
    },
    {
      why: "the group's own setting goes before the balancer's",
      world: () =>
        awsWorld((world) => {
          useNetworkBalancer(world);
          sick(world);
          world.the('targetGroups', GROUP).crossZone = true;
        }),
      verdict: 'pass',
    },
    { why: 'CLB instances know no such thing', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

describe('target/private-link', () => {
  const enforced = (to: boolean | undefined) => (world: World) => {
    useOldLink(world);
    Object.assign(world.the('loadBalancers', BALANCER), { privateLinkEnforced: to });
  };
  checkTable(targetPrivateLink, [
    { why: 'off', world: () => awsWorld(enforced(false)), verdict: 'pass' },
    {
      why: 'on: nobody knows the address of the gateway',
      world: () => awsWorld(enforced(true)),
      verdict: 'fail',
      severity: 'error',
      evidence: [BALANCER],
      remedy: ['--enforce-security-group-inbound-rules-on-private-link-traffic off'],
    },
    { why: 'not said', world: () => awsWorld(enforced(undefined)), verdict: 'unknown' },
    {
      why: 'no groups',
      world: () =>
        awsWorld((world) => {
          enforced(true)(world);
          world.the('loadBalancers', BALANCER).securityGroupIds = [];
        }),
      verdict: 'pass',
    },
    { why: 'V2 links are no PrivateLink', world: () => awsWorld(), verdict: 'nothing' },
  ]);
});
