import { parseSpec } from '../clouds.js';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../src/ground/error-codes.js';
import { CloudError, PosternError, WaitError } from '../../src/ground/errors.js';
import { REMEDIES } from '../../src/ground/remedies.js';

const SPEC = (part: string): string => `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, ${part} }
`;

describe('every error has a remedy', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s: one sentence', (code) => {
    expect(REMEDIES[code]).toMatch(/^[A-Z].*\.$/);
    expect(new PosternError(code, 'x').remedy).toBe(REMEDIES[code]);
    expect(new PosternError(code, 'x', { remedy: 'Do this.' }).remedy).toBe('Do this.');
  });

  it.each([
    ['subnets: []', 'the list has too few items', 'Write at least 1 item.'],
    ['subnets: [subnet-1a], allowlist: [300.0.0.0/16]', 'block "300.0.0.0/16"', 'Write a block such as'],
    ["account: '12', subnets: [subnet-1a]", 'twelve digits', 'Write all twelve digits'],
    ['subnets: [subnet-1a] subnets', 'Unexpected', 'Correct the text at that place'],
    ['subnets: [*nothing]', '', 'Write the anchor at an earlier value'],
  ])('%s', (part, message, remedy) => {
    expect(() => parseSpec(SPEC(part))).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(message),
        remedy: expect.stringContaining(remedy),
        place: expect.objectContaining({ line: 4 }),
      }),
    );
  });

  it('a port out of range has a plain message', () => {
    for (const port of ['99999', '0', '1.5', "'x'", 'true', '[]']) {
      const spec = `version: 1\nproject: shop\nlinks:\n  eu: { provider: aws, region: eu-west-1, subnets: [subnet-1a] }
integrations:
  one: { link: eu, gateway: { httpApi: a1 }, targets: { t: { listener: { loadBalancer: x, port: ${port} } } }, routes: { 'GET /': t } }\n`;
      expect(() => parseSpec(spec), port).toThrow(
        expect.objectContaining({
          code: 'INVALID_SPEC',
          message: expect.stringMatching(/port: not a valid port$/),
          remedy: 'Write a port from 1 to 65535.',
        }),
      );
    }
  });
});

describe('an error that Node prints', () => {
  it.each([
    new PosternError('NOT_FOUND', 'x'),
    new CloudError('NOT_FOUND', 'x', { operation: 'GetVpcLink' }),
    new WaitError('WAIT_TIMEOUT', 'x', { elapsedMs: 1 }),
  ])('has no member without a value: $name', (error) => {
    expect(inspect(error)).not.toContain('undefined');
    expect(inspect(error)).toContain('remedy:');
  });

  it('has each member that has a value', () => {
    const place = { file: 'postern.yaml', line: 7 };
    const error = new CloudError('THROTTLED', 'x', { operation: 'A', status: 429, place, retryAfterMs: 0, cause: 'y' });
    expect(error).toMatchObject({ status: 429, place, retryAfterMs: 0, cause: 'y' });
  });
});
