import { plans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from '../../../aws/test/plans/shop-plan.js';
import { planTwins } from '../../src/index.js';
import { alibaba } from './literal/alibaba/index.js';
import type { Values } from './literal/area.js';

/** A configuration that the cloud accepts and calls do not get through, what a plan says of it, and what follows its remedy. */
interface Broken {
  readonly breaks: (values: Values) => unknown;
  readonly code: string;
  readonly remedy: RegExp;
  readonly follows: (values: Values) => unknown;
}

const ALIBABA: Readonly<Record<string, Broken>> = {
  'a group of the backend without a rule': {
    breaks: ({ machine }) => (machine.groups = ['other']),
    code: 'NO_RULE',
    remedy: /Add an inbound rule to alicloud_security_group\.other: tcp 80 from 10\.0\.2\.0\/24/,
    follows: ({ rules }) => {
      const [known] = rules as readonly Values[];
      for (const block of ['10.0.1.0/24', '10.0.2.0/24']) rules.push({ ...known, group: 'other', block });
    },
  },
  'an authorization that does not exist': {
    breaks: ({ apis }) => (apis[0].access = '#name#'),
    code: 'INTEGRATION_FAILS',
    remedy: /Name a target that exists after the plan/,
    follows: ({ apis }) => (apis[0].access = 'machine'),
  },
};

/** The same of AWS: what the resources of a shop that works are changed to, and what follows the remedy. */
interface BrokenShop extends Pick<Broken, 'code' | 'remedy'> {
  readonly breaks: readonly Resource[];
  readonly follows: readonly Resource[];
}

const rule = (name: string, more: Resource['after'], refs: Resource['refs'] = {}): Resource => ({
  address: `aws_vpc_security_group_ingress_rule.${name}`,
  after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, ...more },
  refs: { security_group_id: id(`aws_security_group.${name}`), ...refs },
});

const of = (address: string, more: object): Resource => {
  const one = shop().find((each) => each.address === address);
  return { ...one, address, after: { ...one?.after, ...more } };
};

const INTEGRATION = 'aws_apigatewayv2_integration.shop';

const AWS: Readonly<Record<string, BrokenShop>> = {
  'a group of the backend without a rule': {
    breaks: [rule('backend', { ip_protocol: 'udp', from_port: 53, to_port: 53, cidr_ipv4: '10.0.0.0/16' })],
    code: 'NO_RULE',
    remedy: /Add an inbound rule to aws_security_group\.backend: tcp 80 from aws_security_group\.balancer/,
    follows: [rule('backend', {}, { referenced_security_group_id: id('aws_security_group.balancer') })],
  },
  'a group of the load balancer for another port': {
    breaks: [rule('balancer', { from_port: 8081, to_port: 8081, cidr_ipv4: '10.0.0.0/16' })],
    code: 'NO_RULE',
    remedy: /Add an inbound rule to aws_security_group\.balancer: tcp 80 from aws_security_group\.link/,
    follows: [rule('balancer', {}, { referenced_security_group_id: id('aws_security_group.link') })],
  },
  'TLS to a listener for HTTP': {
    breaks: [of(INTEGRATION, { tls_config: [{ server_name_to_verify: 'shop.example.com' }] })],
    code: 'PROTOCOL_UNFIT',
    remedy: /^(?:[^.]*\. Or: )?Remove tls_config of aws_apigatewayv2_integration\.shop/,
    follows: [of(INTEGRATION, {})],
  },
  'a group of gRPC': {
    breaks: [of('aws_lb_target_group.shop', { protocol_version: 'GRPC' })],
    code: 'HTTP1_REFUSED',
    remedy: /Forward to a target group whose protocol version is HTTP1/,
    follows: [of('aws_lb_target_group.shop', { protocol_version: 'HTTP1' })],
  },
  'a target that nothing listens on': {
    breaks: [
      {
        address: 'aws_lb_target_group_attachment.shop',
        after: { port: 80, target_id: '10.0.0.101' },
        refs: { target_group_arn: id('aws_lb_target_group.shop', 'arn') },
      },
    ],
    code: 'ADDRESS_UNUSED',
    remedy: /Register an address that is in use/,
    follows: [of('aws_lb_target_group_attachment.shop', {})],
  },
};

describe('a remedy of a finding, followed, leads to an apply that works: aws', () => {
  const judged = async (changed: readonly Resource[]): Promise<PlanJudgement> => {
    const document = readTerraform(planText(shop(...changed)));
    const options = { plans: [plans], region: 'eu-west-1' };
    const ask = await askTerraform(document, EMPTY, { ...options, twin: planTwins() });
    expect(ask.refused).toEqual([]);
    return judgeTerraform(document, EMPTY, { ...options, ask });
  };

  it.each(Object.entries(AWS))('%s', async (_, { breaks, code, remedy, follows }) => {
    const { findings } = await judged(breaks);
    const found = findings.filter((one) => one.code === code);
    expect(found.map((one) => one.remedy)).toContainEqual(expect.stringMatching(remedy));
    const after = await judged(follows);
    expect(after.integrations, JSON.stringify(after.findings)).toMatchObject([{ after: 'pass' }]);
  });
});

describe('a remedy of a finding, followed, leads to an apply that works: alibaba', () => {
  const made = alibaba();

  it.each(Object.entries(ALIBABA))('%s', async (_name, { breaks, code, remedy, follows }) => {
    const { valid, judged, refusal } = await made;
    const values = valid();
    breaks(values);
    expect(await refusal(values)).toBe(undefined);
    const { findings } = judged(values);
    const found = findings.filter((one) => one.code === code);
    expect(found.map((one) => one.remedy)).toContainEqual(expect.stringMatching(remedy));
    follows(values);
    expect(await refusal(values)).toBe(undefined);
    const after = judged(values);
    expect(after.findings.filter(({ severity, verdict }) => severity === 'error' && verdict === 'fail')).toEqual([]);
    expect([...new Set(after.integrations.map((one) => one.after))]).toEqual(['pass']);
  });
});
