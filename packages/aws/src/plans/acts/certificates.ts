import {
  ifResolved,
  isChanged,
  removes,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';
import { stays } from './calls.js';

/** Of a certificate that is asked for: it is issued a while after its records exist. */
const ISSUED_MS = 3_600_000;

const REQUESTED = { DomainValidationOptions: 'validation_option' };

async function requested(values: ActValues, caller: Caller): Promise<Outputs> {
  const input = caller.fill('acm.RequestCertificate', values, REQUESTED);
  const { CertificateArn: arn } = caller.call('acm.RequestCertificate', input);
  // A stack goes on once it is issued.
  if (ifResolved(values['status']) === 'ISSUED') await caller.wait(ISSUED_MS);
  const { Certificate } = caller.call('acm.DescribeCertificate', { CertificateArn: arn });
  const options = (Certificate.DomainValidationOptions ?? []).map((option: Answer) => ({
    domain_name: option.DomainName,
    resource_record_name: option.ResourceRecord?.Name,
    resource_record_type: option.ResourceRecord?.Type,
    resource_record_value: option.ResourceRecord?.Value,
  }));
  return { id: arn, arn, domain_validation_options: options };
}

const IMPORTED = { Certificate: 'certificate_body', PrivateKey: 'private_key', CertificateChain: 'certificate_chain' };

/** The key of an imported certificate is sensitive: where it is not known, an issued certificate is used. */
async function imported(values: ActValues, caller: Caller): Promise<Outputs> {
  if (ifResolved(values['private_key']) !== undefined && ifResolved(values['certificate_body']) !== undefined) {
    const { CertificateArn } = caller.call(
      'acm.ImportCertificate',
      caller.fill('acm.ImportCertificate', values, IMPORTED),
    );
    return { id: CertificateArn, arn: CertificateArn };
  }

  caller.guess();
  const { CertificateArn } = caller.call('acm.RequestCertificate', {
    DomainName: 'example.com',
    ValidationMethod: 'DNS',
  });
  await caller.wait(ISSUED_MS);
  caller.unknown(CertificateArn, 'the names of an imported certificate whose key is sensitive');
  return { id: CertificateArn, arn: CertificateArn };
}

const isImported = (values: ActValues): boolean =>
  values['private_key'] !== undefined && values['private_key'] !== null;

/** Certificates and their validation. */
export const certificateActs: Readonly<Record<string, Act>> = {
  aws_acm_certificate: {
    gives: ['domain_validation_options'],
    create: (values, caller) => (isImported(values) ? imported(values, caller) : requested(values, caller)),
    update: (before, values, caller) => {
      const CertificateArn = before['arn'];
      if (isImported(values) && isChanged(before, values, ...Object.values(IMPORTED)))
        caller.call('acm.ImportCertificate', {
          ...caller.fill('acm.ImportCertificate', values, IMPORTED),
          CertificateArn,
        });
      if (!isImported(values) && isChanged(before, values, 'options'))
        caller.call('acm.UpdateCertificateOptions', {
          ...caller.fill('acm.UpdateCertificateOptions', values, { CertificateArn: '-' }),
          CertificateArn,
        });
    },
    remove: removes('acm.DeleteCertificate', 'CertificateArn', 'arn'),
  },
  aws_acm_certificate_validation: {
    create: async (values, caller) => {
      const arn = word(values['certificate_arn']);
      await caller.wait(ISSUED_MS);
      return { id: arn, certificate_arn: arn };
    },
    remove: stays,
  },
};
