import type {
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { getListener } from '../../load-balancing/find.js';
import { PAGE } from '../../load-balancing/limits.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Lists the certificates of a listener, the default one first. */
export const describeListenerCertificates = operation<
  Given<DescribeListenerCertificatesInput>,
  DescribeListenerCertificatesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeListenerCertificates',
  kind: 'read',
  limits: PAGE,
  run: (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    const first = row.certificateArn === undefined ? [] : [{ CertificateArn: row.certificateArn, IsDefault: true }];
    const all = [...first, ...row.extraCertificateArns.map((CertificateArn) => ({ CertificateArn, IsDefault: false }))];
    const { items, next } = paged(
      `DescribeListenerCertificates ${row.arn}`,
      all,
      input,
      ({ CertificateArn }) => CertificateArn,
    );
    return { Certificates: items, NextMarker: next };
  },
});
