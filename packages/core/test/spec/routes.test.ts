import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import type { PosternError } from '../../src/ground/errors.js';
import type { PlacedProblem } from '../../src/internal/spec.js';

/** The error of a route of an HTTP API; undefined where it is valid. */
function refusal(key: string, more = ''): string | undefined {
  try {
    parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, subnets: [subnet-0123456789abcdef0] }
integrations:
  orders:
    link: eu${more}
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { a: { listener: { loadBalancer: alb, port: 80 } } }
    routes: { '${key}': a }
`);
    return undefined;
  } catch (error) {
    const { problems } = (error as PosternError).details as { problems: PlacedProblem[] };
    return problems.map(({ code, place, message }) => `${code} ${place.path}: ${message}`).join('; ');
  }
}

describe('a route of an HTTP API', () => {
  it.each(['$default', 'GET /', 'ANY /{proxy+}', 'GET /a/{id}/b/{other}', 'ANY /a/{rest.of-it+}', 'GET /a/'])(
    '%s is valid',
    (key) => expect(refusal(key)).toBeUndefined(),
  );

  it.each([
    [
      'ANY /a/{proxy+}/x',
      '{proxy+} is not allowed before the end of a path',
      'CreateRoute refuses it, after the link was created',
    ],
    ['GET /{id}/b/{id}', '{id} is in the path twice', 'the reference is ambiguous'],
    ['GET /a{id}', 'a{id} is not allowed in a path', 'a variable is a whole part'],
    ['GET /{}', '{} is not allowed in a path', 'a variable has a name'],
    ['GET /a~b', 'a~b is not allowed in a path', 'letters, digits and ._:- alone'],
  ])('%s is not valid: %s (%s)', (key, words) => {
    expect(refusal(key)).toBe(`INVALID_SPEC integrations.orders.routes["${key}"]: ${words}`);
  });

  it('of an external integration is not checked', () => {
    expect(refusal('ANY /a/{proxy+}/x', '\n    owner: external')).toBeUndefined();
  });
});

describe('a route of a REST API', () => {
  const rest = (key: string): string | undefined => {
    try {
      parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, loadBalancer: nlb }
integrations:
  orders:
    link: eu
    gateway: { restApi: a1b2c3d4e5, stage: prod }
    targets: { a: { listener: { loadBalancer: nlb, port: 80 } } }
    routes: { '${key}': a }
`);
      return undefined;
    } catch (error) {
      return (error as PosternError).message;
    }
  };

  it.each(['GET /', 'ANY /{proxy+}', 'GET /v1.0/a-b_c:d/{id}'])('%s is valid', (key) => {
    expect(rest(key)).toBeUndefined();
  });

  it.each([
    ['GET /a/', 'a part of the path is empty', 'CreateResource refuses it, after the link was created'],
    ['GET /a//b', 'a part of the path is empty', 'the same'],
    ['GET /a+b', 'a+b is not allowed in a path', 'the same'],
  ])('%s is not valid: %s (%s)', (key, words) => {
    expect(rest(key)).toBe(`integrations.orders.routes["${key}"]: ${words}`);
  });
});
