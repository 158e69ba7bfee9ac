import { aboutThings, thing, type About } from '../../../../do/findings/subject.js';
import type { Outcome } from '../../../../do/findings/check.js';
import type { Say } from '../../../../do/findings/say-text.js';
import type { CustomDomain } from '../../../../do/model/custom-domain.js';
import { leadsTo } from '../../../../do/world/routes/custom-domains.js';
import type { RegionIndex } from '../../../../do/world/views.js';
import { DAY_MS } from '../../../../ground/text/day.js';
import { counted } from '../../../../ground/text/counted.js';
import { resourceOf } from '../../../../ground/text/resource.js';
import { defineCheck } from '../../define-check.js';
import { certificateEvidence, covers, endOf, SOON_DAYS } from '../../certificates.js';
import { unreadDomains } from './unread-domains.js';

/** `gateway/domain-certificate`. */
export const domainCertificate = defineCheck({
  id: 'gateway/domain-certificate',
  severity: 'error',
  title: 'The certificate of a custom domain covers its name and is valid',
  about:
    'Callers of a custom domain verify its certificate: it must cover the name of the domain, and must not ' +
    'have expired. One that ends within thirty days is a warning.',
  codes: [
    'DOMAINS_NOT_READ',
    'CERTIFICATE_NOT_READ',
    'CERTIFICATE_ABSENT',
    'OTHER_NAMES',
    'NOT_VALID',
    'EXPIRES',
    'VALID',
  ],
  *run({ integrations, now }, say) {
    for (const { name, gateway, link } of integrations) {
      if (gateway === undefined) continue;
      const unread = unreadDomains(link.region, gateway);
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gateway.id));
        const params = { gateway: gateway.name || gateway.id };
        yield say.unknown(
          about,
          'DOMAINS_NOT_READ',
          params,
          unread,
          (p) => `the certificates of the custom domains of ${p.gateway} are valid`,
        );
      }
      const leads = leadsTo(link.region.region.customDomains ?? [], gateway.id);
      for (const domain of new Set(leads.map((lead) => lead.domain))) {
        const about = aboutThings(name, thing('domain', domain.id));
        if (domain.certificateEnd !== undefined) yield untilItsEnd(say, about, domain, now);
        else
          for (const id of domain.certificateIds ?? []) yield ofCertificate(say, about, domain, id, link.region, now);
      }
    }
  },
});

/** Where the domain shows only when its certificate ends. */
function untilItsEnd(say: Say, about: About, { id: domain, certificateEnd = '' }: CustomDomain, now: number): Outcome {
  const evidence = [{ kind: 'domain', id: domain, text: `certificate until ${certificateEnd.slice(0, 10)}` }];
  const days = Math.floor((Date.parse(certificateEnd) - now) / DAY_MS);
  return byDays(say, about, { domain, what: 'the certificate', days, end: certificateEnd, evidence });
}

function ofCertificate(
  say: Say,
  about: About,
  { id: domain }: CustomDomain,
  id: string,
  region: RegionIndex,
  now: number,
): Outcome {
  const what = resourceOf(id);
  const [, , , home = ''] = id.split(':');
  const found = region.find('certificates', id);
  if (found.is !== 'found') {
    const far = { what: `${what} of ${home}`, remedy: `Check ${what} in ${home}.` };
    const missing = home !== region.region.region ? far : found.is === 'unknown' ? found.missing : undefined;
    if (missing !== undefined)
      return say.unknown(
        about,
        'CERTIFICATE_NOT_READ',
        { domain },
        missing,
        (p) => `the certificate of ${p.domain} is valid`,
      );
    return say.fail(about, 'CERTIFICATE_ABSENT', { domain, what }, (p) => ({
      message: `${p.what}, which ${p.domain} has, does not exist`,
      remedy: `Give ${p.domain} a certificate that exists.`,
      evidence: [{ kind: 'certificate', id, text: 'does not exist' }],
    }));
  }
  const certificate = found.value;
  const evidence = [certificateEvidence(certificate)];
  const { names, valid, nativeState } = certificate;
  if (!names.some((one) => one.toLowerCase() === domain.toLowerCase() || covers(one, domain))) {
    const missing = region.missing('certificates', id);
    if (missing !== undefined)
      return say.unknown(about, 'CERTIFICATE_NOT_READ', { domain }, missing, (p) => ({
        whether: `the certificate of ${p.domain} covers its name`,
        evidence,
      }));
    return say.fail(about, 'OTHER_NAMES', { domain, what, names }, (p) => ({
      message: `${p.what}, which ${p.domain} has, covers ${p.names.join(', ') || 'no name'} only`,
      remedy: `Give ${p.domain} a certificate that covers its name.`,
      evidence,
    }));
  }
  const end = endOf(certificate);
  const days = Math.floor((end - now) / DAY_MS);
  if (valid === false && days >= 0)
    return say.fail(about, 'NOT_VALID', { domain, what, nativeState }, (p) => ({
      message: `${p.what}, which ${p.domain} has, is ${p.nativeState ?? 'not valid'}`,
      remedy: `Give ${p.domain} a valid certificate.`,
      evidence,
    }));
  if (valid === undefined && end === Number.POSITIVE_INFINITY) {
    const missing = { what: `the validity of ${what}`, remedy: `Check whether ${what} is valid.` };
    return say.unknown(about, 'CERTIFICATE_NOT_READ', { domain }, missing, (p) => ({
      whether: `the certificate of ${p.domain} is valid`,
      evidence,
    }));
  }
  return byDays(say, about, { domain, what, days, end: certificate.notAfter ?? '', evidence });
}

interface Until {
  readonly domain: string;
  readonly what: string;
  readonly days: number;
  readonly end: string;
  readonly evidence: readonly ReturnType<typeof certificateEvidence>[];
}

function byDays(say: Say, about: About, { evidence, end, ...facts }: Until): Outcome {
  const params = { ...facts, notAfter: end.slice(0, 10) };
  if (params.days < 0)
    return say.fail(about, 'NOT_VALID', params, (p) => ({
      message: `${p.what} of ${p.domain} expired on ${p.notAfter}`,
      remedy: `Renew ${p.what} of ${p.domain}.`,
      evidence,
    }));
  if (params.days < SOON_DAYS)
    return say.fail(about, 'EXPIRES', params, (p) => ({
      message: `${p.what} of ${p.domain} expires on ${p.notAfter}, in ${counted(p.days, 'day')}`,
      remedy: `Renew ${p.what} of ${p.domain} before ${p.notAfter}.`,
      evidence,
      severity: 'warning',
    }));
  return say.pass(
    about,
    'VALID',
    () => params,
    (p) => ({ message: `${p.what} of ${p.domain} is valid`, evidence }),
  );
}
