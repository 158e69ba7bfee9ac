import { AlibabaError } from '../operation/operation.js';

/** CLB's error messages. Messages without a mark are the API reference's. */
export const slbWords = {
  invalid: (message: string) => new AlibabaError('InvalidParameter', message),
  noBalancer: () =>
    new AlibabaError('InvalidLoadBalancerId.NotFound', 'The specified LoadBalancerId does not exist.', 404),
  noListener: () =>
    new AlibabaError(
      'ListenerNotFound',
      'You have not created a listener for the specified port of the load balancer.',
      404,
    ),
  listenerThere: () => new AlibabaError('ListenerAlreadyExists', 'A listener with the specified port already exists'),
  tooManyListeners: () => new AlibabaError('ListenerNumberOverLimit', 'The maximum number of listeners is exceeded.'),
  noServer: () => new AlibabaError('InvalidServerId.NotFound', 'The specified ServerId does not exist.', 404),
  foreignServer: () =>
    new AlibabaError(
      'InvalidParameter',
      'The specified load balancer does not support the network type of the ECS instance.',
    ),
  // Both codes as https://github.com/aliyun/terraform-provider-alicloud expects them of groups.
  noServerGroup: () => new AlibabaError('InvalidParameter', 'The specified VServerGroupId does not exist.'),
  serverGroupInUse: () => new AlibabaError('RspoolVipExist', 'there are vips associating with this vServer group.'),
  // Codes of missing rules as Terraform's provider expects them; the words are [?].
  noRule: () => new AlibabaError('InvalidRuleId.NotFound', 'The specified rule does not exist.', 404),
  noCertificate: () =>
    new AlibabaError('ServerCertificateId.NotFound', 'The specified certificate does not exist.', 404),
  certificateMismatch: () =>
    new AlibabaError('CertificateAndPrivateKeyMismatch', 'The specified certificate and private key do not match.'),
  certificateInUse: () => new AlibabaError('CertificateInUse', 'The specified certificate is in use.'), // [?]
  tooManyServers: () => new AlibabaError('TooManyBackendServers', 'The backend server parameter has too many entries.'),
  protectedBalancer: () =>
    new AlibabaError(
      'OperationDenied.DeleteProtectionIsOn',
      "The loadbalancer can't be deleted due to DeleteProtection is enabled.",
    ),
  noAcl: () => new AlibabaError('AclNotExist', 'The specified Acl does not exist.'), // [?] the words
  aclInUse: () => new AlibabaError('OperationDenied.AclInUse', 'The specified Acl is in use.'), // [?]
  tooManyAcls: () => new AlibabaError('AclNumberOverLimit', 'The number of Acls exceeds the limit.'), // [?] the words
  tooManyEntries: () => new AlibabaError('AclEntryOverLimit', 'The number of entries of the Acl exceeds the limit.'), // [?]
  entryThere: () => new AlibabaError('AclEntryRepeated', 'The specified entry exists in the Acl already.'), // [?]
  noEntry: () => new AlibabaError('AclEntryEmpty', 'The specified entries are empty or do not exist in the Acl.'), // [?] the words
} as const;

/**
 * Reads a CLB parameter in the form of one JSON text: `[{"ServerId":"i-1","Weight":"100"}]`. Values may be
 * texts or numbers.
 * @param members the names that an item may have
 * @throws {AlibabaError} `InvalidParameter`
 */
export function readJsonItems(name: string, text: string, members: readonly string[]): Record<string, string>[] {
  const refused = slbWords.invalid(`The specified parameter ${name} is not valid.`);
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw refused;
  }
  if (!Array.isArray(list)) throw refused;

  return list.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw refused;

    const pairs = Object.entries(item);
    if (pairs.some(([key, value]) => !members.includes(key) || !['string', 'number'].includes(typeof value))) {
      throw refused;
    }

    return Object.fromEntries(pairs.map(([key, value]) => [key, String(value)]));
  });
}

/** Reads `["i-1","i-2"]`, or a list of servers. @throws {AlibabaError} `InvalidParameter` */
export function readServerIds(text: string): readonly string[] {
  if (/^\s*\[\s*"/.test(text)) {
    const wrapped = text.replaceAll(/"[^"]*"/g, (id) => `{"ServerId":${id}}`);
    return readJsonItems('BackendServers', wrapped, ['ServerId']).map(({ ServerId = '' }) => ServerId);
  }

  const members = ['ServerId', 'Weight', 'Type', 'ServerIp', 'Description', 'Port'];
  return readJsonItems('BackendServers', text, members).map(({ ServerId = '' }) => ServerId);
}
