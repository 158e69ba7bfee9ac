import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { cloud as awsCloud } from '@postern/aws/cloud';
import { cloud as alibabaCloud } from '@postern/alibaba/cloud';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, type RegionSnapshot } from '@postern/core/internal/library';
import { aws } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { askForParts } from '../../src/init/ask-for-parts.js';
import { partsOf } from '../../src/init/parts.js';
import { starterSpec } from '../../src/spec/starter.js';
import { cloud, folder, network, run } from '../run-command.js';

const FROM = { project: 'shop', spec: 'shop-1', schema: 's.json' };

describe('init by options', () => {
  it('writes a spec that apply carries out', async () => {
    const server = await cloud();
    const { subnets, api } = await network(server);
    const cwd = folder();
    const env = { POSTERN_SIMULATOR: server.url, AWS_REGION: 'eu-west-1' };
    const named = ['--subnets', subnets.join(','), '--gateway', api, '--target', 'orders:80'];
    expect((await run(['init', ...named], { cwd, env })).out).toBe('Wrote postern.yaml. Check it: postern check\n');
    expect((await run(['validate'], { cwd, env })).status).toBe(0);
    expect((await run(['apply', '--yes'], { cwd, env })).status).toBe(0);
    expect((await run(['fmt', '--check'], { cwd })).status).toBe(0);
  });

  it.each([
    ['aws', { link: 'a1b2c3', gateway: 'restApi:x1:prod' }, { id: 'a1b2c3' }, { restApi: 'x1', stage: 'prod' }],
    ['aws', { subnets: 'subnet-1a2b3c4d' }, { subnets: ['subnet-1a2b3c4d'] }, { httpApi: 'replaceme' }],
    [
      'alibaba',
      { link: 'apigateway-hz-1', gateway: 'g1', target: 'lb-1:80' },
      { id: 'apigateway-hz-1' },
      { apiGroup: 'g1', stages: ['RELEASE'] },
    ],
  ] as const)('writes for %s of %j', (provider, options, link, gateway) => {
    const given = provider === 'aws' ? awsCloud : alibabaCloud;
    const region = given.regions.example;
    const spec = parseSpec(starterSpec({ ...FROM, cloud: given, region, parts: partsOf(CLOUDS, given, options) }));
    expect(spec.links['main']).toMatchObject(link);
    expect(spec.integrations['orders']?.gateway).toEqual(gateway);
  });

  it.each([
    [['--subnets', 'subnet-1, }'], /^error INVALID_INPUT: --subnets: "}" is not an ID\n/],
    [['--subnets', 'vpc-1a2b3c4d'], /^error WRONG_KIND: .*subnet.*VPC/],
    [['--subnets', 'subnet-1', '--link', 'a1'], /--subnets: a link that exists has its own\n/],
    [['--gateway', 'apiGroup:a1'], /--gateway: "apiGroup:a1" names no gateway\n {2}Write an ID, or httpApi:ID/],
    [['--target', 'orders'], /--target: "orders" names no target\n {2}Write LOAD-BALANCER:PORT/],
    [['--target', 'a: b:1'], /--target: /],
  ])('refuses %j, and writes nothing', async (argv, message) => {
    const cwd = folder();
    expect(await run(['init', ...argv], { cwd })).toMatchObject({ status: 64, err: expect.stringMatching(message) });
    expect(() => readFileSync(path.join(cwd, 'postern.yaml'))).toThrow('ENOENT');
  });
});

describe('init on a terminal', () => {
  async function observed(): Promise<RegionSnapshot> {
    const server = await cloud();
    await network(server);
    const simulator = { url: server.url, clock: server.clock };
    return aws({ region: 'eu-west-1', simulator }).observe({ all: true, checks: true }, createContext(simulator));
  }

  it('asks for what exists and is not given, and leaves the rest', async () => {
    const region = await observed();
    const asked: string[] = [];
    const pick = (question: string, choices: readonly { readonly value: string; readonly label: string }[]) => {
      asked.push(`${question} ${choices.length}`);
      return Promise.resolve(choices.find(({ value }) => value !== '')?.value ?? '');
    };
    const several: Parameters<typeof askForParts>[4]['several'] = (question, choices) => {
      asked.push(`${question} ${choices.length}`);
      return Promise.resolve(choices.map(({ value }) => value));
    };
    const parts = await askForParts(CLOUDS, awsCloud, region, {}, { one: pick, several });
    const vpc = region.loadBalancers?.[0]?.networkId;
    expect(asked).toEqual([
      'In which VPC? 3',
      'In which subnets? Choose two zones or more 2',
      'Which gateway gets the routes? 2',
      'Which listener receives the calls? 2',
    ]);
    const [api] = region.gateways;
    expect(parts).toEqual({
      subnets: region.subnets.flatMap(({ id, networkId }) => (networkId === vpc ? [id] : [])),
      allowlist: ['10.0.1.0/24', '10.0.2.0/24'],
      gateway: `{ httpApi: ${api?.id} }`,
      target: '{ listener: { loadBalancer: orders, port: 80 } }',
    });
    const text = starterSpec({ ...FROM, cloud: awsCloud, region: 'eu-west-1', parts });
    expect(text).toContain('    allowlist: [10.0.1.0/24, 10.0.2.0/24]   # the subnets of the load balancer\n');
    expect(parseSpec(text).links['main']).toMatchObject({ subnets: parts.subnets });
    // Blocks that are not known are not written, and a link that exists keeps its own.
    const unread = { ...region, subnets: region.subnets.slice(0, 1) };
    const target = parts.target ?? '';
    const enterAll = { one: () => Promise.resolve(''), several: () => Promise.resolve([]) };
    expect((await askForParts(CLOUDS, awsCloud, unread, { subnets: ['subnet-1'], target }, enterAll)).allowlist).toBe(
      undefined,
    );
    expect((await askForParts(CLOUDS, awsCloud, region, { link: 'a1b2c3', target }, enterAll)).allowlist).toBe(
      undefined,
    );
    asked.length = 0;
    // Enter at each question: what exists stands first, and two subnets in two zones are chosen already.
    const enter = await askForParts(
      CLOUDS,
      awsCloud,
      region,
      {},
      {
        one: (_, [first]) => Promise.resolve(first?.value ?? ''),
        several: (_, __, chosen) => Promise.resolve(chosen),
      },
    );
    expect(enter).toEqual(parts);
    const none = { one: () => Promise.resolve(''), several: () => Promise.resolve([]) };
    expect(await askForParts(CLOUDS, awsCloud, region, { gateway: '{ httpApi: x }' }, none)).toEqual({
      gateway: '{ httpApi: x }',
    });
  });
});
