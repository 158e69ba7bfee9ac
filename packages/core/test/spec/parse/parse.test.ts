import { hidingValues } from '../../../src/do/hidden-values.js';
import { cloud as alibaba } from '@postern/alibaba/cloud';
import { cloud as aws } from '@postern/aws/cloud';
import { clouds } from '../../../src/do/kinds/cloud/clouds.js';
import { CLOUDS, parseSpec, specFrom } from '../../clouds.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { PosternError } from '../../../src/ground/errors.js';
import { defineSpec, parseSpec as readSpec, type PlacedProblem } from '../../../src/internal/spec.js';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2';

const FULL = `version: 1
project: shop
defaults: { region: eu-west-1, tags: { team: payments }, timeouts: { create: 12m } }
links:
  eu:
    provider: aws
    account: '111122223333'
    subnets: [subnet-0a, { name: private-b }, { tag: { tier: private } }]
    securityGroups: [sg-01]
    allowlist: [10.20.0.0/20]
    timeouts: { delete: 90s }
    tags: { team: checkout }
  cn:
    provider: alibaba
    region: cn-hangzhou
    id: apigateway-hz-72bc18d4f1aa
    instanceCidr: 172.16.0.0/12
integrations:
  orders-eu:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 443 }, tls: { serverName: orders.internal } }
      other: { listener: '${LISTENER}', path: keep }
    routes: { 'ANY /orders/{proxy+}': orders, $default: other }
  inline:
    link:
      provider: aws
      subnets: [subnet-0c]
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { map: { service: 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-utcrh6wavdkggqtk' } }
    routes: { 'GET /inline': map }
  orders-cn:
    link: cn
    gateway: { apiGroup: 523e8dc7bbe04613b5b1d726c2a7889d, stages: [RELEASE] }
    targets: { orders: { instance: lb-bp1x2y3z, port: 8080 } }
    routes: { 'ANY /orders': orders }
`;

/** A spec with one link and one integration, of which single lines can be replaced. */
function small(change: { link?: string; integration?: string; top?: string } = {}): string {
  return `version: 1
project: shop
${change.top ?? 'defaults: { region: eu-west-1 }'}
links:
  eu:
    provider: aws
${change.link ?? '    subnets: [subnet-0a]'}
integrations:
  orders:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
${change.integration ?? "    routes: { 'ANY /orders': orders }"}
`;
}

function fault(text: string, env: Record<string, string> = {}): PosternError {
  try {
    parseSpec(text, { file: 'postern.yaml', env });
  } catch (error) {
    return error as PosternError;
  }
  throw new Error('it was accepted');
}

