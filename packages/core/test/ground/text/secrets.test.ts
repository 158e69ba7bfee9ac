import { describe, expect, it } from 'vitest';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { withoutSecrets } from '../../../src/ground/text/secrets.js';
import { expectCpuBelow } from '../../cpu-time.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';

// Split, so that no secret scanner reports these canaries.
const ACCESS_KEY = `AKIA${'CANARY0123456789'}`;
const ALIBABA_KEY = `LTAI${'5tCanary0123456789ab'}`;
const SECRET_KEY = `wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYCANARYKEY0'}`;
const TOKEN = `eyJhbGciOiJIUzI1NiJ9.${'eyJjYW5hcnkiOjF9'}.c2lnbmF0dXJlY2FuYXJ5`;
const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIICANARY\n-----END RSA PRIVATE KEY-----`;

/** Values of adapters and users in the free-form parts of a snapshot, each with a canary. */
const NATIVE = {
  plugins: [
    { id: 'p', PluginData: JSON.stringify({ parameters: { appSecret: 'canary-1', secretKey: 'canary-2' } }) },
    { id: 'q', PluginData: 'parameters:\n  password: canary-3\n  token: "canary-4"\n' },
    {
      id: 's',
      PluginData: JSON.stringify({ password: 'x canary-24', token: 'a\\"canary-25"b', secret: "o'canary-26" }),
    },
    { id: 't', PluginData: JSON.stringify(JSON.stringify({ password: 'x canary-27 "canary-28" y', after: 1 })) },
    { id: 'u', PluginData: 'password: x canary-29\nnext: 1' },
    { id: 'r', PluginData: JSON.stringify({ inner: JSON.stringify({ password: 'canary-5' }) }) },
  ],
  backends: [
    {
      name: 'nacos',
      NacosConfig: { UserName: 'u', Password: 'canary-6', AccessKey: 'canary-7', SecretKey: 'canary-8' },
    },
    { name: 'eas', FunctionComputeConfig: { authorization: 'canary-9' } },
  ],
  constants: [{ ConstantValue: 'canary-10', ParameterName: 'x' }],
  parameters: [
    { ParameterName: 'db_password', DefaultValue: 'canary-11' },
    { TagKey: 'api-key', TagValue: 'canary-12' },
    { Key: 'GITHUB_TOKEN', Value: 'canary-13' },
  ],
  credentials: { any: { name: 'canary-14' }, list: ['canary-15'] },
  url: 'https://user:canary-16@example.com/x',
  header: 'Authorization: Bearer canary-17-abcdef',
  loose: [ACCESS_KEY, ALIBABA_KEY, SECRET_KEY, TOKEN, PEM],
};
const TAGS = { password: 'canary-18', 'db:secret': 'canary-19', team: 'payments', note: `key ${ACCESS_KEY}` };

describe('a snapshot’s file', () => {
  const [link] = FULL_REGION.links;
  const [group] = FULL_REGION.securityGroups;
  const region = {
    ...FULL_REGION,
    native: NATIVE,
    links: [
      { ...link!, tags: TAGS, native: NATIVE, name: `named ${ACCESS_KEY}`, reason: 'password=canary-20', raw: NATIVE },
    ],
    securityGroups: [
      {
        ...group!,
        tags: TAGS,
        rules: [{ ...group!.rules[0]!, description: `for Bob, secret: canary-21 ${SECRET_KEY}` }],
      },
    ],
  };
  it.each<[string, object]>([
    ['by default', {}],
    ['with raw', { raw: true }],
    ['redacted', { redact: true }],
  ])('holds no secret, %s', (_, options) => {
    const text = encodeSnapshot({ ...FULL_SNAPSHOT, regions: [region] }, options);
    expect(text).not.toMatch(/canary(?!": )/i);
    for (const secret of [ACCESS_KEY, ALIBABA_KEY, SECRET_KEY, TOKEN]) expect(text).not.toContain(secret);
    expect(text).toContain('(not shown)');
    expect(text).toContain('"team": "payments"');
    if (!('redact' in options)) expect(text).toContain('next: 1');
    expect(encodeSnapshot(JSON.parse(text) as typeof FULL_SNAPSHOT, options)).toBe(text); // a hidden value is not hidden twice
  });

  it.each<[string]>([
    ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2'],
    ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders'],
    ['sgr-0123456789abcdef0'],
    ['apigateway-hz-72bc18d4f1aa'],
    ['asia-pacific networks of the company'],
    ['da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['the subnets of vpc-1 (tokens are another matter)'],
    ['http://example.com:8080/a@b'],
  ])('does not change %s', (text) => {
    const named = { ...FULL_REGION.targets[0]!, id: text, name: text };
    const encoded = encodeSnapshot({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, targets: [named] }] });
    expect(encoded).toContain(`"id": "${text}"`);
    expect(encoded).toContain(`"name": "${text}"`);
  });

  it.each(['p@canary', 'p/canary', 'p@q@canary'])('does not show a password with signs of URLs: %s', (secret) => {
    expect(withoutSecrets(`http://user:${secret}@example.com/x`)).not.toMatch(/canary/);
  });

  it('takes linear time in the length of a text', () => {
    for (const text of [
      'password=',
      'a://',
      'eyJ',
      '-----BEGIN PRIVATE KEY-----',
      'Bearer ',
      'aA0/',
      ' ',
      'token\\"',
    ]) {
      expectCpuBelow(500, () => {
        withoutSecrets(text.repeat(20_000));
      });
    }
  });
});
