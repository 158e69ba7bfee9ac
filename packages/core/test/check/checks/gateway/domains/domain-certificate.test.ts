import { domainCertificate } from '../../../../../src/check/checks/gateway/domains/domain-certificate.js';
import { CERTIFICATE } from '../../aws-region.js';
import { checkTable } from '../../run-check.js';
import { awsWorld, aws, alibaba, withhold } from '../../world.js';
import { edit } from '../../edits.js';

const certificate = (members: object) => () => awsWorld(edit({ 'certificates.orders': members }));
const domain = (members: object) => () => awsWorld(edit({ 'customDomains.0': members }));
checkTable(domainCertificate, {
  'covers the name': [aws(), 'pass VALID'],
  'a wildcard covers it': [certificate({ names: ['*.internal'] }), 'pass VALID'],
  'of another name': [
    certificate({ names: ['stock.internal'] }),
    'error OTHER_NAMES',
    {
      subject: 'domain orders.internal',
      says: 'stock.internal only',
      evidence: CERTIFICATE,
      remedy: 'covers its name',
    },
  ],
  expired: [
    certificate({ notAfter: '2026-05-01T00:00:00.000Z', valid: false }),
    'error NOT_VALID',
    'expired on 2026-05-01',
  ],
  revoked: [certificate({ valid: false, nativeState: 'REVOKED' }), 'error NOT_VALID', 'REVOKED'],
  'expires soon': [certificate({ notAfter: '2026-06-11T00:00:00.000Z' }), 'warning EXPIRES', 'in 10 days'],
  'nothing of its validity was read': [
    certificate({ valid: undefined, notAfter: undefined }),
    'unknown CERTIFICATE_NOT_READ',
  ],
  deleted: [
    domain({ certificateIds: ['arn:aws:acm:eu-west-1:111122223333:certificate/gone'] }),
    'error CERTIFICATE_ABSENT',
    'does not exist',
  ],
  'that of an edge-optimized domain is in us-east-1': [
    domain({ certificateIds: ['arn:aws:acm:us-east-1:111122223333:certificate/edge'], endpoint: 'edge' }),
    'unknown CERTIFICATE_NOT_READ',
    { remedy: 'us-east-1' },
  ],
  'certificates could not be read': [
    aws(withhold('certificates', 'acm:ListCertificates')),
    'unknown CERTIFICATE_NOT_READ',
    { evidence: 'acm:ListCertificates' },
  ],
  'domains could not be read': [
    aws(withhold('customDomains', 'apigateway:GET')),
    'unknown DOMAINS_NOT_READ',
    { evidence: 'apigateway:GET' },
  ],
  'the end that a group shows, in the past': [
    alibaba(({ the }) => void (the('customDomains', 'orders.example.com').certificateEnd = '2026-05-01')),
    'error NOT_VALID',
    { remedy: 'Renew' },
  ],
  'the end that a group shows': [alibaba(), 'pass VALID'],
});