describe('parseSpec', () => {
  it('reads every key of a spec, adds defaults, and lists links written inside an integration', () => {
    const { places, ...spec } = parseSpec(FULL);
    expect(places).toBeTypeOf('function');
    expect(spec).toEqual({
      version: 1,
      project: 'shop',
      spec: 'shop',
      links: {
        eu: {
          provider: 'aws',
          region: 'eu-west-1',
          account: '111122223333',
          subnets: ['subnet-0a', { name: 'private-b' }, { tag: { tier: 'private' } }],
          securityGroups: ['sg-01'],
          allowlist: ['10.20.0.0/20'],
          timeouts: { createMs: 720_000, deleteMs: 90_000 },
          tags: { team: 'checkout' },
        },
        cn: {
          provider: 'alibaba',
          region: 'cn-hangzhou',
          id: 'apigateway-hz-72bc18d4f1aa',
          timeouts: { createMs: 720_000 },
          tags: { team: 'payments' },
          native: { instanceCidr: '172.16.0.0/12' },
        },
        inline: {
          provider: 'aws',
          region: 'eu-west-1',
          subnets: ['subnet-0c'],
          timeouts: { createMs: 720_000 },
          tags: { team: 'payments' },
        },
      },
      integrations: {
        'orders-eu': {
          link: 'eu',
          gateway: { httpApi: 'a1b2c3d4e5' },
          targets: {
            orders: {
              ref: { listener: { loadBalancer: 'orders-alb', port: 443 } },
              tls: { serverName: 'orders.internal' },
            },
            other: { ref: { listener: LISTENER }, path: 'keep' },
          },
          routes: { 'ANY /orders/{proxy+}': 'orders', $default: 'other' },
        },
        inline: {
          link: 'inline',
          gateway: { httpApi: 'a1b2c3d4e5' },
          targets: {
            map: { ref: { service: 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-utcrh6wavdkggqtk' } },
          },
          routes: { 'GET /inline': 'map' },
        },
        'orders-cn': {
          link: 'cn',
          gateway: { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d', stages: ['RELEASE'] },
          targets: { orders: { ref: { instance: 'lb-bp1x2y3z', port: 8080 } } },
          routes: { 'ANY /orders': 'orders' },
        },
      },
    });
  });

  it('is plain JSON except `places`, which JSON omits', () => {
    const read = parseSpec(FULL);
    const { places: _, ...spec } = read;
    expect(JSON.parse(JSON.stringify(read))).toStrictEqual(spec);
  });

  it('reads the region of a link from the link, then the defaults, then the caller', () => {
    const link = '    subnets: [subnet-0a]\n    region: eu-north-1';
    expect(parseSpec(small({ link }), { region: 'us-east-1' }).links['eu']?.region).toBe('eu-north-1');
    expect(parseSpec(small(), { region: 'us-east-1' }).links['eu']?.region).toBe('eu-west-1');
    expect(parseSpec(small({ top: '' }), { region: 'us-east-1' }).links['eu']?.region).toBe('us-east-1');
    expect(fault(small({ top: '' }))).toMatchObject({ code: 'REGION_MISSING', place: { line: 5, column: 3 } });
  });

  it.each<[string, Parameters<typeof small>[0], string, string | RegExp]>([
    ['an unknown key', { link: '    subnet: [subnet-0a]' }, 'INVALID_SPEC 7:5', 'Did you mean subnets?'],
    ['a wrong type', { link: '    subnets: subnet-0a' }, 'INVALID_SPEC 7:14', 'Write a list.'],
    [
      'a number for text',
      { link: '    subnets: [subnet-0a]\n    account: 111122223333' },
      'INVALID_SPEC 8:14',
      'Put it in quotes.',
    ],
    [
      'a bad block',
      { link: '    subnets: [subnet-0a]\n    allowlist: [10.0.0.0/8, 10.0.0.1/8]' },
      'INVALID_PREFIX 8:29',
      /10\.0\.0\.0\/8/,
    ],
    ['another kind of id', { link: '    subnets: [sg-0a]' }, 'WRONG_KIND 7:15', 'Write the ID of a subnet.'],
    ['a name in place of an ID', { link: '    subnets: [private]' }, 'INVALID_SPEC 7:15', /\{ name: … \}/],
    [
      'the same subnet twice',
      { link: '    subnets: [subnet-0a, subnet-0a]' },
      'INVALID_SPEC 7:26',
      'Remove one of the two.',
    ],
    ['a link without ID or subnets', { link: '    name: eu' }, 'INVALID_SPEC 5:3', /subnets: .* or id:/],
    ['another owner', { link: '    id: abc\n    owner: me' }, 'INVALID_SPEC 8:12', /external/],
    [
      'an unknown target',
      { integration: "    routes: { 'ANY /orders': order }" },
      'UNKNOWN_REFERENCE 13:30',
      'Did you mean orders?',
    ],
    [
      'an invalid route',
      { integration: "    routes: { 'FETCH /orders': orders }" },
      'INVALID_SPEC 13:15',
      /method and the path/,
    ],
    ['no integration key', { integration: '    rotues: {}' }, 'INVALID_SPEC 13:5', /Did you mean routes/],
    [
      'a length of time without a unit',
      { link: '    id: abc\n    timeouts: { create: 10 }' },
      'INVALID_SPEC 8:25',
      /quotes/,
    ],
    [
      'a time that is too long',
      { link: '    id: abc\n    timeouts: { create: 25h }' },
      'INVALID_SPEC 8:25',
      'The maximum is one day.',
    ],
    [
      'a reserved tag',
      { link: "    id: abc\n    tags: { 'postern:project': x }" },
      'INVALID_SPEC 8:13',
      'Choose another key.',
    ],
  ])('refuses %s, with its place and a remedy', (_, change, expected, remedy) => {
    const error = fault(small(change));
    const { file, line, column } = error.place ?? {};
    expect(`${error.code} ${file}:${line}:${column}`).toBe(expected.replace(' ', ' postern.yaml:'));
    expect(error.remedy).toMatch(remedy);
  });

  it.each([
    [
      'a load balancer',
      LISTENER.replace('listener/', 'loadbalancer/').replace(/\/[^/]+$/, ''),
      'WRONG_KIND',
      /one of its listeners/,
    ],
    [
      'a target group',
      LISTENER.replace(/listener.*/, 'targetgroup/orders/50dc6c495c0c9188'),
      'WRONG_KIND',
      /ARN of a listener/,
    ],
    [
      'a Cloud Map service',
      'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1',
      'WRONG_KIND',
      /ARN of a listener/,
    ],
    ['another region', LISTENER.replace('eu-west-1', 'eu-north-1'), 'WRONG_REGION', /in eu-west-1/],
    ['another partition', LISTENER.replace('arn:aws:', 'arn:aws-cn:'), 'WRONG_REGION', /eu-west-1/],
    ['no ARN', 'orders-listener', 'INVALID_ARN', /arn:/],
  ])('refuses as a listener the ARN of %s', (_, arn, code, remedy) => {
    const error = fault(small().replace('{ loadBalancer: orders, port: 80 }', `'${arn}'`));
    expect(error).toMatchObject({
      code,
      place: { line: 12, column: 36, path: 'integrations.orders.targets.orders.listener' },
    });
    expect(error.remedy).toMatch(remedy);
  });

  it.each([
    ['', undefined],
    ['?stage=blue', undefined],
    ['?stage=blue&tier=a%20b', undefined],
    ['?', 'INVALID_SPEC'],
    ['?stage=blue green', 'INVALID_SPEC'],
    ['/x?stage=blue', 'WRONG_KIND'],
  ])('takes a service of Cloud Map with the attributes %j: %s', (query, code) => {
    const service = `arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-utcrh6wavdkggqtk${query}`;
    const text = small().replace('listener: { loadBalancer: orders, port: 80 }', `service: '${service}'`);
    if (code === undefined) expect(parseSpec(text).integrations['orders']?.targets['orders']?.ref).toEqual({ service });
    else expect(fault(text)).toMatchObject({ code });
  });

  it.each([
    ['deploy', 'INVALID_ARN'],
    ['arn:aws:iam::111122223333:user/deploy', 'WRONG_KIND'],
    ['arn:aws-cn:iam::111122223333:role/deploy', 'WRONG_REGION'],
  ])('refuses %s as a role: %s', (assumeRole, code) => {
    const link = `    id: x\n    assumeRole: '${assumeRole}'`;
    expect(fault(small({ link }))).toMatchObject({ code, place: { line: 8, column: 17 } });
  });

  it("accepts a load balancer's ARN where the cloud is called later, because only the cloud has the listeners", () => {
    const arn = LISTENER.replace('listener/', 'loadbalancer/').replace(/\/[^/]+$/, '');
    const text = small().replace('{ loadBalancer: orders, port: 80 }', `'${arn}'`);
    expect(parseSpec(text, { askCloud: true }).integrations['orders']?.targets['orders']?.ref).toEqual({
      listener: arn,
    });
    const elsewhere = text.replace('loadbalancer/app/orders', 'targetgroup/orders');
    expect(() => parseSpec(elsewhere, { askCloud: true })).toThrow(expect.objectContaining({ code: 'WRONG_KIND' }));
  });

  it('reports all problems at once, in the order of the file', () => {
    const error = fault(
      small({ link: '    subnets: [sg-1]\n    allowlist: [10.0.0.1/8]', integration: '    routes: { $default: x }' }),
    );
    const problems = error.details?.['problems'] as PlacedProblem[];
    expect(problems.map((one) => [one.code, one.place.line])).toEqual([
      ['WRONG_KIND', 7],
      ['INVALID_PREFIX', 8],
      ['UNKNOWN_REFERENCE', 14],
    ]);
  });

  it('allows two integrations with one gateway, but not with one route', () => {
    const twice = `${small()}  again:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /orders': orders }
`;
    expect(fault(twice)).toMatchObject({ code: 'INVALID_SPEC', place: { line: 18, column: 15 } });
    expect(
      Object.keys(parseSpec(twice.replace(/\/orders': orders \}\n$/, "/more': orders }\n")).integrations),
    ).toHaveLength(2);
  });

  it('returns the place of each path, also of links inside an integration', () => {
    const { places } = parseSpec(FULL, { file: 'p.yaml' });
    expect(places?.('links.eu.subnets[1]')).toMatchObject({ file: 'p.yaml', line: 8, column: 26 });
    expect(places?.('links.inline.subnets[0]')).toMatchObject({ line: 29, column: 17 });
    expect(places?.('integrations.orders-eu.routes["ANY /orders/{proxy+}"]')).toMatchObject({ line: 25 });
    expect(places?.('integrations.orders-eu.routes.ANY /orders/{proxy+}')).toMatchObject({ line: 25, column: 39 });
    expect(places?.('links.eu.allowlist[7].x')).toMatchObject({ line: 10 });
    expect(places?.('nothing.there')).toMatchObject({ line: 1 });
  });
});

describe('${env:NAME}', () => {
  it.each(['${env:', '${env:}', '${env:a b}', '${env:A${env:B}}'])('is refused as %s', (text) => {
    expect(fault(small({ link: `    id: x\n    name: '${text}'` })).code).toBe('INVALID_SPEC');
  });
  const link = '    subnets: ["${env:SUBNET}"]\n    name: a-${env:STAGE}-b';

  it('is replaced in values', () => {
    const spec = parseSpec(small({ link }), { env: { SUBNET: 'subnet-7', STAGE: 'prod' } });
    expect(spec.links['eu']).toMatchObject({ subnets: ['subnet-7'], name: 'a-prod-b' });
  });
  it('is replaced where a number is expected', () => {
    const text = small().replace('port: 80', 'port: "${env:PORT}"');
    expect(parseSpec(text, { env: { PORT: '8443' } }).integrations['orders']?.targets['orders']?.ref).toEqual({
      listener: { loadBalancer: 'orders', port: 8443 },
    });
  });
  it.each([{ STAGE: 'x' }, { STAGE: 'x', SUBNET: '' }])('must be set: %j', (env) => {
    expect(fault(small({ link }), env)).toMatchObject({
      code: 'MISSING_VARIABLE',
      remedy: expect.stringContaining('SUBNET'),
      place: { line: 7, column: 15 },
    });
  });
  it.each<[string, string]>([
    ['"a-\\u0024{env:STAGE}"', 'an escape for the sign'],
    ['"a-${e\\u006ev:STAGE}"', 'an escape for a letter'],
    ['"a-${en\\\n      v:STAGE}"', 'a line break'],
  ])('is replaced where it is escaped: %s (%s)', (name) => {
    const text = small({ link: `    id: x\n    name: ${name}` });
    expect(parseSpec(text, { env: { STAGE: 'prod' } }).links['eu']?.name).toBe('a-prod');
  });
  it('has a value that is text, never YAML', () => {
    const spec = parseSpec(small({ link }), { env: { SUBNET: 'subnet-7', STAGE: '[1, &a {x: y}]' } });
    expect(spec.links['eu']?.name).toBe('a-[1, &a {x: y}]-b');
  });
  it('is not shown when its value is not valid', () => {
    const error = fault(small({ link: '    id: x\n    allowlist: ["${env:BLOCKS}"]' }), { BLOCKS: 'hunter2hunter2' });
    expect(error.code).toBe('INVALID_PREFIX');
    expect(JSON.stringify([error.message, error.remedy, error.details])).not.toContain('hunter2');
    expect(error.message).toContain('${env:BLOCKS}');
  });
  it('is not shown by what is found out later, unless it is short or an identifier of the cloud', () => {
    const env = { NAME: 'CANARY & "Jalr"', ID: 'subnet-0a1b2c3d', REGION: 'eu-west-1', STAGE: 'prod' };
    const text = small({
      link: '    subnets: [{ name: "${env:NAME}" }, "${env:ID}"]\n    tags: { a: "x-${env:NAME}", b: "${env:REGION}", c: "${env:STAGE}" }',
    });
    const spec = parseSpec(text, { env });
    const { links } = spec;
    const shown = hidingValues(spec);
    expect(links['eu']?.tags['a']).toBe('x-CANARY & "Jalr"');
    expect(shown?.(`subnet ${env.NAME} of ${env.REGION}`)).toBe('subnet ${env:NAME} of eu-west-1');
    expect(JSON.parse(shown?.(JSON.stringify([env])) ?? '')).toEqual([{ ...env, NAME: '${env:NAME}' }]);
    expect(shown?.('<b>CANARY &amp; &quot;Jalr&quot;</b>')).toBe('<b>${env:NAME}</b>');
    expect(parseSpec(small(), { env }).hidden).toBeUndefined();
  });
  it.each([
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SESSION_TOKEN',
    'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
    'ALIBABA_CLOUD_SECURITY_TOKEN',
    'GITHUB_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'CI_JOB_JWT',
    'DB_PASSWORD',
    'my_api_key',
  ])('is refused for the credential %s, before its value is looked at', (name) => {
    const error = fault(small({ link: `    id: x\n    tags: { a: "\${env:${name}}" }` }), { [name]: 'hunter2hunter2' });
    expect(error).toMatchObject({ code: 'INVALID_SPEC', place: { line: 8 } });
    expect(error.message).toContain(`the environment variable ${name} is not for a spec: `);
    expect(fault(small({ link: `    id: x\n    tags: { a: "\${env:${name}}" }` })).code).toBe('INVALID_SPEC');
  });
  it.each(['LINK_ID', 'TOKEN_SERVICE_LISTENER', 'PWD', 'KEYCLOAK_ID', 'AWS_REGION', 'SECRETS_MANAGER_SUBNET'])(
    'may be %s',
    (name) => {
      const text = small({ link: `    id: x\n    tags: { a: "\${env:${name}}" }` });
      expect(parseSpec(text, { env: { [name]: 'v' } }).links['eu']?.tags).toEqual({ a: 'v' });
    },
  );
  it.each(['${file:/etc/passwd}', '${HOME}', '${env}', '${ssm:/a}'])(
    'is the only reference: %s is refused, with a hint',
    (text) => {
      const error = fault(small({ link: `    id: x\n    tags: { a: "${text}" }` }));
      expect(error).toMatchObject({ code: 'INVALID_SPEC', remedy: expect.stringContaining('${env:NAME}') });
      expect(error.message).toContain(`${text} is not a reference`);
      const escaped = parseSpec(small({ link: `    id: x\n    tags: { a: "$${text}", b: "\${request.path.id}/x" }` }));
      expect(escaped.links['eu']?.tags).toEqual({ a: text, b: '${request.path.id}/x' });
    },
  );
  it('can be escaped', () => {
    const spec = parseSpec(small({ link: '    id: x\n    tags: { a: "$${env:HOME}", b: "$${var:a:-b}" }' }));
    expect(spec.links['eu']?.tags).toEqual({ a: '${env:HOME}', b: '${var:a:-b}' });
  });
  it.each([
    ['${env:A:-x y}', 'x y', 'of a variable that is not set'],
    ['${env:EMPTY:-x}', 'x', 'of an empty one'],
    ['${env:B:-x}', 'b', 'not of one that is set'],
    ['${env:A:-}', '', 'that is empty'],
    ['${env:A:-a:-b}-${var:c:-d}', 'a:-b-d', 'with the sign itself, and of two'],
    ['${var:V}${var:V:-x}', 'vv', 'of --var'],
  ])('has a default: %s is %j (%s)', (text, value) => {
    const variables = { env: { B: 'b', EMPTY: '' }, vars: { V: 'v' } };
    expect(parseSpec(small({ link: `    id: x\n    tags: { a: "${text}" }` }), variables).links['eu']?.tags).toEqual({
      a: value,
    });
  });
  it.each([
    ['${env:DB_PASSWORD:-x}', 'INVALID_SPEC', 'DB_PASSWORD is not for a spec'],
    ['${env::-x}', 'INVALID_SPEC', 'not a valid name'],
    ['${env:A:-x', 'INVALID_SPEC', 'not a valid name'],
    ['${env:A-x}', 'INVALID_SPEC', 'not a valid name'],
    ['${var:a}', 'MISSING_VARIABLE', 'the variable a is not given'],
    ['${var:B}', 'MISSING_VARIABLE', 'the variable B is not given'],
    ['${env:V}', 'MISSING_VARIABLE', 'the environment variable V is not set'],
  ])('is refused as %s: %s, %s', (text, code, message) => {
    const spec = small({ link: `    id: x\n    tags: { a: '${text}' }` });
    expect(() => parseSpec(spec, { env: { B: 'b' }, vars: { V: 'v' } })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });
  it('tells the names of --var that it uses, and shows the name in place of a value', () => {
    const names: string[] = [];
    const text = small({ link: '    id: x\n    name: ${var:NAME}\n    tags: { a: "${var:tag:-b}", c: "$${var:no}" }' });
    const shown = hidingValues(
      parseSpec(text, { vars: { NAME: 'hunter2hunter2' }, onVar: (name) => names.push(name) }),
    );
    expect(names).toEqual(['NAME', 'tag']);
    expect(shown?.('a hunter2hunter2')).toBe('a ${var:NAME}');
  });
  it('does not read inherited members', () => {
    expect(fault(small({ link: '    id: "${env:constructor}"' })).code).toBe('MISSING_VARIABLE');
  });
});

describe('ports of an allowlist', () => {
  const allow = (list: string) => small({ link: `    subnets: [subnet-0a]\n    allowlist: [${list}]` });

  it('are single ports and ranges, merged, by canonical block', () => {
    const { links } = parseSpec(allow('10.1.0.0/16, { cidr: 10.0.0.0/16, ports: [444, "443", "8000-8100", 8101] }'));
    expect(links['eu']).toMatchObject({
      allowlist: ['10.1.0.0/16', '10.0.0.0/16'],
      allowPorts: {
        '10.0.0.0/16': [
          { fromPort: 443, toPort: 444 },
          { fromPort: 8000, toPort: 8101 },
        ],
      },
    });
  });

  it.each([
    ['{ cidr: 10.0.0.1/16, ports: [80] }', 'INVALID_PREFIX', 'links.eu.allowlist[0].cidr'],
    ['{ cidr: 10.0.0.0/16, ports: ["90-80"] }', 'INVALID_SPEC', 'links.eu.allowlist[0].ports[0]'],
    ['{ cidr: 10.0.0.0/16, ports: [] }', 'INVALID_SPEC', 'links.eu.allowlist[0].ports'],
    ['{ cidr: 10.0.0.0/16, port: 80 }', 'INVALID_SPEC', 'links.eu.allowlist[0]'],
    ['10.0.0.0/16, { cidr: 10.0.0.0/16, ports: [80] }', 'CIDR_REDUNDANT', 'links.eu.allowlist[1]'],
  ])('refuses %s with its place', (list, code, path) => {
    expect(fault(allow(list))).toMatchObject({ code, place: { path: expect.stringContaining(path) } });
  });

  it('names the forms of an entry in the remedy', () => {
    expect(fault(allow('7')).remedy).toBe('Write 10.0.0.0/16, or { cidr: 10.0.0.0/16, ports: [443] }.');
  });
});

describe('specFrom and defineSpec', () => {
  const input = defineSpec({
    version: 1,
    project: 'shop',
    links: { eu: { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-0a'], timeouts: { create: '10m' } } },
  });
  it('have the same result as the same text', () => {
    const { places: _, ...value } = specFrom(input);
    const { places: __, ...text } = parseSpec(JSON.stringify(input), { json: true });
    expect(value).toEqual(text);
  });
  it.each([
    ['version: 1\nproject: Shop.eu\n', /^Add the line `spec: shop-eu-[a-z0-9]{6}` below `project`/],
    ['{ "version": 1, "project": "Shop.eu" }', /^Add the line `"spec": "shop-eu-[a-z0-9]{6}",` below `project`/],
  ])('have the identity of their project, which a file has to name: %s', (text, remedy) => {
    expect(specFrom({ version: 1, project: '${env:P}' }, { env: { P: 'Shop.eu' } }).spec).toBe('shop-eu');
    expect(() => readSpec(text, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({
        message: 'spec: the spec has no identity',
        remedy: expect.stringMatching(remedy),
      }),
    );
  });
  it('name the path of an error', () => {
    expect(() => specFrom({ ...input, links: { eu: { provider: 'aws', subnets: [7] } } })).toThrow(
      expect.objectContaining({ code: 'INVALID_SPEC', place: { file: undefined, path: 'links.eu.subnets[0]' } }),
    );
  });
  it.each([
    ['found a function', { ...input, project: () => 'shop' }],
    ['nested over', { ...input, assume: cyclic() }],
    ['expected a number, found NaN', { ...input, version: Number('eight') }],
  ])('refuse what is no plain data: %s', (words, value) => {
    expect(() => specFrom(value)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(words),
        remedy: expect.stringMatching(/^Pass plain/),
      }),
    );
  });
});

describe('the compiler refuses unknown keys of a spec at every level', () => {
  const shop = { version: 1, project: 'shop' } as const;
  const link = { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-0a'] } as const;
  const orders = { link: 'a', gateway: { httpApi: 'a1b2c3d4e5' }, targets: {}, routes: {} };
  it('beside links, in a link, in an integration and in a target', () => {
    const wrong = [
      // @ts-expect-error linkss is not a key of a spec
      defineSpec({ ...shop, linkss: {} }),
      // @ts-expect-error a key of one cloud needs the cloud
      defineSpec({ ...shop, links: { a: { ...link, instanceCidr: '7' } } }),
      // @ts-expect-error subnetss is not a key of a link
      defineSpec({ ...shop, links: { a: { provider: 'aws', region: 'eu-west-1', subnetss: ['s'] } } }),
      // @ts-expect-error route is not a key of an integration
      defineSpec({ ...shop, links: { a: link }, integrations: { o: { ...orders, route: {} } } }),
      defineSpec(
        // @ts-expect-error ports is not a key of a target
        { ...shop, integrations: { o: { ...orders, targets: { t: { ports: 80 } } } } },
        { clouds: [aws] },
      ),
      defineSpec(
        // @ts-expect-error apiGroup is not a gateway of AWS
        { ...shop, integrations: { o: { ...orders, gateway: { apiGroup: 'a1b2c3d4e5' } } } },
        { clouds: [aws] },
      ),
      defineSpec(
        // @ts-expect-error instanceCidr is a key of links of Alibaba Cloud
        { ...shop, links: { a: { ...link, instanceCidr: '172.16.0.0/12' } } },
        { clouds: [aws, alibaba] },
      ),
      defineSpec(
        // @ts-expect-error there is no kind vpc-link-v3
        { ...shop, links: { a: { ...link, kind: 'vpc-link-v3' } } },
        { clouds: clouds([aws, alibaba]) },
      ),
    ];
    // The parser refuses what the compiler refuses.
    for (const input of wrong)
      expect(() => input.toSpec(CLOUDS)).toThrow(expect.objectContaining({ code: 'INVALID_SPEC' }));
  });
});

/** The lists in a type that a program could not give as `readonly`. */
type Lists<T> = T extends readonly (infer Each)[]
  ? (T extends unknown[] ? T : never) | Lists<Each>
  : Lists<T extends object ? T[keyof T] : never>;

it('the compiler takes each list of a spec as readonly', () => {
  const set = [aws, alibaba] as const;
  expectTypeOf<Lists<Parameters<typeof defineSpec<typeof set, 'a', 'b'>>[0]>>().toBeNever();
});

function cyclic(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}
