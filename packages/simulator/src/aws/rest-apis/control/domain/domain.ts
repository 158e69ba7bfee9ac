import { defined } from '../../../../simulation/defined.js';
import type {
  DomainName,
  EndpointType,
  MutualTlsAuthenticationInput,
  CreateDomainNameRequest,
} from '@aws-sdk/client-api-gateway';
import { statusOf } from '../../../acm/certificates.js';
import { type AwsCall, notSimulated } from '../../../operation/operation.js';
import { badRequest } from '../words.js';
import { withMember } from '../patch.js';
import type { DomainNameRow } from '../state.js';
import { newEndpoint } from '../api/references.js';
import { checkSecurityPolicy } from '../api/security-policy.js';
import { checkTags, tooMany } from '../api/api.js';
import { isJsonObject } from '../model.js';

/** CloudFront, in front of edge-optimized domain names, takes certificates of this region. */
const EDGE_REGION = 'us-east-1';

/**
 * Refuses a domain name whose certificate the service would refuse.
 * @see https://github.com/aws/aws-cdk/issues/32551 (private ones)
 * @throws {ServiceError} BadRequestException; sentences without a source are marked
 */
function checkCertificate(call: AwsCall, type: EndpointType, fields: DomainName): void {
  const regional = type === 'REGIONAL';
  const [arn, other] = regional
    ? [fields.regionalCertificateArn, fields.certificateArn]
    : [fields.certificateArn, fields.regionalCertificateArn];
  if (other !== undefined && type === 'PRIVATE') {
    throw badRequest('RegionalCertificateArn is not supported for PRIVATE custom domain name');
  }
  if (other !== undefined || arn === undefined) {
    const member = regional ? 'RegionalCertificateArn' : 'CertificateArn';
    throw badRequest(`${member} is required for an endpoint of type ${type}`); // [U]
  }

  checkCertificateArn(call, arn, type === 'EDGE' ? EDGE_REGION : call.region, fields.domainName ?? '');
}

/**
 * Refuses a certificate of another region or account, one that is not issued, and one for other names.
 * @see https://github.com/amplify-education/serverless-domain-manager/issues/64
 * @see https://github.com/aws/aws-cdk/issues/10529
 * @throws {ServiceError} BadRequestException
 */
