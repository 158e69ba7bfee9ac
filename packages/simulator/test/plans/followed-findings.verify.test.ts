import { describe, expect, it } from 'vitest';
import { alibaba } from './literal/alibaba/index.js';
import type { Values } from './literal/area.js';
import { aws } from './literal/aws/index.js';
import type { Configuration } from './literal/configuration.js';

/** A configuration that the cloud accepts and calls do not get through, what a plan says of it, and what follows its remedy. */
interface Broken {
  readonly breaks: (values: Values) => unknown;
  readonly code: string;
  readonly remedy: RegExp;
  readonly follows: (values: Values) => unknown;
}

const rule = (group: string, more: Values): Values => ({ group, protocol: 'tcp', from: 80, to: 80, ...more });

const AWS: Readonly<Record<string, Broken>> = {
  'a group of the backend without a rule': {
    breaks: ({ rules }) => Object.assign(rules[2], { protocol: 'udp', from: 53, to: 53 }),
    code: 'NO_RULE',
    remedy: /Add an inbound rule to aws_security_group\.backend: tcp 80 from aws_security_group\.balancer/,
    follows: ({ rules }) => rules.push(rule('backend', { block: '10.0.0.0/16' })),
  },
  'a group of the load balancer for another port': {
    breaks: ({ rules }) => Object.assign(rules[0], { from: 8081, to: 8081 }),
    code: 'NO_RULE',
    remedy: /Add an inbound rule to aws_security_group\.balancer: tcp 80 from aws_security_group\.link/,
    follows: ({ rules }) => rules.push(rule('balancer', { block: '10.0.0.0/16' })),
  },
  'TLS to a listener for HTTP': {
    breaks: ({ integration }) => (integration.name = 'shop.example.com'),
    code: 'PROTOCOL_UNFIT',
    remedy: /^(?:[^.]*\. Or: )?Remove tls_config of aws_apigatewayv2_integration\.main/,
    follows: ({ integration }) => (integration.name = null),
  },
  'a throttle with a burst of 0': {
    breaks: ({ stages }) => (stages[1].settings = 'GET /orders'),
    code: 'REFUSES_EACH_CALL',
    remedy: /Write a rate and a burst above 0 for GET \/orders on stage test\./,
    follows: ({ stages }) => (stages[1].burst = 50),
  },
  'a group of gRPC': {
    breaks: ({ targetGroups }) => (targetGroups.shop.protocol_version = 'GRPC'),
    code: 'HTTP1_REFUSED',
    remedy: /Forward to a target group whose protocol version is HTTP1/,
    follows: ({ listeners, listenerRules, targets }) => {
      listeners.shop.action = { type: 'forward', groups: [{ group: 'other' }] };
      listenerRules[0].action = { type: 'forward', groups: [{ group: 'other' }] };
      targets[0].group = 'other';
    },
  },
  'a port without a listener': {
    breaks: ({ rest }) => (rest.uri = 'http://shop.example.com:8080/orders'),
    code: 'INTEGRATION_FAILS',
    remedy: /Create a listener on port 8080/,
    follows: ({ listeners, rules }) => {
      listeners.spare = { ...listeners.nlb, port: 8080 };
      rules.push(rule('balancer', { from: 8080, to: 8080, block: '10.0.0.0/16' }));
    },
  },
  'another port without a listener': {
    breaks: ({ rest }) => (rest.uri = 'http://shop.example.com:8080/orders'),
    code: 'INTEGRATION_FAILS',
    remedy: /name a port that has a listener/,
    follows: ({ rest }) => (rest.uri = 'http://shop.example.com:80/orders'),
  },
  'a target that nothing listens on': {
    breaks: ({ address }) => (address.ip = '10.0.0.101'),
    code: 'ADDRESS_UNUSED',
    remedy: /Register an address that is in use/,
    follows: ({ targets }) => {
      for (const one of targets) one.id = '10.0.0.101';
    },
  },
};

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

describe.each<[string, () => Promise<Configuration>, Readonly<Record<string, Broken>>]>([
  ['aws', aws, AWS],
  ['alibaba', alibaba, ALIBABA],
])('a remedy of a finding, followed, leads to an apply that works: %s', (_, of, rows) => {
  const made = of();

  it.each(Object.entries(rows))('%s', async (_name, { breaks, code, remedy, follows }) => {
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
