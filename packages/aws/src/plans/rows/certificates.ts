import type { Row, Rows, View } from '@postern/core/internal/overlay';
import type { Certificate } from '@postern/core/internal/snapshot';
import { arn, AWS } from './id-forms.js';

/**
 * A certificate of Certificate Manager. A listener takes one that was issued alone: where it was not, the apply fails.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
 */
const certificate: Row = {
  list: 'certificates',
  ids: { id: certificateArn, arn: certificateArn },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const id = view.needed('arn');
    const isImported = view.isUnknown('private_key') || view.text('certificate_body') !== undefined;
    const isPrivate = view.text('certificate_authority_arn') !== undefined;
    const status = view.ifKnown(() => view.text('status'));
    // One that exists was used before.
    const isIssued =
      status === undefined ? isImported || isPrivate || view.instance.before !== undefined : status === 'ISSUED';
    const names = [view.text('domain_name') ?? [], view.texts('subject_alternative_names')].flat();
    draft.put('certificates', {
      issuer: isImported ? 'imported' : isPrivate ? 'private' : 'public',
      ...(isIssued ? { valid: true } : PENDING),
      ...draft.get('certificates', id),
      id,
      names: [...new Set(names)],
    } as Certificate);
  },
};

const PENDING = { valid: false, nativeState: 'PENDING_VALIDATION' };

/** What waits until a certificate is issued. */
const validation: Row = {
  list: 'certificates',
  isPart: true,
  owner: (view) => view.ref('certificate_arn', AWS.certificate),
  add: (view, { draft }) => {
    if (view.when === 'after')
      draft.patch('certificates', view.neededRef('certificate_arn', AWS.certificate), () => ({
        valid: true,
        nativeState: 'ISSUED',
      }));
  },
  remove: () => undefined,
};

/** Certificates of Certificate Manager. */
export const certificateRows: Rows = { aws_acm_certificate: certificate, aws_acm_certificate_validation: validation };

function certificateArn(view: View, hash: string): string {
  return arn(view, `certificate/${hash.slice(0, 32)}`, 'acm');
}
