import { fail, pass, unknown, type Say } from '../../../../do/findings/say.js';
import { aboutThings, thing, type About } from '../../../../do/findings/subject.js';
import type { Outcome } from '../../../../do/findings/check.js';
import type { Evidence } from '../../../../do/findings/finding.js';
import { mappingsTo, type MappedDomain } from '../../../../do/world/routes/custom-domains.js';
import type { RegionIndex } from '../../../../do/world/views.js';
import { DAY_MS } from '../../../../ground/text/quantities.js';
import { resourceOf } from '../../../../ground/text/texts.js';
import { defineCheck } from '../../define-check.js';
import { certificateEvidence, covers, endOf, SOON_DAYS } from '../../certificates.js';
import { evidenceOf, unreadDomains } from './domain.js';

const CODES = {
  DOMAINS_NOT_READ: unknown('the certificates of the custom domains of {gateway} are valid'),
  CERTIFICATE_NOT_READ: unknown('the certificate of {domain} {isToCover?covers its name:is valid}'),
  CERTIFICATE_ABSENT: fail('{what}, which {domain} has, does not exist', 'Give {domain} a certificate that exists.'),
  OTHER_NAMES: fail(
    '{what}, which {domain} has, covers {names|no name} only',
    'Give {domain} a certificate that covers its name.',
  ),
  NOT_VALID: fail(
    ['{what} of {domain} expired on {notAfter}', '{what}, which {domain} has, is {nativeState|not valid}'],
    ['if notAfter: Renew {what} of {domain}.', 'Give {domain} a valid certificate.'],
  ),
  EXPIRES: fail(
    '{what} of {domain} expires on {notAfter}, in {days} {days?day:days}',
    'Renew {what} of {domain} before {notAfter}.',
    'warning',
  ),
  VALID: pass('{what} of {domain} is valid'),
};

export const domainCertificate = defineCheck({
  id: 'gateway/domain-certificate',
  severity: 'error',
  title: 'The certificate of a custom domain covers its name and is valid',
  about:
    'Callers of a custom domain verify its certificate: it must cover the name of the domain, and must not have expired. One that ends within thirty days is a warning.',
  codes: CODES,
  *run({ integrations, now }, say) {
    for (const { name, gateway, link } of integrations) {
      if (gateway === undefined) continue;

      const unread = unreadDomains(link.region, gateway);
      if (unread !== undefined) {
        const about = aboutThings(name, thing('gateway', gateway.id));
        const params = { gateway: gateway.name || gateway.id };
        yield say.DOMAINS_NOT_READ(about, params, unread);
      }
      const leads = mappingsTo(link.region.region.customDomains ?? [], gateway.id);
      for (const lead of new Map(leads.map((one) => [one.domain, one])).values()) {
        const { domain } = lead;
        const about = aboutThings(name, thing('domain', domain.id));
        if (domain.certificateEnd !== undefined) yield untilItsEnd(say, about, lead, now);
        else for (const id of domain.certificateIds ?? []) yield ofCertificate(say, about, lead, id, link.region, now);
      }
    }
  },
});

/** Where the domain shows only when its certificate ends. */
function untilItsEnd(say: Say<typeof CODES>, about: About, lead: MappedDomain, now: number): Outcome {
  const { id: domain, certificateEnd = '' } = lead.domain;
  const until = { kind: 'domain', id: domain, text: `certificate until ${certificateEnd.slice(0, 10)}` };
  const evidence = [evidenceOf(lead), until];
  const days = Math.floor((Date.parse(certificateEnd) - now) / DAY_MS);
  return byDays(say, about, { domain, what: 'the certificate', days, end: certificateEnd, evidence });
}

function ofCertificate(
  say: Say<typeof CODES>,
  about: About,
  lead: MappedDomain,
  id: string,
  region: RegionIndex,
  now: number,
): Outcome {
  const domain = lead.domain.id;
  const leads = evidenceOf(lead);
  const what = resourceOf(id);
  const [, , , home = ''] = id.split(':');
  const found = region.find('certificates', id);
  if (found.is !== 'found') {
    const far = { what: `${what} of ${home}`, remedy: `Check ${what} in ${home}.` };
    const missing = home !== region.region.region ? far : found.is === 'unknown' ? found.missing : undefined;
    if (missing !== undefined)
      return say.CERTIFICATE_NOT_READ(about, { domain }, missing, { evidence: [leads], words: { isToCover: false } });

    const gone = { kind: 'certificate', id, text: 'does not exist' };
    return say.CERTIFICATE_ABSENT(about, { domain, what }, [leads, gone]);
  }

  const certificate = found.value;
  const evidence = [leads, certificateEvidence(certificate)];
  const { names, valid, nativeState } = certificate;
  if (!names.some((one) => one.toLowerCase() === domain.toLowerCase() || covers(one, domain))) {
    const missing = region.missing('certificates', id);
    if (missing !== undefined)
      return say.CERTIFICATE_NOT_READ(about, { domain }, missing, { evidence, words: { isToCover: true } });

    return say.OTHER_NAMES(about, { domain, what, names }, evidence);
  }

  const end = endOf(certificate);
  const days = Math.floor((end - now) / DAY_MS);
  if (valid === false && days >= 0)
    return say.NOT_VALID(about, { domain, what, nativeState }, { evidence, words: { notAfter: undefined } });
  if (valid === undefined && end === Number.POSITIVE_INFINITY) {
    const missing = { what: `the validity of ${what}`, remedy: `Check whether ${what} is valid.` };
    return say.CERTIFICATE_NOT_READ(about, { domain }, missing, { evidence, words: { isToCover: false } });
  }

  return byDays(say, about, { domain, what, days, end: certificate.notAfter ?? '', evidence });
}

interface Until {
  readonly domain: string;
  readonly what: string;
  readonly days: number;
  readonly end: string;
  readonly evidence: readonly Evidence[];
}

function byDays(say: Say<typeof CODES>, about: About, { evidence, end, ...facts }: Until): Outcome {
  const params = { ...facts, notAfter: end.slice(0, 10) };
  if (params.days < 0) return say.NOT_VALID(about, params, { evidence, words: { nativeState: undefined } });
  if (params.days < SOON_DAYS) return say.EXPIRES(about, params, evidence);

  return say.VALID(about, params, evidence);
}
