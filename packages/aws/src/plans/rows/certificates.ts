import type { Row, Rows, View } from '@postern/core/overlay';
import type { Certificate } from '@postern/core/snapshot';
import { arn } from './arns.js';

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
    const names = [view.text('domain_name') ?? [], view.texts('subject_alternative_names')].flat();
    draft.put('certificates', {
      issuer: isImported ? 'imported' : isPrivate ? 'private' : 'public',
      valid: true,
      ...draft.get('certificates', id),
      id,
      names: [...new Set(names)],
    } as Certificate);
  },
};

/** Certificates of Certificate Manager. */
export const certificateRows: Rows = { aws_acm_certificate: certificate };

function certificateArn(view: View, hash: string): string {
  return arn(view, `certificate/${hash.slice(0, 32)}`, 'acm');
}
