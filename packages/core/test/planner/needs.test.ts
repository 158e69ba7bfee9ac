import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { CLOUDS } from '../clouds.js';
import { advise, type Needs } from '../../src/internal/planner.js';
import { exampleNeedsYaml, needsJsonSchema, parseNeeds, parseNeedsOrSpec } from '../../src/internal/spec.js';

const clouds = CLOUDS;

const NEEDS: Needs = {
  provider: 'aws',
  region: 'us-east-1',
  services: [{ name: 'orders', requestsPerSecond: 50, payloadKb: 8, features: ['usage-plans'] }],
  accounts: ['111122223333'],
};

const HEAD = 'provider: aws\nregion: eu-west-1\n';

describe('parseNeeds', () => {
  it('reads the example, in YAML and in JSON', () => {
    expect(parseNeeds(exampleNeedsYaml(NEEDS), { clouds })).toEqual(NEEDS);
    expect(parseNeeds(JSON.stringify(NEEDS), { clouds, json: true })).toEqual(NEEDS);
  });

  it.each([
    [
      'an unknown feature',
      'services: [{ name: a, features: [streeming] }]',
      'INVALID_NEEDS',
      'Did you mean streaming?',
    ],
    ['a feature like no other', 'services: [{ name: a, features: [x] }]', 'INVALID_NEEDS', 'Write one of authorizers,'],
    ['an unknown key', 'servces: [{ name: a }]', 'INVALID_NEEDS', 'Did you mean services?'],
    ['an unknown protocol', 'services: [{ name: a, protocol: htps }]', 'INVALID_NEEDS', 'Did you mean https?'],
    ['a negative number', 'services: [{ name: a, requestsPerSecond: -1 }]', 'INVALID_NEEDS', 'at least 0'],
    ['an absurd number', 'services: [{ name: a, requestsPerSecond: 99999999 }]', 'INVALID_NEEDS', 'at most 10000000'],
    ['a part of an API', 'gateways: 1.5\nservices: [{ name: a }]', 'INVALID_NEEDS', 'a whole number'],
    ['no API', 'gateways: 0\nservices: [{ name: a }]', 'INVALID_NEEDS', 'at least 1'],
    ['no service', 'services: []', 'INVALID_NEEDS', 'at least 1 item'],
    ['a name twice', 'services: [{ name: a }, { name: A }]', 'INVALID_NEEDS', 'a name of its own'],
    ['a name with markup', "services: [{ name: '<b>' }]", 'INVALID_NEEDS', 'ASCII letters'],
    [
      'two protocols',
      'services: [{ name: a, protocol: https, features: [websocket] }]',
      'CONTRADICTING_NEEDS',
      'Remove one of the two.',
    ],
    [
      'a cache of messages',
      'services: [{ name: a, protocol: websocket, features: [caching] }]',
      'CONTRADICTING_NEEDS',
      'Remove caching.',
    ],
    [
      'one API of two kinds',
      'gateways: 1\nservices: [{ name: a }, { name: b, protocol: websocket }]',
      'CONTRADICTING_NEEDS',
      'Allow two APIs',
    ],
    [
      'an account that is not declared',
      "accounts: ['111122223333']\nservices: [{ name: a, account: '444455556666' }]",
      'CONTRADICTING_NEEDS',
      'Add it to `accounts`',
    ],
  ])('refuses %s', (_, text, code, remedy) => {
    expect(() => parseNeeds(HEAD + text, { clouds })).toThrow(
      expect.objectContaining({ code, remedy: expect.stringContaining(remedy) as string }),
    );
  });

  it('names the line of a fault, and a region that no cloud writes so', () => {
    const text = 'provider: aws\nregion: cn-hangzhou\nservices: [{ name: a }]';
    expect(() => parseNeeds(text, { clouds, file: 'needs.yaml' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_NEEDS',
        place: expect.objectContaining({ line: 2, file: 'needs.yaml' }),
      }),
    );
  });

  it('tells a spec from needs', () => {
    expect(parseNeedsOrSpec('version: 1\nproject: shop\nlinks: {}', { clouds })).toEqual({ isSpec: true });
    expect(() => parseNeedsOrSpec('', { clouds })).toThrow(expect.objectContaining({ code: 'INVALID_NEEDS' }));
  });
});

describe('advise', () => {
  it.each([
    [{ budgetUsd: -1 }, 'INVALID_NEEDS'],
    [{ latencyMs: Number.NaN }, 'INVALID_NEEDS'],
    [{ gateways: Number.POSITIVE_INFINITY }, 'INVALID_NEEDS'],
    [{ region: 'Eu West' }, 'INVALID_INPUT'],
    [{ services: [] }, 'INVALID_NEEDS'],
  ])('refuses %j, as a program may write it', (change, code) => {
    expect(() => advise({ ...NEEDS, ...change } as Needs, { clouds, planners: [] })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('refuses a cloud of which no planner was given', () => {
    expect(() => advise(NEEDS, { clouds, planners: [{ cloud: 'tunnel', options: [] }] })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED', message: 'this program has no options for the cloud aws' }),
    );
  });
});

describe('needsJsonSchema', () => {
  const schema = needsJsonSchema({ clouds });
  it('is what is published as schema/needs.json', () => {
    const file = new URL('../../schema/needs.json', import.meta.url);
    const stale = 'Run: npm run build && node packages/core/scripts/write-schema.mjs';
    expect(JSON.parse(readFileSync(file, 'utf8')), stale).toEqual(schema);
  });
  it('accepts the example, and refuses an unknown feature', () => {
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate(NEEDS)).toBe(true);
    expect(validate({ ...NEEDS, features: ['waff'] })).toBe(false);
  });
});
