import { describe } from 'vitest';
import { domainCertificate } from '../../../../../src/check/checks/gateway/domains/domain-certificate.js';
import { CERTIFICATE } from '../../aws-region.js';
import { checkTable } from '../../run-check.js';
import { alibabaWorld, awsWorld } from '../../world.js';

describe('gateway/domain-certificate', () => {
  const certificate = (members: object) => () =>
    awsWorld(({ the }) => void Object.assign(the('certificates', CERTIFICATE), members));
  const domain = (members: object) => () =>
    awsWorld(({ the }) => void Object.assign(the('customDomains', 'orders.internal'), members));
  checkTable(domainCertificate, [
    { why: 'covers the name', world: () => awsWorld(), verdict: 'pass' },
    { why: 'a wildcard covers it', world: certificate({ names: ['*.internal'] }), verdict: 'pass' },
    {
      why: 'of another name',
      world: certificate({ names: ['stock.internal'] }),
      verdict: 'fail',
      severity: 'error',
      subject: 'domain orders.internal',
      says: ['stock.internal only'],
      evidence: [CERTIFICATE],
      remedy: ['covers its name'],
    },
    {
      why: 'expired',
      world: certificate({ notAfter: '2026-05-01T00:00:00.000Z', valid: false }),
      verdict: 'fail',
      severity: 'error',
      says: ['expired on 2026-05-01'],
    },
    {
      why: 'revoked',
      world: certificate({ valid: false, nativeState: 'REVOKED' }),
      verdict: 'fail',
      severity: 'error',
      says: ['REVOKED'],
    },
    {
      why: 'expires soon',
      world: certificate({ notAfter: '2026-06-11T00:00:00.000Z' }),
      verdict: 'fail',
      severity: 'warning',
      says: ['in 10 days'],
    },
    {
      why: 'nothing of its validity was read',
      world: certificate({ valid: undefined, notAfter: undefined }),
      verdict: 'unknown',
    },
    {
      why: 'deleted',
      world: domain({ certificateIds: ['arn:aws:acm:eu-west-1:111122223333:certificate/gone'] }),
      verdict: 'fail',
      severity: 'error',
      says: ['does not exist'],
    },
    {
      why: 'that of an edge-optimized domain is in us-east-1',
      world: domain({ certificateIds: ['arn:aws:acm:us-east-1:111122223333:certificate/edge'], endpoint: 'edge' }),
      verdict: 'unknown',
      remedy: ['us-east-1'],
    },
    {
      why: 'certificates could not be read',
      world: () => awsWorld(({ withhold }) => withhold('certificates', 'acm:ListCertificates')),
      verdict: 'unknown',
      evidence: ['acm:ListCertificates'],
    },
    {
      why: 'domains could not be read',
      world: () => awsWorld(({ withhold }) => withhold('customDomains', 'apigateway:GET')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
    {
      why: 'the end that a group shows, in the past',
      world: () =>
        alibabaWorld(({ the }) => void (the('customDomains', 'orders.example.com').certificateEnd = '2026-05-01')),
      verdict: 'fail',
      severity: 'error',
      remedy: ['Renew'],
    },
    { why: 'the end that a group shows', world: () => alibabaWorld(), verdict: 'pass' },
  ]);
});
