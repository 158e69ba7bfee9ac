import { DAY_MS } from '@postern/core/internal/cloud';
import { blocked, changed, exact, unknown } from '../rule.js';
import { aboutDomain, domainRule, stagesOf } from './domain-rule.js';

/** The certificate of each domain, or what it means that it has none. */
export const certificate = domainRule({
  id: 'domain/certificate',
  classic: 'a custom domain with a certificate of Certificate Management Service; an uploaded certificate',
  apig: 'a domain HTTPS with `certIdentifier`; an uploaded one is uploaded there first',
  codes: {
    CERTIFICATE_KEPT: exact(
      '{domain} uses the certificate {certificate} of Certificate Management Service on both sides[; it expires in {days} days].',
      { target: 'domain {domain}, HTTPS, certificate {id}' },
    ),
    CERTIFICATE_UPLOADED: changed(
      'The certificate {certificate} of {domain} was uploaded to the classic service. APIG refers to Certificate Management Service only.',
      {
        target: 'domain {domain}, HTTPS',
        who: 'platform',
        remedy: 'Upload the certificate with its key there, and name it when the plan is made.',
      },
    ),
    CERTIFICATE_ORIGIN: unknown(
      'Whether the certificate {certificate} of {domain} is in Certificate Management Service is not known.',
      {
        target: 'domain {domain}, HTTPS',
        who: 'platform',
        remedy: 'Look it up there, and name it when the plan is made.',
      },
    ),
    CERTIFICATE_EXPIRED: blocked('The certificate {certificate} of {domain} expired at {until}.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Renew it in Certificate Management Service. A waiver leaves the domain out.',
    }),
    CERTIFICATE_MISSING: blocked('{domain} has no certificate, and stage {stages} has APIs that take HTTPS only.', {
      affects: ['callers'],
      who: 'platform',
      remedy: 'Add a certificate for the domain to Certificate Management Service. A waiver leaves the domain out.',
    }),
    HTTP_ONLY: exact('{domain} has no certificate, and serves HTTP on both sides.', {
      target: 'domain {domain}, HTTP',
    }),
  },
  find: (one, say, view) => {
    const about = aboutDomain(one, 'certificate');
    const { certificate: has, name: domain } = one;
    if (has === undefined) {
      const stages = stagesOf(view, one).filter((stage) =>
        (view.stages.get(stage) ?? []).some(
          ({ deployment }) => !deployment.protocols.includes('HTTP') && deployment.protocols.length > 0,
        ),
      );
      return stages.length === 0
        ? say.HTTP_ONLY(aboutDomain(one), { domain })
        : say.CERTIFICATE_MISSING(about, { domain, stages });
    }

    const { id, name: certificate, validUntil: until } = has;
    if (until !== undefined && Date.parse(until) <= view.now)
      return say.CERTIFICATE_EXPIRED(about, { certificate, domain, until });
    if (has.from === 'managed')
      return say.CERTIFICATE_KEPT(about, { domain, certificate, id, days: daysLeft(until, view.now) });

    return has.from === 'uploaded'
      ? say.CERTIFICATE_UPLOADED(about, { certificate, domain })
      : say.CERTIFICATE_ORIGIN(about, { certificate, domain });
  },
});

/** Full days until a certificate expires, in its last month. */
function daysLeft(until: string | undefined, now: number): number | undefined {
  if (until === undefined) return undefined;

  const days = Math.floor((Date.parse(until) - now) / DAY_MS);
  return days <= 30 ? days : undefined;
}
