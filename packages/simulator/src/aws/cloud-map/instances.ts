import type { AwsCall } from '../operation/operation.js';
import { canonicalIpv6, parseIpv4 } from '../ec2/request/text-rules.js';
import type { InstanceRow, NamespaceRow, ServiceRow } from './state.js';
import { invalidInput } from './request.js';
import { isPort } from '../../simulation/ports.js';

/** Attributes that Cloud Map itself understands. */
const KNOWN = new Set([
  'AWS_ALIAS_DNS_NAME',
  'AWS_EC2_INSTANCE_ID',
  'AWS_INIT_HEALTH_STATUS',
  'AWS_INSTANCE_CNAME',
  'AWS_INSTANCE_IPV4',
  'AWS_INSTANCE_IPV6',
  'AWS_INSTANCE_PORT',
]);
const ADDRESSES = ['AWS_INSTANCE_IPV4', 'AWS_INSTANCE_IPV6'];

/** What each record of a service needs of an instance. SRV is apart: a port, and one of the two addresses. */
const NEEDED: Readonly<Record<string, string>> = {
  A: 'AWS_INSTANCE_IPV4',
  AAAA: 'AWS_INSTANCE_IPV6',
  CNAME: 'AWS_INSTANCE_CNAME',
  SRV: 'AWS_INSTANCE_PORT',
};

type Attributes = Readonly<Record<string, string>>;

/**
 * Checks the attributes of an instance, and completes them: an EC2 instance's address is looked up.
 * @throws {ServiceError} `InvalidInput`.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
 */
export function instanceAttributes(
  call: AwsCall,
  namespace: NamespaceRow,
  service: ServiceRow,
  attributes: Attributes,
): Record<string, string> {
  checkKeys(call, attributes);
  if (attributes['AWS_EC2_INSTANCE_ID'] !== undefined) return ofInstance(call, namespace, attributes);

  if (attributes['AWS_ALIAS_DNS_NAME'] !== undefined) checkAlias(service, attributes);
  else checkRecordAttributes(service, attributes);
  checkValues(attributes);
  if (service.fields.HealthCheckConfig !== undefined && attributes['AWS_INSTANCE_PORT'] === undefined) {
    throw invalidInput('A port must be supplied in order to register this instance.');
  }

  return { ...attributes };
}

function checkKeys(call: AwsCall, attributes: Attributes): void {
  const custom = Object.keys(attributes).filter((key) => !KNOWN.has(key));
  for (const key of custom) {
    if (/^aws_/i.test(key))
      throw invalidInput(`Invalid attribute: [${key}]. [aws_] prefix is reserved for AWS attributes.`);
    if (key.length > 255)
      throw invalidInput('Map keys must satisfy constraint: [Member must have length less than or equal to 255]');
    if (!/^[a-zA-Z0-9!-~]+$/.test(key)) throw invalidInput(`Invalid attribute: [${key}].`);
  }
  const most = call.quota('attributes-per-instance');
  if (custom.length > most) {
    throw invalidInput(`Too many attributes provided: [${custom.join(', ')}]. The current limit is ${most}`);
  }
}

/** An ID counts if a network interface is attached to it. */
function ofInstance(call: AwsCall, namespace: NamespaceRow, attributes: Attributes): Record<string, string> {
  const id = attributes['AWS_EC2_INSTANCE_ID'] ?? '';
  if (namespace.fields.Type !== 'HTTP') {
    throw invalidInput(
      `AWS_EC2_INSTANCE_ID provided in namespace type ${namespace.fields.Type}. It is only supported in HTTP namespace`,
    );
  }

  const others = Object.keys(attributes).filter(
    (key) => KNOWN.has(key) && key !== 'AWS_EC2_INSTANCE_ID' && key !== 'AWS_INIT_HEALTH_STATUS',
  );
  if (others.length > 0) {
    throw invalidInput(
      `Invalid combination of attributes received. AWS_EC2_INSTANCE_ID is not supported with [${others.join(', ')}].`,
    );
  }

  for (const row of call.state.ec2.interfaces.values()) {
    if (row.attachment?.InstanceId === id) return { ...attributes, AWS_INSTANCE_IPV4: row.privateIpAddress };
  }
  throw invalidInput(`The EC2 instance ${id} does not exist`);
}

function checkAlias(service: ServiceRow, attributes: Attributes): void {
  if (service.fields.DnsConfig?.RoutingPolicy !== 'WEIGHTED') {
    throw invalidInput('ALIAS instance can be registered only in services with WEIGHTED routing policy');
  }

  const others = [...ADDRESSES, 'AWS_INSTANCE_CNAME', 'AWS_INSTANCE_PORT'].filter(
    (key) => attributes[key] !== undefined,
  );
  if (others.length > 0) {
    throw invalidInput(
      `Invalid combination of attributes received. AWS_ALIAS_DNS_NAME is not supported with [${others.join(', ')}].`,
    );
  }
  if (service.fields.HealthCheckConfig !== undefined)
    throw invalidInput('ALIAS instances are not supported in services with a HealthCheckConfig');
}

function checkRecordAttributes(service: ServiceRow, attributes: Attributes): void {
  const { DnsRecords: records = [] } = service.fields.DnsConfig ?? {};
  const missing = records.map(({ Type }) => NEEDED[Type] ?? '').filter((key) => attributes[key] === undefined);
  if (missing.length > 0) throw invalidInput(`Required attribute(s) ${missing.join(' ')} are missing.`);

  const srv = records.some(({ Type }) => Type === 'SRV');
  if (srv && ADDRESSES.every((key) => attributes[key] === undefined)) {
    throw invalidInput(`At least one of ${ADDRESSES.join(' ')} is required.`);
  }
}

function checkValues(attributes: Attributes): void {
  const {
    AWS_INSTANCE_IPV4: v4,
    AWS_INSTANCE_IPV6: v6,
    AWS_INSTANCE_PORT: port,
    AWS_INIT_HEALTH_STATUS: health,
  } = attributes;
  if (v4 !== undefined && parseIpv4(v4) === undefined) throw invalidInput(`Invalid value for AWS_INSTANCE_IPV4: ${v4}`);
  if (v6 !== undefined && canonicalIpv6(v6) === undefined)
    throw invalidInput(`Invalid value for AWS_INSTANCE_IPV6: ${v6}`);
  if (port !== undefined && !isPort(port)) {
    throw invalidInput(`Invalid value for AWS_INSTANCE_PORT: ${port}`);
  }
  if (health !== undefined && health !== 'HEALTHY' && health !== 'UNHEALTHY') {
    throw invalidInput(`No enum constant com.amazon.route53.autonaming.model.InitHealthStatus.${health}`);
  }
}

/** The health of a new instance: unknown to a service without checks; else the caller's value, or healthy. */
export function firstHealth(service: ServiceRow, attributes: Attributes): InstanceRow['health'] {
  if (service.fields.HealthCheckCustomConfig !== undefined) {
    return attributes['AWS_INIT_HEALTH_STATUS'] === 'UNHEALTHY' ? 'UNHEALTHY' : 'HEALTHY';
  }

  return service.fields.HealthCheckConfig === undefined ? 'UNKNOWN' : 'HEALTHY';
}
