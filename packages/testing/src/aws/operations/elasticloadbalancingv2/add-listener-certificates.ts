import type {
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkCertificate, checkCertificateRoom } from '../../load-balancing/listener/certificates.js';
import { invalid, unfit } from '../../load-balancing/errors.js';
import { getListener, getLoadBalancer } from '../../load-balancing/find.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/**
 * Adds certificates that a listener chooses by server name. A certificate that the listener already has is
 * not an error.
 */
export const addListenerCertificates = operation<Given<AddListenerCertificatesInput>, AddListenerCertificatesOutput>({
  service: 'elasticloadbalancingv2',
  name: 'AddListenerCertificates',
  kind: 'write',
  run: (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    const balancer = getLoadBalancer(call.state, row.loadBalancerArn);
    if (row.certificateArn === undefined) throw unfit(`Certificates cannot be added to ${row.protocol} listeners`);
    const arns = input.Certificates.map(({ CertificateArn = '', IsDefault }) => {
      if (IsDefault !== undefined) throw invalid("'IsDefault' cannot be specified");
      return checkCertificate(call, CertificateArn);
    });
    const extra = [...new Set([...row.extraCertificateArns, ...arns.filter((arn) => arn !== row.certificateArn)])];
    checkCertificateRoom(call, balancer, row, extra);
    row.extraCertificateArns = extra;
    return {
      Certificates: arns.map((CertificateArn) => ({
        CertificateArn,
        IsDefault: CertificateArn === row.certificateArn,
      })),
    };
  },
});