function checkCertificateArn(call: AwsCall, arn: string, wanted: string, domainName: string): void {
  const [, partition, region, account] = /^arn:([^:]+):acm:([^:]+):(\d{12}):certificate\/\S+$/.exec(arn) ?? [];
  if (partition !== call.partition) throw badRequest(`Invalid certificate ARN: ${arn}.`); // [U]
  if (region !== wanted) throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be in '${wanted}'.`);
  if (account !== call.account) {
    throw badRequest('The certificate provided must be owned by the account creating the domain.');
  }

  const certificate = call.aws.regions.get(wanted)?.acm.certificates.get(arn);
  // https://github.com/aws/aws-cdk/issues/3612
  if (certificate === undefined) throw badRequest('The provided certificate does not exist.');
  if (statusOf(call, certificate) !== 'ISSUED') {
    throw badRequest(`Invalid certificate ARN: ${arn}. Certificate must be issued.`); // [U]
  }
  if (!certificate.fields.SubjectAlternativeNames.some((name) => covers(name, domainName))) {
    throw badRequest(`The certificate provided does not cover the domain name ${domainName}.`); // [U]
  }
}

/** Whether a name of a certificate covers a domain name: `*.example.com` covers `api.example.com` and itself. */
export function covers(name: string, domainName: string): boolean {
  if (name === domainName) return true;

  return name.startsWith('*.') && domainName.slice(domainName.indexOf('.')) === name.slice(1);
}

/**
 * A domain name with another truststore; an empty URI turns mutual TLS off.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export function withTruststore<T extends DomainName>(row: T, change: MutualTlsAuthenticationInput): T {
  const { truststoreUri = '', truststoreVersion = '' } = { ...row.mutualTlsAuthentication, ...change };
  const truststore = { truststoreUri, ...(truststoreVersion !== '' && { truststoreVersion }) };
  return withMember(row, 'mutualTlsAuthentication', truststoreUri === '' ? undefined : truststore);
}

/**
 * Refuses mutual TLS that the service would refuse. The truststore in S3 is not read. An imported or private certificate
 * needs a second one, which Amazon issued for the name.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/35741 (the missing certificate)
 * @throws {ServiceError} BadRequestException; the other sentences are [U]
 */
function checkMutualTls(call: AwsCall, fields: DomainName): void {
  const { mutualTlsAuthentication: mutual, ownershipVerificationCertificateArn: proof, domainName = '' } = fields;
  if (proof !== undefined) checkCertificateArn(call, proof, call.region, domainName);
  if (mutual === undefined) return;
  if (fields.endpointConfiguration?.types?.[0] !== 'REGIONAL' || fields.securityPolicy === 'TLS_1_0') {
    throw badRequest('Mutual TLS is only supported for REGIONAL domain names with a security policy of TLS 1.2.');
  }
  if (!/^s3:\/\/[a-z0-9.-]+\/.+$/.test(mutual.truststoreUri ?? '')) {
    throw badRequest(`Invalid truststore URI: ${mutual.truststoreUri ?? ''}`);
  }

  const certificate = call.state.acm.certificates.get(fields.regionalCertificateArn ?? '');
  if (certificate && certificate.fields.Type !== 'AMAZON_ISSUED' && proof === undefined) {
    throw badRequest('Missing ownershipVerificationCertificate.');
  }
}

/** The hosted zone of CloudFront distributions, in all regions. */
const EDGE_HOSTED_ZONE = 'Z2FDTNDATAQYW2';

/**
 * The hosted zones of regional domain names.
 * @see https://docs.aws.amazon.com/general/latest/gr/apigateway.html
 */
const HOSTED_ZONES: Readonly<Record<string, string>> = {
  'us-east-1': 'Z1UJRXOUMOOFQ8',
  'us-east-2': 'ZOJJZC49E0EPZ',
  'us-west-1': 'Z2MUQ32089INYE',
  'us-west-2': 'Z2OJLYMUO9EFXC',
  'af-south-1': 'Z2DHW2332DAMTN',
  'ap-east-1': 'Z3FD1VL90ND7K5',
  'ap-northeast-1': 'Z1YSHQZHG15GKL',
  'ap-northeast-2': 'Z20JF4UZKIW1U8',
  'ap-south-1': 'Z3VO1THU9YC4UR',
  'ap-southeast-1': 'ZL327KTPIQFUL',
  'ap-southeast-2': 'Z2RPCDW04V8134',
  'ca-central-1': 'Z19DQILCV0OWEC',
  'eu-central-1': 'Z1U9ULNL0V5AJ3',
  'eu-north-1': 'Z3UWIKFBOOGXPP',
  'eu-south-1': 'Z3BT4WSQ9TDYZV',
  'eu-west-1': 'ZLY8HYME6SFDD',
  'eu-west-2': 'ZJ5UAJN8Y3Z2Q',
  'eu-west-3': 'Z3KY65QIEKYHQQ',
  'me-south-1': 'Z20ZBPC0SS8806',
  'sa-east-1': 'ZCMLWB8V5SYIT',
};

const FORM = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/** The sentence is that of an API's policy [I]. */
const INVALID_POLICY = 'Invalid policy document. Please check the policy syntax and ensure that Principals are valid.';

type Input = CreateDomainNameRequest & { readonly domainName: string };

/**
 * Makes a domain name. It is AVAILABLE at once; how long the service takes is not simulated.
 * @throws {ServiceError} BadRequestException; NotImplemented for uploaded certificates and routing rules
 */
export function newDomain(call: AwsCall, input: Input): DomainNameRow {
  refuseNotSimulated(input);
  const { domainName, endpointConfiguration, tags, mutualTlsAuthentication, ...rest } = input;
  if (domainName === '') throw badRequest('No Domain Name specified');
  if (!FORM.test(domainName)) throw badRequest(`Invalid domain name specified: ${domainName}`); // [U]

  const endpoint = newEndpoint(endpointConfiguration);
  const [type] = endpoint.types;
  const common: DomainNameRow['fields'] = {
    securityPolicy: 'TLS_1_2',
    routingMode: 'BASE_PATH_MAPPING_ONLY',
    ...rest,
    domainName,
    ...addressOf(call, type, domainName),
    endpointConfiguration: endpoint,
    domainNameStatus: 'AVAILABLE',
    tags: checkTags(tags),
  };
  const fields = mutualTlsAuthentication ? withTruststore(common, mutualTlsAuthentication) : common;
  checkDomain(call, fields);
  return { fields, mappings: new Map() };
}

/**
 * Refuses a domain name, as it is after a change, that the service would refuse.
 * @param before as it was: a certificate that stays is not checked again
 */
export function checkDomain(call: AwsCall, fields: DomainName, before: DomainName = {}): void {
  const type = fields.endpointConfiguration?.types?.[0] ?? 'EDGE';
  const same =
    fields.certificateArn === before.certificateArn && fields.regionalCertificateArn === before.regionalCertificateArn;
  if (!same || before.domainName === undefined) checkCertificate(call, type, fields);
  checkMutualTls(call, fields);
  checkSecurityPolicy(fields);
  for (const policy of [fields.policy, fields.managementPolicy]) {
    if (policy === undefined) continue;
    if (type !== 'PRIVATE') throw badRequest('Policy is only supported for PRIVATE custom domain names'); // [U]
    if (!isJsonObject(policy)) throw badRequest(INVALID_POLICY);
  }
}

/** What the service gives a domain name: names to point DNS records to, or the ID of a private one. */
export function addressOf(
  call: AwsCall,
  type: EndpointType,
  domainName: string,
): Omit<DomainName, 'domainName' | 'tags'> {
  const arn = (account: string, id: string) =>
    `arn:${call.partition}:apigateway:${call.region}:${account}:/domainnames/${domainName}${id}`;
  if (type === 'PRIVATE') {
    const domainNameId = call.id('', 10, 'base36');
    const domainNameArn = arn(call.account, `+${domainNameId}`);
    return { domainNameId, domainNameArn, certificateUploadDate: new Date(call.now) };
  }

  const domainNameArn = arn('', '');
  if (type === 'EDGE') {
    return {
      domainNameArn,
      certificateUploadDate: new Date(call.now),
      distributionDomainName: `${call.id('d', 13, 'base36')}.cloudfront.net`,
      distributionHostedZoneId: EDGE_HOSTED_ZONE,
    };
  }

  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const regionalHostedZoneId = HOSTED_ZONES[call.region];
  return {
    domainNameArn,
    regionalDomainName: `${call.id('d-', 10, 'base36')}.execute-api.${call.region}.${suffix}`,
    ...defined({ regionalHostedZoneId }),
  };
}

function refuseNotSimulated(input: CreateDomainNameRequest): void {
  if (input.certificateBody ?? input.certificatePrivateKey ?? input.certificateChain) {
    throw notSimulated('The upload of a certificate to a domain name');
  }

  checkRouting(input.routingMode);
}

/** Routing rules are of V2, and not simulated. */
export function checkRouting(mode: string | undefined): void {
  if (mode !== undefined && mode !== 'BASE_PATH_MAPPING_ONLY') throw notSimulated(`Routing mode ${mode}`);
}

const typeOf = ({ fields }: DomainNameRow) => fields.endpointConfiguration?.types?.[0];

/**
 * Adds a domain name. A name exists once in a region; an edge-optimized one in all of them.
 * @throws {ServiceError} BadRequestException for a name that exists, LimitExceededException
 */
export function addDomain(call: AwsCall, row: DomainNameRow): void {
  const { domainName } = row.fields;
  const elsewhere = [...call.aws.regions.values()].flatMap(({ restApi }) => restApi.domainNames.get(domainName) ?? []);
  const twin = elsewhere.some((other) => typeOf(other) === 'EDGE' && typeOf(row) === 'EDGE');
  if (twin || call.state.restApi.domainNames.has(domainName)) {
    throw badRequest('The domain name you provided already exists.');
  }

  const isPrivate = typeOf(row) === 'PRIVATE';
  const rows = [...call.state.restApi.domainNames.values()];
  const count = rows.filter((other) => (typeOf(other) === 'PRIVATE') === isPrivate).length;
  if (count >= call.quota(isPrivate ? 'private-domain-names' : 'public-domain-names')) {
    throw tooMany('Domain names', 'account');
  }

  call.state.restApi.domainNames.set(domainName, row);
}
