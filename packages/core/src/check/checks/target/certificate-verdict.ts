import type { About } from '../../../do/findings/subject.js';
import type { Certificate } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import { resourceOf } from '../../../ground/text/texts.js';
import { DAY_MS, counted } from '../../../ground/text/quantities.js';
import { certificateEvidence, covers, endOf, SOON_DAYS } from '../certificates.js';
import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';

export const CERTIFICATE_CODES = {
  CERTIFICATES_NOT_READ: unknown('a certificate of the listener on {listener} covers {serverName|the requested name}'),
  NOT_COVERED: fail(
    'no certificate of the listener on {listener} covers {serverName|any name}; covered names: {names|none}',
    [
      'Write one of the covered names ({usable}) as tls.serverName and run `postern apply`, or add a certificate for {serverName} to the listener on {listener}.',
      'Add a certificate for {serverName|its name} to the listener on {listener}.',
    ],
    undefined,
    [
      'Write one of the covered names ({usable}) as {tlsAt}.serverName, or add a certificate for {serverName} to the listener on {listener}.',
      'Add a certificate for {serverName|its name} to the listener on {listener}.',
    ],
  ),
  NOT_VALID: fail(
    'the certificate of the listener on {listener} for [{serverName}|{names}] [expired on {expired}|is {nativeState|not valid}]',
    [
      'if expired: Renew {resourceOf}, or add a valid certificate to that listener.',
      'Validate {resourceOf}, or add a valid certificate to that listener.',
    ],
  ),
  VALIDITY_NOT_READ: unknown('the certificate of the listener on {listener} is valid'),
  PRIVATE_AUTHORITY: fail(
    'the certificate of the listener on {listener} for [{serverName}|{names}] is issued by a private certificate authority, which {api} do not accept',
    'Add a certificate of a public certificate authority to the listener on {listener}, such as one that Certificate Manager issues.',
  ),
  EXPIRES: fail(
    'the certificate of the listener on {listener} for [{serverName}|{names}] expires on {notAfter|}, in {left}',
    'Renew {resourceOf} before {notAfter|}.',
    'warning',
  ),
  AUTHORITY_NOT_READ: unknown(
    'the certificate of the listener on {listener} is issued by a public certificate authority',
    'warning',
  ),
  COVERED: pass('the certificate of the listener on {listener} covers [{serverName}|{names}]'),
};

/** A name that can be compared: a wildcard is none. It stands for one label, such as the last one that is asked for. */
function verifiable(name: string, wanted = ''): string {
  const suffix = name.replace(/^\*/, '');
  if (suffix === name) return name;

  const label = wanted.endsWith(suffix) ? wanted.slice(0, -suffix.length).split('.').at(-1) : undefined;
  return label ? `${label}${suffix}` : `a name of one label before ${suffix}`;
}

/** The issuers whose certificates a gateway accepts, the most certain first. */
const TRUST: readonly Certificate['issuer'][] = ['public', 'imported', undefined, 'private'];

/** A listener whose certificates are judged, and what calls it. */
export interface Listened {
  readonly serverName: string | undefined;
  readonly listener: string;
  /** What calls it: `HTTP APIs`. */
  readonly api: string;
  readonly takesAny: boolean;
  /** Where a spec has the name that the certificate has to cover. */
  readonly tlsAt: string;
}

/** The certificates of a listener: those that were found, and those that do not exist. */
export interface Read {
  readonly certificates: readonly Certificate[];
  readonly gone: readonly string[];
  readonly missing?: Missing | undefined;
}

/** Whether one of the certificates covers the server name, is valid, and is of an authority that its caller accepts. */
export function certificateVerdict(
  say: Say<typeof CERTIFICATE_CODES>,
  input: CheckInput,
  about: About,
  { serverName, listener, api, takesAny, tlsAt, certificates, gone, missing }: Read & Listened,
): Outcome {
  const { now } = input;
  const evidence = [
    ...certificates.map(certificateEvidence),
    ...gone.map((id) => ({ kind: 'certificate', id, text: 'does not exist' })),
  ];
  const fitting = certificates.filter(
    ({ names }) => serverName === undefined || names.some((one) => covers(one, serverName)),
  );
  const byEnd = fitting.toSorted((a, b) => endOf(b) - endOf(a));
  const usable = byEnd.filter(({ valid }) => valid !== false);
  const best = TRUST.map((issuer) => usable.find((one) => one.issuer === issuer)).find((one) => one) ?? fitting[0];
  const on = { listener, serverName };
  const notRead = missing && say.CERTIFICATES_NOT_READ(about, on, missing, evidence);
  if (best === undefined) {
    if (notRead !== undefined) return notRead;

    // No certificate in use can be deleted: one that a listener names is newer than the snapshot.
    const [newer] = gone;
    if (newer !== undefined) {
      const what = `the certificate ${resourceOf(newer)}`;
      return say.CERTIFICATES_NOT_READ(
        about,
        on,
        { what, remedy: `Check the names of ${resourceOf(newer)}.` },
        evidence,
      );
    }

    const names = certificates.flatMap((one) => one.names);
    const found = evidence.length > 0 ? evidence : [{ kind: 'listener', id: listener, text: 'no certificate' }];
    const usable = names.length > 0 && [...new Set(names.map((one) => verifiable(one, serverName)))].join(', ');
    return say.NOT_COVERED(about, { ...on, names, firstName: names[0] }, { evidence: found, words: { tlsAt, usable } });
  }

  const { names, valid, issuer } = best;
  const id = resourceOf(best.id);
  const notAfter = best.notAfter?.slice(0, 10);
  const days = Math.floor((endOf(best) - now) / DAY_MS);
  const own = [certificateEvidence(best)];
  if (valid === false || days < 0) {
    if (notRead !== undefined) return notRead;

    const params = { ...on, names, days, notAfter, nativeState: best.nativeState, resourceOf: id };
    return say.NOT_VALID(about, params, { evidence: own, words: { expired: days < 0 && notAfter } });
  }
  if (valid === undefined && endOf(best) === Number.POSITIVE_INFINITY) {
    const open = { what: `the validity of ${best.id}`, remedy: `Check whether ${id} is valid.` };
    return say.VALIDITY_NOT_READ(about, { listener }, open, own);
  }
  if (issuer === 'private' && !takesAny) return notRead ?? say.PRIVATE_AUTHORITY(about, { ...on, names, api }, own);
  if (days < SOON_DAYS) {
    const params = { ...on, names, notAfter, days, resourceOf: id };
    return say.EXPIRES(about, params, { evidence: own, words: { left: counted(days, 'day') } });
  }
  if (issuer !== 'public' && !takesAny) {
    const isImported = issuer === 'imported';
    const what = `the issuer of ${id}${isImported ? ' (an imported certificate)' : ''}`;
    const remedy = isImported
      ? `Check that a public certificate authority issued ${id}: ${api} accept no other.`
      : 'Take the snapshot again with `postern snapshot`, which reads it.';
    return say.AUTHORITY_NOT_READ(about, { listener }, { what, remedy }, own);
  }

  return say.COVERED(about, { ...on, names }, own);
}
