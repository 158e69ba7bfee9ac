import type {
  RemoveListenerCertificatesInput,
  RemoveListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { getListener } from '../../load-balancing/find.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Removes certificates of a listener, save the default one. */
export const removeListenerCertificates = operation<
  Given<RemoveListenerCertificatesInput>,
  RemoveListenerCertificatesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'RemoveListenerCertificates',
  kind: 'write',
  run: (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    const arns = input.Certificates.map(({ CertificateArn = '' }) => CertificateArn);
    if (arns.some((arn) => arn === row.certificateArn)) {
      throw new ServiceError('OperationNotPermitted', 'The default certificate of a listener cannot be removed');
    }
    row.extraCertificateArns = row.extraCertificateArns.filter((arn) => !arns.includes(arn));
    return {};
  },
});
