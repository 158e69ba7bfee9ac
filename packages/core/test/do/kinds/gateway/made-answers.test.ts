import { madeAnswer } from '../../../../src/do/kinds/cloud/gateway-kinds.js';
import { CLOUDS } from '../../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { CallerAnswer } from '../../../../src/do/kinds/gateway/gateway-rules.js';
import type { GatewayKind } from '../../../../src/do/model/gateway-kind.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const answer = (status: number, body: string, headers = {}): CallerAnswer => ({ status, body, headers });

describe('an answer that the backend did not make', () => {
  it.each<[GatewayKind, CallerAnswer, string, string]>([
    ['http-api', answer(404, '{"message":"Not Found"}', JSON_TYPE), 'failed', 'route'],
    ['http-api', answer(503, '{"message":"Service Unavailable"}'), 'failed', 'backend'],
    ['http-api', answer(503, '', { 'content-length': '33' }), 'failed', 'backend'],
    ['http-api', answer(500, '{"message":"Internal Server Error"}', JSON_TYPE), 'failed', 'backend'],
    ['http-api', answer(401, '{"message":"Unauthorized"}', JSON_TYPE), 'refused', 'caller'],
    ['http-api', answer(429, '{"message":"Too Many Requests"}', JSON_TYPE), 'refused', 'caller'],
    ['rest-api', answer(403, '', { 'x-amzn-errortype': 'MissingAuthenticationTokenException' }), 'failed', 'route'],
    ['rest-api', answer(403, '', { 'x-amzn-errortype': 'ForbiddenException' }), 'refused', 'caller'],
    ['rest-api', answer(429, '', { 'x-amzn-errortype': 'LimitExceededException' }), 'refused', 'caller'],
    ['rest-api', answer(504, '', { 'x-amzn-errortype': 'InternalServerErrorException' }), 'failed', 'backend'],
    ['rest-api', answer(500, '', { 'x-amzn-errortype': 'InternalServerErrorException:http' }), 'failed', 'backend'],
    ['api-group', answer(504, '', { 'x-ca-error-code': 'D504CO' }), 'failed', 'backend'],
    ['api-group', answer(410, '', { 'x-ca-error-code': 'I410GG' }), 'failed', 'route'],
    ['api-group', answer(404, '', { 'x-ca-error-code': 'I404NF' }), 'failed', 'route'],
    ['api-group', answer(403, '', { 'x-ca-error-code': 'A403JT' }), 'refused', 'caller'],
    ['api-group', answer(429, '', { 'x-ca-error-code': 'T429ID' }), 'refused', 'caller'],
    ['api-group', answer(500, '', { 'x-ca-error-code': 'X500ER' }), 'failed', 'backend'],
    ['http-api', answer(503, '<html>', { server: 'awselb/2.0' }), 'failed', 'backend'],
    ['rest-api', answer(502, '<html>', { 'x-amzn-remapped-server': 'awselb/2.0' }), 'failed', 'backend'],
  ])('%s %o is %s, because of the %s', (kind, given, verdict, fault) => {
    expect(madeAnswer(CLOUDS, kind, given)).toMatchObject({ verdict, fault, because: expect.stringMatching(/^the /) });
  });

  it('of a guarded REST method that is not signed is a refusal', () => {
    const given = answer(403, '', { 'x-amzn-errortype': 'MissingAuthenticationTokenException' });
    expect(madeAnswer(CLOUDS, 'rest-api', given, { guarded: true })).toMatchObject({ verdict: 'refused' });
  });

  it('repeats no header that is not a code', () => {
    expect(madeAnswer(CLOUDS, 'api-group', answer(403, '', { 'x-ca-error-code': 'Bearer x' }))?.because).not.toContain(
      'Bearer',
    );
  });

  it.each<[GatewayKind, CallerAnswer, string]>([
    ['http-api', answer(404, '{"message":"Not Found"}', { 'x-powered-by': 'Express' }), 'a header shows the backend'],
    ['http-api', answer(404, '{"error":"no order 7"}', JSON_TYPE), 'another body'],
    ['http-api', answer(503, 'Service Unavailable', {}), 'another body'],
    ['http-api', answer(404, '', { 'content-length': '7' }), 'another length'],
    ['http-api', answer(200, '{"message":"Not Found"}', {}), 'another status'],
    ['rest-api', answer(500, '{"message": "Internal server error"}', {}), 'no type of an error'],
    ['api-group', answer(404, '', { 'x-ca-request-id': '1' }), 'no code of an error'],
    ['api-group', answer(503, '', { 'x-ca-error-code': '' }), 'an empty code'],
    ['http-api', answer(404, '', { server: 'awselb/2.0' }), 'a fixed response of the load balancer'],
    ['http-api', answer(503, '', { server: 'nginx' }), 'a server of the backend'],
  ])('%s %o is the backend’s: %s', (kind, given) => {
    expect(madeAnswer(CLOUDS, kind, given)).toBeUndefined();
  });
});
